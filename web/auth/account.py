"""One's own account, for every role: the password, and the sessions that are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from indexer.base import times
from indexer.people import sessions
from indexer.people import sign_in as people
from indexer.people.accounts import Session, SessionId
from indexer.people.sign_in import PASSWORD_CHARS, AccountRefused, SignInRefused
from web.app.access import signed_in
from web.app.forms import PasswordForm
from web.app.limits import SIGN_IN, client, limiter
from web.app.session import limits
from web.app.site import site
from web.auth.browsers import browser_name
from web.auth.entering import enter, visit

blueprint = Blueprint("account", __name__, url_prefix="/account")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An open session as its owner sees it."""

    id: SessionId
    browser: str
    network: str
    created_at: datetime
    seen_at: datetime
    is_this: bool


def person_or_client() -> str:
    """Return who asks, as the limit counts them: a stranger at the same address takes nobody's turn."""
    return f"person {signed_in().id}" if current_user.is_authenticated else client()


@blueprint.get("/")
def show() -> str:
    """Both on one page."""
    return _page(refused=None)


@blueprint.post("/password")
@limiter.limit(SIGN_IN, key_func=person_or_client)
def change_password() -> ResponseReturnValue:
    """Set another password; every other session ends, and this one gets a new token."""
    form, now = PasswordForm(), times.now()
    if not form.validate():
        return _page(refused=_("The new password was not typed twice the same. Nothing was changed.")), 400
    user = signed_in()
    try:
        token = people.change_password(
            site().database, user, old=form.old.data, new=form.new.data, visit=visit(), now=now
        )
    except SignInRefused:
        words = _("The present password is wrong, or was wrong too often. Nothing was changed.")
        return _page(refused=words), 400
    except AccountRefused:
        return _page(refused=_rules()), 400
    enter(user, token, now=now)
    flash(_("The password is changed. All other sessions have ended."), "done")
    return redirect(url_for("account.show"))


@blueprint.post("/sessions/<session>/end")
def end_session(session: str) -> ResponseReturnValue:
    """End one session of one's own."""
    if sessions.end(site().database, SessionId(session), user=signed_in().id, now=times.now()):
        flash(_("The session has ended."), "done")
    else:
        flash(_("That session had ended already."), "error")
    return redirect(url_for("account.show"))


@blueprint.post("/sessions/end-others")
def end_others() -> ResponseReturnValue:
    """End every session of one's own but this one."""
    ended = sessions.end_others(site().database, current_user.session.id, user=signed_in().id, now=times.now())
    flash(ngettext("%(num)s other session has ended.", "%(num)s other sessions have ended.", ended), "done")
    return redirect(url_for("account.show"))


def _page(*, refused: str | None) -> str:
    settings = site().settings
    found = sessions.of_person(site().database, signed_in().id, limits=limits(settings), now=times.now())
    return render_template(
        "auth/account.html",
        refused=refused,
        rules=_rules(),
        longest=PASSWORD_CHARS.stop - 1,
        least=PASSWORD_CHARS.start,
        rows=_rows(found),
        idle_hours=f"{settings.session_idle_hours:g}",
        days=f"{settings.session_days:g}",
    )


def _rows(found: Sequence[Session]) -> list[Row]:
    own = current_user.session.id
    rows = [
        Row(
            id=one.id,
            browser=browser_name(one.agent),
            network=one.network,
            created_at=one.created_at,
            seen_at=one.seen_at,
            is_this=one.id == own,
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: not row.is_this)  # stable: behind this one, the one used last


def _rules() -> str:
    least, most = PASSWORD_CHARS.start, PASSWORD_CHARS.stop - 1
    return str(_("A password has %(least)s to %(most)s characters and is not your name.", least=least, most=most))
