"""The queue: what waits for a decision."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request

from config.taxonomy import Taxonomy
from indexer import times
from indexer.items import Facet, ItemId, Move, Severity, State
from indexer.records import channels, items
from indexer.records.listings import QueueEntry
from indexer.review.states import open_moves
from web.access import signed_in
from web.cards import Name, names
from web.labels import named, reasons
from web.pager import pager
from web.review.listing import PAGE_SIZE, SCANNED, page_of, read
from web.site import site


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the queue as the page shows it."""

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
    can_approve: bool
    can_hold: bool
    can_reject: bool


def show() -> str:
    """A page of the queue."""
    parts, wanted = site(), read(request.args)
    with parts.database.reading() as tx:
        entries, total = page_of(tx, wanted, now=times.now())
        counts, units = items.counts(tx), channels.units(tx)
    return render_template(
        "review/queue.html",
        asked=wanted,
        rows=[row(entry, parts.taxonomy) for entry in entries],
        counts=list(counts.items()),
        units=units,
        topics=[Name(id=one.id, label=named(one)) for one in parts.taxonomy.topics],
        severities=list(reversed(Severity)),
        reasons=reasons(),
        pager=pager(total, size=PAGE_SIZE, page=wanted.page),
        total=total,
        is_cut=wanted.needs_scan and total >= SCANNED,
    )


def row(entry: QueueEntry, taxonomy: Taxonomy) -> Row:
    """Return an entry as its line shows it."""
    moves = open_moves(entry.item.state)
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
        collected_at=entry.waiting_since,
        can_approve=Move.APPROVE in moves and entry.is_understood,
        can_hold=Move.HOLD in moves,
        can_reject=Move.REJECT in moves,
    )


def severities(entry: QueueEntry) -> list[tuple[Severity, int]]:
    """Return how many findings of each severity there are, the loudest first."""
    found = [finding.severity for finding in entry.findings]
    return [(severity, found.count(severity)) for severity in reversed(Severity) if severity in found]
