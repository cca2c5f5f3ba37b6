"""The versions of what was learned from corrected tags; an administrator chooses which one speaks."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer.base import times
from indexer.people.rights import Right, may
from indexer.records import tagger_versions
from indexer.understanding.learning.training import waiting_corrections
from indexer.understanding.learning.versions import SHIPPED, VersionRefused, activate
from web.app.access import signed_in
from web.app.forms import TaggerForm
from web.app.site import site
from web.review import outcome
from web.review.outcome import Outcome


def show(*, refused: str = "") -> str:
    """The versions, newest first, with how each did on what was held back."""
    with site().database.reading() as tx:
        versions, live = tagger_versions.newest_first(tx), tagger_versions.live(tx)
    return render_template(
        "review/tagger.html",
        versions=versions,
        live=live.number if live else SHIPPED,
        waiting=waiting_corrections(site().database),
        may_choose=may(signed_in(), Right.TAGGER),
        refused=refused,
    )


def choose() -> ResponseReturnValue:
    """Make a version the live one; 0: what ships speaks alone."""
    form = TaggerForm()
    if not form.validate():
        return show(refused=_("The form was not complete. Nothing was changed.")), 400
    try:
        activate(site().database, form.number.data, by=signed_in().actor, now=times.now())
    except VersionRefused:
        return show(refused=_("This version is not there, or it is damaged. Nothing was changed.")), 409
    outcome.tell(Outcome(text=_("Version %(n)s is live. The pieces are tagged again.", n=form.number.data)))
    return redirect(url_for("review.tagger"))
