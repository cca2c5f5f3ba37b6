"""Deciding on one item and taking back: each a POST that ends on the next thing to do."""

from datetime import datetime

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.records.review_queue import Standing, queue_next, standing
from indexer.review import desk
from indexer.review.pace import QUIET, Hurry, hurry_of
from indexer.review.records import Decision, Move, State
from indexer.review.states import MoveProblem, MoveRefused
from web.app.access import is_local, signed_in
from web.app.forms import DecideForm, UndoForm
from web.app.site import site
from web.review import item as item_page
from web.review import outcome
from web.review.listing import Wanted, read
from web.review.outcome import Outcome
from web.review.piece import is_short
from web.review.refusal import Refusal, refusal
from web.shown.labels import label

SURE = "sure_at"


def decide(item: str) -> ResponseReturnValue:
    """Make one move on the version that the editor saw, then go on to what waits next."""
    form, wanted, now = DecideForm(), ItemId(item), times.now()
    seen = _standing(wanted)
    if not form.validate():
        not_whole = Refusal(why=_("The form was not complete. Nothing was decided."))
        return item_page.page(wanted, refused=[not_whole], typed=item_page.typed_in(form)), 400
    try:
        _need_reading(form, seen)
        if (hurry := _hurry(form, seen, now=now)) is not None:
            kept = read(request.args).kept
            title = seen.version.title
            return render_template("review/pace.html", hurry=hurry, it=seen.item, title=title, form=form, kept=kept)
        decision = _decided(form, wanted, now=now)
    except MoveRefused as refused:
        return (
            item_page.page(
                wanted,
                refused=[refusal(refused, seen.version.title)],
                typed=item_page.typed_in(form),
                focus_reason=refused.problem in (MoveProblem.REASON_MISSING, MoveProblem.ON_HOLD),
            ),
            409,
        )
    text = _("Last decision: %(move)s “%(title)s”", move=label(decision.move), title=outcome.short(seen.version.title))
    outcome.tell(
        Outcome(
            text=f"{text}{outcome.of_search()}",
            item=decision.item,
            decision=decision.id,
            following=form.following.data or "",
        )
    )
    return redirect(_next_place(form, seen, read(request.args)))


def undo(item: str) -> ResponseReturnValue:
    """Take back the decision that the form names, and show the item."""
    form, wanted = UndoForm(), ItemId(item)
    title = _standing(wanted).version.title
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
    outcome.tell(Outcome(text=f"{text}{outcome.of_search()}"))
    return redirect(url_for("review.item", item=wanted, **read(request.args).kept))


def _standing(item: ItemId) -> Standing:
    with site().database.reading() as tx:
        return standing(tx, item) or abort(404)


def _need_reading(form: DecideForm, seen: Standing) -> None:
    """From the list only what stands there in full is approved. Raises MoveRefused."""
    is_from_list = bool(form.back.data) and not form.shown.data
    if form.move.data == Move.APPROVE and is_from_list and not is_short(seen.version):
        raise MoveRefused(MoveProblem.NOT_READ, item=seen.item.id, state=seen.item.state)


def _hurry(form: DecideForm, seen: Standing, *, now: datetime) -> Hurry | None:
    """Return how fast approvals come where nobody could have read them; asked once, a while passes without."""
    if form.move.data != Move.APPROVE:
        return None
    if form.sure.data:
        session[SURE] = now.isoformat()
    sure_at = session.get(SURE)
    if sure_at is not None and now - datetime.fromisoformat(sure_at) < QUIET:
        return None
    return hurry_of(site().database, signed_in().name, characters=len(seen.version.text), now=now)


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


def _next_place(form: DecideForm, seen: Standing, listed: Wanted) -> str:
    """Return the list where the decision was made in it, else what waits behind the item in its list, else that list.

    seen: as it stood before the decision; its place in the list is the one it had then.
    """
    if is_local(form.back.data):
        return str(form.back.data)
    with site().database.reading() as tx:
        behind = queue_next(tx, seen.place, listed.asked)
    return url_for("review.item", item=behind, **listed.kept) if behind else url_for("review.queue", **listed.kept)
