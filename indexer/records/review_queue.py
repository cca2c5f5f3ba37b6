"""The review queue: which items wait, in which order, and each as pages show it, in a fixed number of queries.

Filters, order and "what comes next" walk an index over `items`; only then the texts of one page are read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, RowMapping, and_, exists, func, or_, select

from config.words import Severity
from indexer.base.ids import ItemId, UnitId
from indexer.catalogue.items import Item, Version
from indexer.records import clusters, understood
from indexer.records.channels import CHANNELS, UNITS
from indexer.records.claims import CLAIMS, is_held
from indexer.records.database import Transaction
from indexer.records.findings import FINDINGS, findings_of
from indexer.records.items import BOTH, ITEMS, NEWEST, VERSIONS, WAITS, pairs_of
from indexer.records.people import USERS
from indexer.records.understood import TAGS
from indexer.review.records import WAITING, State
from indexer.understanding.results import Facet, Finding, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which items a list of the queue holds, and in which order: empty and None mean any.

    topic, severity: of the newest version's tags and findings. is_loudest_first: by what its findings weigh, and
    among equals, as else, longest waiting first.
    """

    states: Sequence[State] = WAITING
    unit: UnitId | None = None
    topic: str = ""
    severity: Severity | None = None
    is_loudest_first: bool = False


ALL_WAITING = Asked()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an item stands in whatever list. waiting_since: when its newest version was collected; see `weight_of`."""

    item: ItemId
    waiting_since: datetime
    findings_weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An item as it stands, with its newest version: what is asked of it before a move."""

    item: Item
    version: Version
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEntry:
    """One line of the review queue: the newest version and all that an editor needs to judge it.

    cluster_size: items that are the same piece, this one included. is_understood: False while tags and findings are
    still to come. claimed_by: who is working on it, None if nobody.
    """

    item: Item
    version: Version
    tags: tuple[Tag, ...]
    findings: tuple[Finding, ...]
    unit_name: str
    channel_name: str
    place: Place
    cluster_size: int
    is_understood: bool
    claimed_by: str | None


def queue_entries(
    tx: Transaction, asked: Asked = ALL_WAITING, *, now: datetime, limit: int, offset: int = 0
) -> list[QueueEntry]:
    """Return a page of a list of the queue."""
    ids = queue_ids(tx, asked, limit=limit, offset=offset)
    return queue_entries_of(tx, ids, now=now)


def queue_ids(tx: Transaction, asked: Asked = ALL_WAITING, *, limit: int, offset: int = 0) -> list[ItemId]:
    """Return the items of a page of a list of the queue."""
    c = ITEMS.c
    query = select(c.id).where(*_conditions(asked)).order_by(*_order(asked))
    return [row[c.id] for row in tx.rows(query.limit(limit).offset(offset))]


def queue_entry(tx: Transaction, item: ItemId, *, now: datetime) -> QueueEntry | None:
    """Return one item as the queue shows it, in whatever state it is."""
    return next(iter(queue_entries_of(tx, [item], now=now)), None)


def queue_entries_of(tx: Transaction, items: Iterable[ItemId], *, now: datetime) -> list[QueueEntry]:
    """Return these items as the queue shows them, in whatever state they are, in the order asked for."""
    wanted = list(dict.fromkeys(items))
    if not wanted:
        return []
    holding = and_(CLAIMS.c.item == ITEMS.c.id, is_held(now))
    query = (
        select(*BOTH, *_NAMES)
        .join(VERSIONS, NEWEST)
        .join(UNITS, UNITS.c.id == ITEMS.c.unit)
        .join(CHANNELS, CHANNELS.c.id == ITEMS.c.channel)
        .outerjoin(CLAIMS, holding)
        .outerjoin(USERS, USERS.c.id == CLAIMS.c.holder)
        .where(ITEMS.c.id.in_(wanted))
    )
    entries = {entry.item.id: entry for entry in _entries(tx, tx.rows(query))}
    return [entries[item] for item in wanted if item in entries]


