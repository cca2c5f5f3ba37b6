"""Deciding on one item and taking back: each a POST that ends on the next thing to do."""

from datetime import datetime

import structlog
from flask import abort, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer import times
from indexer.items import Decision, ItemId, Move, State
from indexer.records.database import RecordsDown
from indexer.records.listings import QueueEntry, queue_entry, queue_next
from indexer.review import desk
from indexer.review.pace import QUIET, Hurry, hurry_of
from indexer.review.queue import WAITING
from indexer.review.states import MoveProblem, MoveRefused
from indexer.search.port import IndexDown
from indexer.search.publish import publish
from web.access import is_local, signed_in
from web.forms import DecideForm, UndoForm
from web.labels import label
from web.review import item as item_page
from web.review import outcome
from web.review.outcome import Outcome
from web.review.piece import is_short
from web.review.refusal import Refusal, refusal
from web.site import site

log = structlog.get_logger()
SURE = "sure_at"


def decide(item: str) -> ResponseReturnValue:
    """Make one move on the version that the editor saw, then go on to what waits next."""
    form, wanted, now = DecideForm(), ItemId(item), times.now()
    entry = _entry(wanted)
    if not form.validate():
        not_whole = Refusal(why=_("The form was not complete. Nothing was decided."))
        return item_page.page(wanted, refused=[not_whole], typed=item_page.typed_in(form)), 400
    try:
        _need_reading(form, entry)
        if (hurry := _hurry(form, entry, now=now)) is not None:
            return render_template("review/pace.html", hurry=hurry, it=entry.item, title=entry.version.title, form=form)
        decision = _decided(form, wanted, now=now)
    except MoveRefused as refused:
        return (
            item_page.page(
                wanted,
                refused=[refusal(refused, entry.version.title)],
                typed=item_page.typed_in(form),
                focus_reason=refused.problem is MoveProblem.REASON_MISSING,
            ),
            409,
        )
    text = _("Last decision: %(move)s “%(title)s”", move=label(decision.move), title=outcome.short(entry.version.title))
    outcome.tell(
        Outcome(
            text=f"{text}{tell_search()}",
            item=decision.item,
            decision=decision.id,
            following=form.following.data or "",
        )
    )
    return redirect(_next_place(form, entry))


def undo(item: str) -> ResponseReturnValue:
    """Take back the decision that the form names, and show the item."""
    form, wanted = UndoForm(), ItemId(item)
    title = _entry(wanted).version.title
    if not form.validate():
        return item_page.page(wanted, refused=[Refusal(why=_("The form was not complete. Nothing was decided."))]), 400
    try:
        decision = desk.undo(
            site().database, item=wanted, decision=form.decision.data, who=signed_in(), now=times.now()
        )
    except MoveRefused as refused:
        outcome.forget()
        return item_page.page(wanted, refused=[refusal(refused, title)]), 409
    text = _("Taken back. The item is “%(state)s” again.", state=label(decision.after))
    outcome.tell(Outcome(text=f"{text}{tell_search()}"))
    return redirect(url_for("review.item", item=wanted))


def tell_search() -> str:
    """Bring the index up to date at once, and return what is to be said of it: nothing, where it answers.

    Where it is down, the outbox keeps what it has to be told.
    """
    try:
        publish(site().database, site().index, now=times.now())
    except (IndexDown, RecordsDown) as error:  # the decision stands already; only that it was told is not noted
        log.warning("index_down", error=str(error))
        return " " + str(_("Decided. The search is resting and will follow."))
    return ""


def _entry(item: ItemId) -> QueueEntry:
    with site().database.reading() as tx:
        entry = queue_entry(tx, item, now=times.now())
    if entry is None:
        abort(404)
    return entry


def _need_reading(form: DecideForm, entry: QueueEntry) -> None:
    """From the list only what stands there in full is approved. Raises MoveRefused."""
    is_from_list = bool(form.back.data) and not form.shown.data
    if form.move.data == Move.APPROVE and is_from_list and not is_short(entry.version):
        raise MoveRefused(MoveProblem.NOT_READ, item=entry.item.id, state=entry.item.state)


def _hurry(form: DecideForm, entry: QueueEntry, *, now: datetime) -> Hurry | None:
    """Return how fast approvals come where nobody could have read them; asked once, a while passes without."""
    if form.move.data != Move.APPROVE:
        return None
    if form.sure.data:
        session[SURE] = now.isoformat()
    sure_at = session.get(SURE)
    if sure_at is not None and now - datetime.fromisoformat(sure_at) < QUIET:
        return None
    return hurry_of(site().database, signed_in().name, characters=len(entry.version.text), now=now)


def _decided(form: DecideForm, item: ItemId, *, now: datetime) -> Decision:
    return desk.decide(
        site().database,
        item=item,
        version=form.version.data,
        state=State(form.state.data),
        move=Move(form.move.data),
        who=signed_in(),
        why=form.why,
        now=now,
    )


def _next_place(form: DecideForm, entry: QueueEntry) -> str:
    """Return the list where the decision was made in it, else what waits behind the item, else the queue."""
    if is_local(form.back.data):
        return str(form.back.data)
    with site().database.reading() as tx:
        behind = queue_next(tx, entry, states=WAITING)
    return url_for("review.item", item=behind) if behind else url_for("review.queue")
