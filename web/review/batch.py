"""Deciding on many items as one: asked first, decided second, taken back as one."""

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.records.review_queue import QueueEntry, queue_entries_of
from indexer.review import desk
from indexer.review.desk import Decided, Pick
from indexer.review.reasons import is_reason
from indexer.review.records import Move
from indexer.review.states import NEEDS_REASON, MoveProblem, MoveRefused
from web.app.access import is_local, signed_in
from web.app.forms import BatchForm, UndoBatchForm
from web.app.site import site
from web.review import outcome
from web.review.outcome import Outcome
from web.review.piece import is_short
from web.review.refusal import Refusal, refusal
from web.shown.labels import reasons, refusal_words


def batch() -> ResponseReturnValue:
    """Ask whether the move is to be made on so many items; when that was answered, make it."""
    form = BatchForm()
    if not form.validate() or form.picks is None:
        return _page(form, [], [Refusal(why=_("The form was not complete. Nothing was decided."))]), 400
    if not form.picks:
        return _page(form, [], [Refusal(why=_("No item was chosen. Nothing was decided."))]), 400
    move, picks = Move(form.move.data), form.picks
    entries = _entries([pick.item for pick in picks])
    refused = _refused(form, picks, entries)
    left = [pick for pick in picks if pick.item not in refused]
    lines = [_line(one, entries) for one in refused.values()]
    if form.confirmed.data != len(picks):
        return _page(form, left, lines), 409 if lines else 200
    if move in NEEDS_REASON and not is_reason(form.why):
        return _page(form, left, [*lines, Refusal(why=refusal_words(MoveProblem.REASON_MISSING))]), 409
    results = desk.batch(site().database, picks=left, move=move, who=signed_in(), why=form.why, now=times.now())
    return _told(form, results, lines, entries)


def undo_batch() -> ResponseReturnValue:
    """Take back what was decided as one; what was moved meanwhile stays, and is named."""
    form = UndoBatchForm()
    if not form.validate():
        return _page(None, [], [Refusal(why=_("The form was not complete. Nothing was decided."))]), 400
    results = desk.undo_batch(site().database, batch=form.batch.data, who=signed_in(), now=times.now())
    if not results:
        return _page(None, [], [Refusal(why=refusal_words(MoveProblem.NOTHING_TO_UNDO))]), 409
    outcome.forget()
    if done := sum(1 for one in results if one.decision):
        text = ngettext("%(num)s item taken back.", "%(num)s items taken back.", done)
        outcome.tell(Outcome(text=f"{text}{outcome.of_search()}"))
    entries = _entries([one.item for one in results])
    if refused := [_line(one.refused, entries) for one in results if one.refused]:
        return _page(None, [], refused), 409
    return redirect(url_for("review.queue"))


def _told(
    form: BatchForm, results: Sequence[Decided], before: Sequence[Refusal], entries: dict[ItemId, QueueEntry]
) -> ResponseReturnValue:
    """Say what was done; where something was refused, on a page that names each."""
    made = [one.decision for one in results if one.decision]
    refused = [*before, *(_line(one.refused, entries) for one in results if one.refused)]
    if made:
        text = ngettext("%(num)s item decided.", "%(num)s items decided.", len(made))
        outcome.tell(Outcome(text=f"{text}{outcome.of_search()}", batch=made[0].batch or ""))
    if refused:
        return _page(form, [], refused), 409
    return redirect(_back(form))


def _refused(form: BatchForm, picks: Sequence[Pick], entries: dict[ItemId, QueueEntry]) -> dict[ItemId, MoveRefused]:
    """Return what cannot be decided: moved since it was seen, or to be approved and not shown in full."""
    move = Move(form.move.data)
    refused = desk.refusals(site().database, picks=picks, move=move, who=signed_in())
    shown = set(form.shown.data or [])
    for pick in picks if move is Move.APPROVE else ():
        entry = entries.get(pick.item)
        if entry and f"{pick.item}@{pick.version}" not in shown and not is_short(entry.version):
            unread = MoveRefused(MoveProblem.NOT_READ, item=pick.item, state=entry.item.state)
            refused.setdefault(pick.item, unread)
    return refused


def _line(refused: MoveRefused, entries: dict[ItemId, QueueEntry]) -> Refusal:
    entry = entries.get(ItemId(refused.item))
    return refusal(refused, entry.version.title if entry else refused.item)


def _page(form: BatchForm | None, picks: Sequence[Pick], refused: Sequence[Refusal]) -> str:
    """The question before a batch, and what was refused of it."""
    entries = _entries([pick.item for pick in picks])
    return render_template(
        "review/batch.html",
        form=form,
        move=form.move.data if form and picks else None,
        picks=[(pick, entries[pick.item]) for pick in picks],
        needs_reason=form is not None and form.move.data in NEEDS_REASON,
        reasons=reasons(),
        refused=refused,
        back=_back(form),
        back_with_picks=_with_picks(_back(form), picks),
    )


def _entries(items: Sequence[ItemId]) -> dict[ItemId, QueueEntry]:
    with site().database.reading() as tx:
        return {entry.item.id: entry for entry in queue_entries_of(tx, items, now=times.now())}


def _back(form: BatchForm | None) -> str:
    back = form.back.data if form else None
    return str(back) if is_local(back) else url_for("review.queue")


def _with_picks(back: str, picks: Sequence[Pick]) -> str:
    """Return the list's address with these items ticked."""
    ticked = urlencode([("chosen", str(pick.item)) for pick in picks])
    return f"{back}{'&' if '?' in back else '?'}{ticked}"
