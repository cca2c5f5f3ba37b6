"""A browser becomes somebody's, and nobody's again."""

from datetime import datetime

from flask import request, session
from flask_login import login_user, logout_user

from indexer.accounts import User, Visit
from web.access import SignedIn
from web.auth import devices
from web.session import ENDS, limits
from web.site import site


def visit() -> Visit:
    """Return where the present request comes from."""
    agent = "".join(char for char in request.user_agent.string if char.isprintable())
    return Visit(address=request.remote_addr or "", agent=agent, device=devices.known())


def enter(user: User, token: str, *, now: datetime) -> None:
    """Give the browser a new session of this person; nothing of the one before it is kept."""
    session.clear()
    session[ENDS] = int((now + limits(site().settings).absolute).timestamp())
    login_user(SignedIn(user, token))


def leave() -> None:
    """Give the browser back."""
    logout_user()
    session.clear()
