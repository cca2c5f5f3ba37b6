"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from indexer import people, times
from web.access import SignedIn, desk_of, is_local
from web.forms import SignInForm
from web.limits import SIGN_IN, limiter
from web.site import site

blueprint = Blueprint("auth", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(SIGN_IN, methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """The sign-in page, and what comes back from it."""
    form = SignInForm()
    wanted = request.values.get("next")
    back = wanted if is_local(wanted) else None
    if current_user.is_authenticated:
        return redirect(back or desk_of(current_user.user))
    refused = None
    if form.validate_on_submit():
        try:
            user = people.sign_in(site().database, form.name.data, form.password.data, now=times.now())
        except people.SignInRefused:
            # One answer for a wrong name, a wrong password and a locked account: it tells a stranger nothing.
            refused = _("Name or password is wrong, or there were too many attempts. Wait a while and try again.")
        else:
            session.clear()
            login_user(SignedIn(user))
            return redirect(back or desk_of(user))
    return render_template("auth/sign_in.html", form=form, refused=refused, next=back), 401 if refused else 200


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    logout_user()
    session.clear()
    return redirect(url_for("public.home"))
