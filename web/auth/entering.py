"""Sign a browser in and out."""

from datetime import datetime

from flask import request, session
from flask_login import login_user, logout_user

from indexer.people.accounts import User, Visit
from web.app.access import SignedIn
from web.app.session import ENDS, limits
from web.app.site import site
from web.auth import devices


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
