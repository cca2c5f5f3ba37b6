"""The one place that says who may ask for what."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from flask import Flask, abort, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from indexer import sessions, times
from indexer.accounts import Role, Session, User
from indexer.items import UnitId
from web.session import limits
from web.site import site

BACK_CHARS = 2000
EVERYONE = frozenset({"public", "api", "auth", "static"})
NEEDED: Mapping[str, frozenset[Role]] = MappingProxyType(
    {
        "review": frozenset({Role.EDITOR, Role.ADMIN}),
        "unit": frozenset({Role.UNIT}),
        "account": frozenset(Role),
    }
)


class SignedIn(UserMixin):  # type: ignore[misc] # Flask-Login carries no types
    """The signed-in person, as Flask-Login wants it. session: None in the request that begins it."""

    def __init__(self, user: User, token: str, session: Session | None = None) -> None:
        self.user, self.token, self.session = user, token, session
        self.name, self.role = user.name, user.role

    def get_id(self) -> str:
        """Return what the cookie holds: the session's token, never the person's id."""
        return self.token

    @property
    def unit(self) -> UnitId | None:
        """The unit whose desk it is."""
        return self.user.unit


def load_user(token: str) -> SignedIn | None:
    """Return the person of a session; None where it has ended or the account is gone."""
    parts = site()
    found = sessions.resume(parts.database, token, limits=limits(parts.settings), now=times.now())
    return SignedIn(found[1], token, found[0]) if found else None


def signed_in() -> User:
    """Return the person who asks. Only for views that `guard` lets nobody else into."""
    user: User = current_user.user
    return user


def guard() -> Response | None:
    """Let the request through, send a stranger to the sign-in page, or refuse. A view nobody listed is refused."""
    if request.endpoint is None:
        return None  # no such page: the 404 follows
    room = request.blueprint or request.endpoint
    if room in EVERYONE:
        return None
    allowed = NEEDED.get(room, frozenset())
    if not current_user.is_authenticated:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        if back is not None and len(back) > BACK_CHARS:  # a header that long is read by no browser
            back = None
        return redirect(url_for("auth.sign_in", next=back))
    if current_user.role not in allowed:
        abort(403)
    return None


def desk_of(user: User) -> str:
    """Return the address of the page where this person's work begins."""
    return url_for("unit.desk") if user.role is Role.UNIT else url_for("review.queue")


def is_local(address: str | None) -> bool:
    """Tell whether an address from outside is safe to go to: a path on this site and nothing else."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and not any(ord(char) < 32 or char == "\\" for char in address)


def install(app: Flask) -> None:
    """Check every request before its view runs."""
    manager = LoginManager(app)
    manager.session_protection = None  # an address changes with every train; the row says whether a session goes on
    manager.user_loader(load_user)
    app.before_request(guard)
