"""One item beside its checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template

from indexer import times
from indexer.accounts import User
from indexer.items import ClusterId, Decision, ItemId, Move, State, Tag
from indexer.records import channels, decisions, items
from indexer.records.database import Transaction
from indexer.records.listings import QueueEntry, queue_entry, queue_next
from indexer.review import queue
from indexer.review.roles import may_undo
from indexer.review.states import last_holding, open_moves
from web.access import signed_in
from web.forms import DecideForm
from web.labels import reasons
from web.public.item import known_name
from web.review.diff import Line, changes
from web.review.piece import reading
from web.review.refusal import Refusal
from web.site import site

EDITORS = (Move.APPROVE, Move.HOLD, Move.REJECT, Move.WITHDRAW)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A tag with its score."""

    label: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """Another item of the same cluster."""

    id: ItemId
    unit_name: str
    state: State


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

    focus_reason: the reason is what is missing.
    """
    now = times.now()
    with site().database.reading() as tx:
        entry = queue_entry(tx, item, now=now)
        if entry is None:
            abort(404)
        history = decisions.of_item(tx, item)
        seen = {
            "history": list(reversed(history)),
            "others": siblings(tx, entry.item.cluster, item),
            "diff": edits(tx, entry),
            "following": queue_next(tx, entry, states=queue.WAITING),
        }
    holder = queue.claim(site().database, item=item, user=signed_in(), now=now)
    moves = [move for move in EDITORS if move in open_moves(entry.item.state)]
    return render_template(
        "review/item.html",
        entry=entry,
        it=entry.item,
        version=entry.version,
        body=entry.version.html,
        reading=reading(entry),
        tags=[TagView(label=label(tag), score=tag.score) for tag in entry.tags],
        moves=[move for move in moves if move is not Move.APPROVE or entry.is_understood],
        focus_reason=focus_reason,
        undo_of=undo_of(history, signed_in(), now=now),
        holder=holder.name if holder else None,
        reasons=reasons(),
        refused=refused,
        typed=typed or Typed(),
        **seen,
    )


def typed_in(form: DecideForm) -> Typed:
    """Return what a form held, to be put into it again."""
    return Typed(reason=form.reason.data or "", words=form.words.data or "", back=form.back.data or "")


def label(tag: Tag) -> str:
    """Return the tag's name; of one that the taxonomy lost, its id."""
    return known_name(tag, site().taxonomy) or tag.id


def siblings(tx: Transaction, cluster: ClusterId, own: ItemId) -> list[Sibling]:
    """Return the other members of the cluster."""
    units = {unit.id: unit.short_name for unit in channels.units(tx)}
    members = [member for member in items.cluster_members(tx, cluster) if member.id != own]
    return [Sibling(id=member.id, unit_name=units[member.unit], state=member.state) for member in members]


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
