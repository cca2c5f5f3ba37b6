"""Signing in and out."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from indexer.base import times
from indexer.people import sessions
from indexer.people import sign_in as people
from web.app.access import desk_of, is_local
from web.app.forms import SignInForm
from web.app.limits import SIGN_IN, limiter, note_refused_sign_in
from web.app.site import site
from web.auth import devices
from web.auth.entering import enter, leave, visit

blueprint = Blueprint("auth", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(SIGN_IN, methods=["POST"], key_func=devices.device_or_client, on_breach=note_refused_sign_in)
def sign_in() -> ResponseReturnValue:
    """The sign-in page, and what comes back from it."""
    form, now = SignInForm(), times.now()
    wanted = request.values.get("next")
    back = wanted if is_local(wanted) else None
    if current_user.is_authenticated:
        return redirect(back or desk_of(current_user.user))
    refused = None
    if form.validate_on_submit():
        try:
            user, token = people.open_session(
                site().database, form.name.data, form.password.data, visit=visit(), now=now
            )
        except people.SignInRefused:
            # One answer for a wrong name, a wrong password and too many of them: it tells a stranger nothing.
            refused = _("Name or password is wrong, or there were too many attempts. Wait a while and try again.")
        else:
            enter(user, token, now=now)
            answer = make_response(redirect(back or desk_of(user)))
            devices.remember(answer, user)
            return answer
    return render_template("auth/sign_in.html", form=form, refused=refused, next=back), 401 if refused else 200


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session: a copy of its cookie is worth nothing from now on."""
    if current_user.is_authenticated:
        sessions.end(site().database, current_user.session.id, user=current_user.user.id, now=times.now())
    leave()
    return redirect(url_for("public.home"))
