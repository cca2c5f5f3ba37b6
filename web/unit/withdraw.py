"""A unit takes down its own piece, with a reason, and may take that back for a while."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.people.rights import may_see
from indexer.records import items
from indexer.review import desk as use_cases
from indexer.review.records import Move, State
from indexer.review.states import MoveRefused
from web.app.access import signed_in
from web.app.forms import UndoForm, WithdrawForm
from web.app.site import site
from web.shown.labels import label, refusal_words
from web.shown.pager import asked_page
from web.unit.desk import shown

WRONG, REFUSED = 400, 409


def withdraw(item: str) -> ResponseReturnValue:
    """Take the piece down, in the version and the state that the unit saw."""
    wanted, form = _own(item), WithdrawForm()
    typed = {wanted: form.words.data or ""}
    if not form.validate():
        return shown(refused=_("The form was not complete. Nothing was decided."), typed=typed), WRONG
    try:
        use_cases.decide(
            site().database,
            item=wanted,
            version=form.version.data,
            state=State(form.state.data),
            move=Move.WITHDRAW,
            who=signed_in(),
            why=form.why,
            now=times.now(),
        )
    except MoveRefused as refused:
        return shown(refused=refusal_words(refused.problem), typed=typed), REFUSED
    flash(_("The piece is withdrawn: nobody can see it here any more."), "done")
    return _back()


def undo(item: str) -> ResponseReturnValue:
    """Take back the decision that the form names."""
    wanted, form = _own(item), UndoForm()
    if not form.validate():
        return shown(refused=_("The form was not complete. Nothing was decided.")), WRONG
    try:
        made = use_cases.undo(
            site().database, item=wanted, decision=form.decision.data, who=signed_in(), now=times.now()
        )
    except MoveRefused as refused:
        return shown(refused=refusal_words(refused.problem)), REFUSED
    flash(_("Taken back. The item is “%(state)s” again.", state=label(made.after)), "done")
    return _back()


def _own(item: str) -> ItemId:
    """The id of an item of this person's unit: another's is as unknown to them as one that never was."""
    with site().database.reading() as tx:
        found = items.item(tx, ItemId(item))
    if found is None or not may_see(signed_in(), found.unit):
        abort(404)
    return found.id


def _back() -> ResponseReturnValue:
    """The page of the desk that the form stood on."""
    page = asked_page()
    return redirect(url_for("unit.desk", page=page if page > 1 else None))
