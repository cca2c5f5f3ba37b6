"""One item beside its checks."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template

from indexer import times
from indexer.accounts import User
from indexer.items import ClusterId, Decision, ItemId, Move, State, Tag
from indexer.records import channels, decisions, items
from indexer.records.database import Transaction
from indexer.records.listings import QueueEntry, queue_entry
from indexer.review import queue
from indexer.review.roles import may_undo
from indexer.review.states import last_holding, open_moves
from web.access import signed_in
from web.labels import reasons
from web.marking import Part, parts
from web.public.item import known_name
from web.review.diff import Line, changes
from web.review.listing import following
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


def show(item: str) -> str:
    """The newest version with its findings marked, its tags, its siblings, what changed, and what was decided."""
    now, wanted = times.now(), ItemId(item)
    with site().database.reading() as tx:
        entry = queue_entry(tx, wanted, now=now)
        if entry is None:
            abort(404)
        history = decisions.of_item(tx, wanted)
        seen = {
            "history": list(reversed(history)),
            "others": siblings(tx, entry.item.cluster, wanted),
            "diff": edits(tx, entry),
            "following": following(tx, entry, now=now),
        }
    holder = queue.claim(site().database, item=wanted, user=signed_in(), now=now)
    moves = [move for move in EDITORS if move in open_moves(entry.item.state)]
    return render_template(
        "review/item.html",
        entry=entry,
        it=entry.item,
        version=entry.version,
        body=entry.version.html,
        title=marked(entry, "title", entry.version.title),
        text=marked(entry, "text", entry.version.text),
        tags=[TagView(label=label(tag), score=tag.score) for tag in entry.tags],
        moves=[move for move in moves if move is not Move.APPROVE or entry.is_understood],
        can_undo=can_undo(history, signed_in(), now=now),
        holder=holder.name if holder else None,
        reasons=reasons(),
        **seen,
    )


def marked(entry: QueueEntry, where: str, text: str) -> list[Part]:
    """Return a field cut at the spans of its findings."""
    return parts(text, [(found.start, found.end) for found in entry.findings if found.where == where])


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


def can_undo(history: list[Decision], who: User, *, now: datetime) -> bool:
    """Tell whether this person can take the item's last decision back."""
    last = last_holding(history)
    return last is not None and may_undo(who, last, now=now)
