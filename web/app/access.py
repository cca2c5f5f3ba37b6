"""Which right each route needs; who has it stands in `indexer.people.rights`."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from flask import Flask, abort, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from indexer.base import times
from indexer.base.ids import UnitId
from indexer.people import sessions
from indexer.people.accounts import Session, User
from indexer.people.rights import Right, may
from web.app import signatures
from web.app.session import limits
from web.app.site import site
from web.callbacks import check as callbacks

BACK_CHARS = 2000
NEEDED: Mapping[str, Right] = MappingProxyType(
    {
        "static": Right.VISIT,
        "public.home": Right.VISIT,
        "public.search": Right.VISIT,
        "public.suggest": Right.VISIT,
        "public.units": Right.VISIT,
        "public.unit": Right.VISIT,
        "public.item": Right.VISIT,
        "public.report": Right.VISIT,
        "public.reports": Right.VISIT,
        "public.media": Right.VISIT,
        "public.whitelist": Right.VISIT,
        "public.feed": Right.VISIT,
        "public.health": Right.VISIT,
        "public.robots": Right.VISIT,
        "api.items": Right.VISIT,
        "api.item": Right.VISIT,
        "pushes.push": Right.SIGNED,
        "pushes.push_status": Right.SIGNED,
        "callbacks.account": Right.PLATFORM,
        "callbacks.component": Right.PLATFORM,
        "callbacks.component_account": Right.PLATFORM,
        "auth.sign_in": Right.VISIT,
        "auth.sign_out": Right.VISIT,
        "account.show": Right.OWN_ACCOUNT,
        "account.change_password": Right.OWN_ACCOUNT,
        "account.end_session": Right.OWN_ACCOUNT,
        "account.end_others": Right.OWN_ACCOUNT,
        "unit.desk": Right.UNIT_DESK,
        "unit.push": Right.UNIT_DESK,
        "unit.push_page": Right.UNIT_DESK,
        "unit.keys": Right.UNIT_DESK,
        "unit.make_key": Right.UNIT_DESK,
        "unit.revoke_key": Right.UNIT_DESK,
        "unit.connect": Right.CONNECT,
        "unit.connect_wechat": Right.CONNECT,
        "unit.authorise_component": Right.CONNECT,
        "unit.component_return": Right.CONNECT,
        "unit.authorise_weibo": Right.CONNECT,
        "unit.weibo_return": Right.CONNECT,
        "unit.disconnect": Right.CONNECT,
        "unit.confirm_name": Right.CONNECT,
        "unit.withdraw": Right.UNIT_DESK,
        "unit.undo": Right.UNIT_DESK,
        "review.queue": Right.REVIEW,
        "review.item": Right.REVIEW,
        "review.decide": Right.REVIEW,
        "review.undo": Right.REVIEW,
        "review.piece": Right.REVIEW,
        "review.tags": Right.REVIEW,
        "review.batch": Right.REVIEW,
        "review.undo_batch": Right.REVIEW,
        "review.log": Right.REVIEW,
        "review.alarms": Right.REVIEW,
        "review.health": Right.REVIEW,
        "review.channel": Right.REVIEW,
        "review.tagger": Right.REVIEW,
        "review.choose_tagger": Right.TAGGER,
        "review.refused": Right.REVIEW,
        "review.whitelist": Right.WHITELIST,
        "review.change_status": Right.WHITELIST,
        "review.confirm_account": Right.WHITELIST,
        "review.try_page": Right.WHITELIST,
        "review.trials": Right.WHITELIST,
        "review.try_channel": Right.WHITELIST,
        "review.trial": Right.WHITELIST,
        "review.save_channel": Right.WHITELIST,
        "review.rules": Right.REVIEW,
        "review.rule": Right.REVIEW,
        "review.switch_rule": Right.RULES,
        "review.reports": Right.REPORTS,
        "review.step": Right.REPORTS,
    }
)
DESKS = ("unit.desk", "review.queue")  # where work begins: the first of them that is open to a person


class RouteWithoutRight(Exception):
    """A view was added, and NEEDED does not say who may ask for it."""


class SignedIn(UserMixin):  # type: ignore[misc] # Flask-Login carries no types
    """The signed-in person, as Flask-Login wants it. session: None in the request that begins it."""

    def __init__(self, user: User, token: str, session: Session | None = None) -> None:
        self.user, self.token, self.session = user, token, session
        self.name = user.name

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


def own_unit() -> UnitId:
    """Return the unit of the person who asks; ends the request with 403 where they are of none."""
    unit = signed_in().unit
    if unit is None:
        abort(403)
    return unit


def guard() -> Response | None:
    """Let the request through, send a stranger to the sign-in page, or refuse. A view nobody listed is refused.

    Who is signed in counts nothing where a signature is needed: it alone says whose program, or which platform, asks.
    """
    if request.endpoint is None:
        return None  # no such page: the 404 follows
    right = NEEDED.get(request.endpoint)
    if right is Right.VISIT:
        return None
    if right is Right.SIGNED:
        signatures.check()
        return None
    if right is Right.PLATFORM:
        callbacks.check()
        return None
    if not current_user.is_authenticated:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        if back is not None and len(back) > BACK_CHARS:  # a header that long is read by no browser
            back = None
        return redirect(url_for("auth.sign_in", next=back))
    if right is None or not may(current_user.user, right):
        abort(403)
    return None


def is_open(endpoint: str) -> bool:
    """Tell whether whoever asks may ask for a route; a menu shows no other."""
    return may(current_user.user if current_user.is_authenticated else None, NEEDED[endpoint])


def desk_of(user: User) -> str:
    """Return the address of the page where this person's work begins; their account where no desk is theirs."""
    own = (endpoint for endpoint in DESKS if may(user, NEEDED[endpoint]))
    return url_for(next(own, "account.show"))


def is_local(address: str | None) -> bool:
    """Tell whether an address from outside is safe to go to: a path on this site and nothing else."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and not any(ord(char) < 32 or char == "\\" for char in address)


def check(app: Flask) -> None:
    """Raises RouteWithoutRight for a view of the application that names none: it would be open to nobody."""
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    if missing := sorted(routes - set(NEEDED)):
        raise RouteWithoutRight(f"no right is named for {', '.join(missing)}: add it to NEEDED in {__name__}")


def install(app: Flask) -> None:
    """Check every request before its view runs."""
    manager = LoginManager(app)
    manager.session_protection = None  # an address changes with every train; the row says whether a session goes on
    manager.user_loader(load_user)
    app.before_request(guard)
