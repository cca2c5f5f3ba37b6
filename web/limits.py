"""How often one address may ask: sign-in strictly, search generously. Counted in memory, in this process."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

SIGN_IN, SEARCH = "10 per minute", "120 per minute"
REPORT, TICKET = "10 per 10 minutes;40 per day", "30 per minute"

limiter = Limiter(get_remote_address, storage_uri="memory://")


def install(app: Flask) -> None:
    """Count from now on."""
    limiter.init_app(app)