def standing(tx: Transaction, item: ItemId) -> Standing | None:
    """Return one item as it stands, in whatever state it is."""
    rows = tx.rows(select(*BOTH).join(VERSIONS, NEWEST).where(ITEMS.c.id == item))
    found = [
        Standing(item=item, version=version, place=_place(row))
        for row, (item, version) in zip(rows, pairs_of(tx, rows), strict=True)
    ]
    return found[0] if found else None


def queue_next(tx: Transaction, behind: Place, asked: Asked = ALL_WAITING) -> ItemId | None:
    """Return the item that stands behind this one in a list, else the first of the list; None where it holds no other.

    The place of an item that has left the list, as one that was just decided has, is the one it had.
    """
    c = ITEMS.c
    others = select(c.id).where(*_conditions(asked), c.id != behind.item).order_by(*_order(asked)).limit(1)
    nearest_first = [*(others.where(part) for part in _behind(behind, asked)), others]
    row = tx.first(select(func.coalesce(*(some.scalar_subquery() for some in nearest_first)).label("item")))
    return ItemId(row["item"]) if row and row["item"] is not None else None


def queue_size(tx: Transaction, asked: Asked = ALL_WAITING) -> int:
    """Return how many items `queue_entries` would list without a limit."""
    # What is only counted is found by its states.
    conditions = (ITEMS.c.state.in_(asked.states), *_filters(asked))
    return tx.number(select(func.count()).select_from(ITEMS).where(*conditions))


_NAMES = (
    UNITS.c.name.label("unit_name"),
    CHANNELS.c.name.label("channel_name"),
    USERS.c.name.label("claimed_by"),
)


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    is_all_that_waits = set(asked.states) == set(WAITING)
    return [WAITS if is_all_that_waits else ITEMS.c.state.in_(asked.states), *_filters(asked)]


def _filters(asked: Asked) -> Iterator[ColumnElement[bool]]:
    i, t, f = ITEMS.c, TAGS.c, FINDINGS.c
    if asked.unit is not None:
        yield i.unit == asked.unit
    if asked.topic:
        of_newest = (t.item == i.id, t.version == i.latest)
        yield exists().where(*of_newest, t.facet == Facet.TOPIC, t.id == asked.topic).correlate(ITEMS)
    if asked.severity is not None:
        of_newest = (f.item == i.id, f.version == i.latest)
        yield exists().where(*of_newest, f.severity == asked.severity).correlate(ITEMS)


def _order(asked: Asked) -> Sequence[Column[object] | ColumnElement[object]]:
    c = ITEMS.c
    oldest_first = (c.waiting_since, c.id)
    return (c.findings_weight.desc(), *oldest_first) if asked.is_loudest_first else oldest_first


def _place(row: RowMapping) -> Place:
    c = ITEMS.c
    return Place(item=row[c.id], waiting_since=row[c.waiting_since], findings_weight=row[c.findings_weight])


def _behind(place: Place, asked: Asked) -> Iterator[ColumnElement[bool]]:
    """The parts of a list behind a place, nearest first: of each an index says where it begins."""
    c, since = ITEMS.c, place.waiting_since
    younger = and_(c.waiting_since >= since, or_(c.waiting_since > since, c.id > place.item))
    if asked.is_loudest_first:
        yield and_(c.findings_weight == place.findings_weight, younger)
        yield c.findings_weight < place.findings_weight
    else:
        yield younger


def _entries(tx: Transaction, found: Sequence[RowMapping]) -> list[QueueEntry]:
    page = pairs_of(tx, found)
    ids = [item.id for item, _ in page]
    tags, findings = understood.tags_of(tx, ids), findings_of(tx, ids)
    sizes = clusters.sizes(tx, (item.cluster for item, _ in page))
    return [
        QueueEntry(
            item=item,
            version=version,
            tags=tuple(tags.get((item.id, version.number), ())),
            findings=tuple(findings.get((item.id, version.number), ())),
            unit_name=row["unit_name"],
            channel_name=row["channel_name"],
            place=_place(row),
            cluster_size=sizes[item.cluster],
            is_understood=row[VERSIONS.c.understood_at] is not None,
            claimed_by=row["claimed_by"],
        )
        for row, (item, version) in zip(found, page, strict=True)
    ]
