"""One item beside its checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template, request

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.people.accounts import User
from indexer.people.rights import may_move, may_undo
from indexer.records import decisions, items, looks, pictures
from indexer.records.database import Transaction
from indexer.records.review_queue import QueueEntry, queue_entry, queue_next
from indexer.review import queue
from indexer.review.records import Decision, Move
from indexer.review.states import last_holding, open_moves
from web.app.access import signed_in
from web.app.forms import DecideForm
from web.app.site import site
from web.review import reports
from web.review import tags as tag_forms
from web.review.alike import alike
from web.review.diff import Line, changes
from web.review.listing import read
from web.review.piece import reading
from web.review.refusal import Refusal
from web.review.tag_reasons import views
from web.shown.labels import reasons

EDITORS = (Move.APPROVE, Move.HOLD, Move.REJECT, Move.WITHDRAW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stood in the form of a move that was refused."""

    reason: str = ""
    words: str = ""
    back: str = ""


def show(item: str) -> str:
    """The newest version with its findings marked, its tags, its siblings, what changed, and what was decided."""
    return page(ItemId(item))


def page(
    item: ItemId, *, refused: Sequence[Refusal] = (), typed: Typed | None = None, focus_reason: bool = False
) -> str:
    """Return an item's page as it stands now; refused, typed: where a move on it was just refused.

    focus_reason: the reason is what is missing. What follows is next in the list that the address names.
    """
    now, listed = times.now(), read(request.args)
    with site().database.reading() as tx:
        entry = queue_entry(tx, item, now=now)
        if entry is None:
            abort(404)
        history = decisions.of_item(tx, item)
        seen = {
            "history": list(reversed(history)),
            "alike": alike(tx, entry),
            "diff": edits(tx, entry),
            "following": queue_next(tx, entry.place, listed.asked),
            "reported": reports.on_item(tx, item),
            "look": looks.look(tx, item),
            "corrected": tag_forms.corrections(tx, item),
        }
        uses = pictures.uses_of(tx, [(item, entry.version.number)])
    whereabouts = tag_forms.whereabouts(entry.item, entry.version)
    reasons_of_tags = site().reasons.of(entry.item, entry.version) if entry.tags else {}
    holder = queue.claim(site().database, item=item, user=signed_in(), now=now)
    return render_template(
        "review/item.html",
        entry=entry,
        kept=listed.kept,
        it=entry.item,
        version=entry.version,
        reading=reading(entry, next(iter(uses.values()), {})),
        tags=views(entry.tags, reasons_of_tags, whereabouts),
        tag_form=tag_forms.facets_of(entry.tags),
        whereabouts=whereabouts,
        moves=moves_of(entry, signed_in()),
        focus_reason=focus_reason,
        undo_of=undo_of(history, signed_in(), now=now),
        holder=holder.name if holder else None,
        reasons=reasons(),
        refused=refused,
        typed=typed or Typed(),
        **seen,
    )


def moves_of(entry: QueueEntry, who: User) -> list[Move]:
    """Return the moves that this person can make on the item now; none is approved before it is understood."""
    opened = [move for move in EDITORS if move in open_moves(entry.item.state)]
    return [
        move
        for move in opened
        if may_move(who, move, entry.item.unit) and (move is not Move.APPROVE or entry.is_understood)
    ]


def typed_in(form: DecideForm) -> Typed:
    """Return what a form held, to be put into it again."""
    return Typed(reason=form.reason.data or "", words=form.words.data or "", back=form.back.data or "")


def edits(tx: Transaction, entry: QueueEntry) -> list[Line]:
    """Return what the source changed since the public version; nothing where the newest is public."""
    if entry.item.public in (None, entry.version.number):
        return []
    shown = items.version(tx, entry.item.id, entry.item.public or 0)
    if shown is None:
        return []
    return changes(f"{shown.title}\n{shown.text}", f"{entry.version.title}\n{entry.version.text}")


def undo_of(history: list[Decision], who: User, *, now: datetime) -> str | None:
    """Return the id of the item's last decision where this person can take it back."""
    last = last_holding(history)
    return last.id if last is not None and may_undo(who, last, now=now) else None
