"""The queue: what waits for a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import render_template, request

from config.taxonomy import Taxonomy
from config.words import Severity
from indexer.base import times
from indexer.base.ids import ItemId
from indexer.catalogue.pictures import PictureUse
from indexer.records import channels, items, pictures
from indexer.records.review_queue import QueueEntry
from indexer.review.records import Move, State
from indexer.review.states import open_moves
from indexer.understanding.results import Facet
from web.app.access import signed_in
from web.app.site import site
from web.review.listing import PAGE_SIZE, Wanted, page_of, read
from web.review.piece import Reading, is_short, reading
from web.shown.cards import Name, excerpt, names
from web.shown.labels import named
from web.shown.pager import pager

OPEN_ENDS = (State.PENDING, State.CHANGED, State.HELD)  # what an editor still has to come to


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the queue as the page shows it.

    reading: the whole piece where the row shows it, as it does a short piece and one that was opened; else None, and
    then excerpt holds its beginning. moves: those that are open to a person.
    """

    id: ItemId
    version: int
    title: str
    unit_name: str
    topics: list[Name]
    credits: int
    state: State
    severities: list[tuple[Severity, int]]
    is_understood: bool
    claimed_by: str | None
    collected_at: datetime
    moves: frozenset[Move]
    is_opened: bool
    reading: Reading | None
    excerpt: str
    characters: int

    @property
    def can_approve(self) -> bool:
        """Whether the piece can be approved where it stands: in view in full, and checked."""
        return Move.APPROVE in self.moves and self.is_understood and self.reading is not None


def show() -> str:
    """A page of the queue."""
    parts, wanted = site(), read(request.args)
    with parts.database.reading() as tx:
        entries, total = page_of(tx, wanted, now=times.now())
        counts, units = items.counts(tx), channels.unit_names(tx)
        # A piece with pictures is shown in full, and so with them, only where it was opened.
        uses = pictures.uses_of(tx, [key_of(entry) for entry in entries if entry.item.id in wanted.opened])
    return render_template(
        "review/queue.html",
        wanted=wanted,
        asked=wanted.asked,
        rows=[row(entry, parts.taxonomy, wanted, uses.get(key_of(entry), {})) for entry in entries],
        counts=list(counts.items()),
        open_ends=open_ends(counts),
        units=units,
        topics=[Name(id=one.id, label=named(one)) for one in parts.taxonomy.topics],
        severities=list(reversed(Severity)),
        pager=pager(total, size=PAGE_SIZE, page=wanted.page),
        total=total,
        address=address,
    )


def address(*, opened: ItemId | None = None) -> str:
    """Return the address of this list as it stands, ticks aside; opened: with one more piece shown in full."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "chosen"]
    added = [("open", str(opened))] if opened else []
    return f"{request.path}?{urlencode([*kept, *added])}"


def open_ends(counts: Mapping[State, int]) -> list[tuple[State, int]]:
    """Return the states in which something still has to be decided, and how much."""
    return [(state, counts[state]) for state in OPEN_ENDS if counts[state]]


def key_of(entry: QueueEntry) -> tuple[ItemId, int]:
    """Return item and version of an entry."""
    return entry.item.id, entry.version.number


def row(entry: QueueEntry, taxonomy: Taxonomy, wanted: Wanted, uses: Mapping[int, PictureUse]) -> Row:
    """Return an entry as its line shows it. uses: its pictures."""
    is_opened = entry.item.id in wanted.opened
    return Row(
        id=entry.item.id,
        version=entry.version.number,
        title=entry.version.title,
        unit_name=entry.unit_name,
        topics=names(entry.tags, Facet.TOPIC, taxonomy.topics),
        credits=entry.cluster_size,
        state=entry.item.state,
        severities=severities(entry),
        is_understood=entry.is_understood,
        claimed_by=entry.claimed_by if entry.claimed_by != signed_in().name else None,
        collected_at=entry.place.waiting_since,
        moves=frozenset(open_moves(entry.item.state)),
        is_opened=is_opened,
        reading=reading(entry, uses) if is_opened or is_short(entry.version) else None,
        excerpt=excerpt(entry.version.text),
        characters=len(entry.version.text),
    )


def severities(entry: QueueEntry) -> list[tuple[Severity, int]]:
    """Return how many findings of each severity there are, the loudest first."""
    found = [finding.severity for finding in entry.findings]
    return [(severity, found.count(severity)) for severity in reversed(Severity) if severity in found]
