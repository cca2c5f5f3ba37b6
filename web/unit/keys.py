"""Keys of a unit's own systems: made here with their secret shown once, listed, revoked."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from indexer.base import times
from indexer.people.push_keys import MOST_KEYS, NAME_CHARS, KeyProblem, KeyRefused, make_key, revoke_key
from indexer.records import channels, push_keys
from indexer.records.push_keys import PushKey
from web.app.access import own_unit, signed_in
from web.app.limits import KEYS, limiter
from web.app.site import site


class KeyForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """What the system is called that uses the key."""

    name = StringField(
        filters=[lambda typed: typed.strip() if typed else typed],
        validators=[InputRequired(), Length(max=NAME_CHARS)],
    )


def keys() -> str:
    """The keys of this person's unit, the newest first."""
    return _page()


@limiter.limit(KEYS)
def make() -> ResponseReturnValue:
    """Make a key; this answer is the only one that shows its secret."""
    form, parts = KeyForm(), site()
    name = (form.name.data or "") if form.validate() else ""
    try:
        key, secret = make_key(
            parts.database, parts.settings, unit=own_unit(), name=name, by=signed_in().actor, now=times.now()
        )
    except KeyRefused as refused:
        return _page(refused=_words(refused.problem), typed=form.name.data or ""), 400
    return _page(made=key, secret=secret)


def revoke(key: str) -> ResponseReturnValue:
    """Let a key of this person's unit count no more."""
    try:
        revoked = revoke_key(site().database, key, by=signed_in().actor, now=times.now(), unit=own_unit())
    except KeyRefused as refused:
        if refused.problem is KeyProblem.NO_KEY:
            abort(404)
        flash(_("That key was revoked already."), "error")
    else:
        flash(_("The key “%(name)s” is revoked: nothing signed with it is taken any more.", name=revoked.name), "done")
    return redirect(url_for("unit.keys"))


def _words(problem: KeyProblem) -> str:
    if problem is KeyProblem.TOO_MANY:
        return str(_("A unit has at most %(most)s keys. Revoke one that is used no more.", most=MOST_KEYS))
    return str(_("Name the system that will use the key, in at most %(most)s characters.", most=NAME_CHARS))


def _page(*, refused: str = "", typed: str = "", made: PushKey | None = None, secret: str = "") -> str:
    own = own_unit()
    with site().database.reading() as tx:
        unit = channels.unit(tx, own)
        found, named = push_keys.push_keys(tx, [own]), channels.channels(tx, own)
    if unit is None:
        abort(404)
    told = {"refused": refused, "typed": typed, "made": made, "secret": secret}
    return render_template("unit/keys.html", unit=unit, keys=found, channels=named, longest=NAME_CHARS, **told)
