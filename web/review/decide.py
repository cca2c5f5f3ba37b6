"""Deciding, taking back, deciding on many: each a POST that ends on the next thing to do."""

import structlog
from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from indexer import times
from indexer.items import ItemId, Move, State
from indexer.records.database import RecordsDown
from indexer.records.listings import queue_entry
from indexer.review import desk
from indexer.review.desk import Decided, Pick
from indexer.review.states import MoveRefused
from indexer.search.port import IndexDown
from indexer.search.publish import publish
from web.access import is_local, signed_in
from web.forms import BatchForm, DecideForm
from web.labels import label, refusal_words
from web.review import undoable
from web.review.listing import following
from web.site import site

log = structlog.get_logger()


def decide(item: str) -> ResponseReturnValue:
    """Make one move on the version that the editor saw, then go on to what waits next."""
    form, wanted, now = DecideForm(), ItemId(item), times.now()
    with site().database.reading() as tx:
        entry = queue_entry(tx, wanted, now=now)
        behind = following(tx, entry, now=now) if entry else None
    if entry is None:
        abort(404)
    if not form.validate():
        flash(_("The form was not complete. Nothing was decided."), "error")
        return redirect(url_for("review.item", item=wanted))
    try:
        decision = desk.decide(
            site().database,
            item=wanted,
            version=form.version.data,
            move=Move(form.move.data),
            who=signed_in(),
            why=form.why,
            now=now,
            state=State(form.state.data),
        )
    except MoveRefused as refused:
        flash(refusal_words(refused.problem), "error")
        return redirect(url_for("review.item", item=wanted))
    tell_search()
    undoable.remember(decision, entry.version.title)
    if is_local(form.back.data):
        return redirect(form.back.data)
    return redirect(url_for("review.item", item=behind) if behind else url_for("review.queue"))


def undo(item: str) -> ResponseReturnValue:
    """Take back the last decision on an item, and show the item."""
    wanted = ItemId(item)
    try:
        decision = desk.undo(site().database, item=wanted, who=signed_in(), now=times.now())
    except MoveRefused as refused:
        flash(refusal_words(refused.problem), "error")
        return redirect(url_for("review.queue"))
    tell_search()
    undoable.forget()
    flash(_("Taken back. The item is “%(state)s” again.", state=label(decision.after)), "done")
    return redirect(url_for("review.item", item=wanted))


def batch() -> ResponseReturnValue:
    """Make one move on the chosen items; those that are refused are counted by reason, the others stay done."""
    form = BatchForm()
    back = form.back.data if is_local(form.back.data) else url_for("review.queue")
    picks = [pick for value in form.chosen.data or [] if (pick := _pick(value))]
    if not form.validate() or not picks:
        flash(_("No item was chosen. Nothing was decided."), "error")
        return redirect(back)
    results = list(
        desk.batch(
            site().database, picks=picks, move=Move(form.move.data), who=signed_in(), why=form.why, now=times.now()
        )
    )
    tell_search()
    undoable.forget()
    _report(results)
    return redirect(back)


def tell_search() -> None:
    """Bring the index up to date at once; where it is down, the outbox keeps what it has to be told."""
    try:
        publish(site().database, site().index, now=times.now())
    except (IndexDown, RecordsDown) as error:  # the decision stands already; only that it was told is not noted
        log.warning("index_down", error=str(error))
        flash(_("Decided. The search is resting and will follow."), "done")


def _pick(value: str) -> Pick | None:
    item, _at, version = value.partition("@")
    return Pick(item=ItemId(item), version=int(version)) if item and version.isdecimal() else None


def _report(results: list[Decided]) -> None:
    done = [result for result in results if result.decision]
    if done:
        flash(ngettext("%(num)s item decided.", "%(num)s items decided.", len(done)), "done")
    problems = [result.refused.problem for result in results if result.refused]
    for problem in dict.fromkeys(problems):
        text = ngettext("%(num)s item not: %(why)s", "%(num)s items not: %(why)s", problems.count(problem), why="%s")
        flash(text.replace("%s", refusal_words(problem)), "error")
