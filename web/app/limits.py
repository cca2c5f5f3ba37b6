"""Rate limits: sign-in strictly, search generously. Counted in memory, in this process."""

import structlog
from flask import Flask, request
from flask_limiter import Limiter, RequestLimit

from indexer.people.attempts import network

SIGN_IN, SEARCH, SUGGEST = "10 per minute", "120 per minute", "600 per minute"
REPORT, TICKET = "10 per 10 minutes;40 per day", "30 per minute"
PUSH = "60 per 10 minutes;600 per day"  # each is a page that the collector reads
SIGNED = "120 per minute"  # from one address, rightly signed or not
STATUS = "120 per minute"
KEYS = "20 per hour"
REFUSED_CALLBACKS = "60 per minute"  # of platforms, from one address; those that are right are not counted
CONNECT = "20 per hour"  # each has the collector ask a platform
log = structlog.get_logger()


def client() -> str:
    """Return who asks, as limits count them: an IPv4 address, or the /64 that one household or office has of IPv6."""
    return network(request.remote_addr or "")


def note_refused_sign_in(limit: RequestLimit) -> None:
    """Log an attempt to sign in that was not even looked at."""
    log.warning("sign_in_refused", name=None, address=request.remote_addr, problem="too_many")


limiter = Limiter(client, storage_uri="memory://")


def install(app: Flask) -> None:
    """Count from now on."""
    limiter.init_app(app)
