"""Whole pages in a fixed number of queries: the review queue, and public entries as lists and the index show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from indexer.items import (
    ClusterId,
    Finding,
    Item,
    ItemId,
    State,
    Tag,
    Unit,
    UnitId,
    Version,
)
from indexer.records import claims, rows
from indexer.records import tables as t
from indexer.records.database import Transaction
from indexer.records.items import BOTH, NEWEST, pairs, public_items
from indexer.records.stories import Publication, copies, publications

VersionKey = tuple[ItemId, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEntry:
    """One line of the review queue: the newest version and all that an editor needs to judge it.

    waiting_since: when that version was collected. cluster_size: items that are the same piece, this one included.
    is_understood: False while tags and findings are still to come. claimed_by: who is working on it, None if nobody.
    """

    item: Item
    version: Version
    tags: tuple[Tag, ...]
    findings: tuple[Finding, ...]
    unit_name: str
    channel_name: str
    waiting_since: datetime
    cluster_size: int
    is_understood: bool
    claimed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEntry:
    """What the public sees of one item.

    place: among the public copies of its piece, 0 the original. cluster_size: how many those are, this one included.
    """

    item: Item
    version: Version
    tags: tuple[Tag, ...]
    unit: Unit
    channel_name: str
    place: int
    cluster_size: int
    publication: Publication


def queue_entries(
    tx: Transaction, *, states: Sequence[State], now: datetime, limit: int, offset: int = 0, unit: UnitId | None = None
) -> list[QueueEntry]:
    """Return a page of the queue, longest waiting first."""
    where: list[ColumnElement[bool]] = [t.items.c.state.in_(states)]
    if unit is not None:
        where.append(t.items.c.unit == unit)
    query = select(*BOTH).join(t.versions, NEWEST).where(*where)
    page = pairs(tx, query.order_by(t.versions.c.collected_at, t.items.c.id).limit(limit).offset(offset))
    return _entries(tx, page, now=now)


def queue_entry(tx: Transaction, item: ItemId, *, now: datetime) -> QueueEntry | None:
    """Return one item as the queue shows it, in whatever state it is."""
    query = select(*BOTH).join(t.versions, NEWEST).where(t.items.c.id == item)
    entries = _entries(tx, pairs(tx, query), now=now)
    return entries[0] if entries else None


def queue_entries_of(tx: Transaction, items: Iterable[ItemId], *, now: datetime) -> list[QueueEntry]:
    """Return these items as the queue shows them, in whatever state they are, in the order asked for."""
    wanted = list(dict.fromkeys(items))
    query = select(*BOTH).join(t.versions, NEWEST).where(t.items.c.id.in_(wanted))
    entries = {entry.item.id: entry for entry in _entries(tx, pairs(tx, query), now=now)}
    return [entries[item] for item in wanted if item in entries]


def queue_next(tx: Transaction, behind: QueueEntry, *, states: Sequence[State]) -> ItemId | None:
    """Return the item that waits behind this one, else the one that waits longest; None where nothing else waits."""
    c, at = t.items.c, t.versions.c.collected_at
    others = (
        select(c.id)
        .join(t.versions, NEWEST)
        .where(c.state.in_(states), c.id != behind.item.id)
        .order_by(at, c.id)
        .limit(1)
    )
    later = or_(at > behind.waiting_since, and_(at == behind.waiting_since, c.id > behind.item.id))
    row = tx.first(others.where(later)) or tx.first(others)
    return ItemId(row[c.id]) if row else None


def queue_size(tx: Transaction, *, states: Sequence[State], unit: UnitId | None = None) -> int:
    """Return how many items `queue_entries` would list without a limit."""
    query = select(func.count()).select_from(t.items).where(t.items.c.state.in_(states))
    return tx.number(query if unit is None else query.where(t.items.c.unit == unit))


def public_entries(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, PublicEntry]:
    """Return those of the items that the public sees, in the order asked for."""
    wanted = list(items)
    shown = public_items(tx, wanted) if wanted else {}
    if not shown:
        return {}
    tags, published = _tags(tx, shown), publications(tx, shown)
    units, channels = _units(tx, shown), _channel_names(tx, shown)
    members = copies(tx, {item.cluster for item, _ in shown.values()})
    places = {key: place for some in members.values() for place, key in enumerate(some)}
    return {
        key: PublicEntry(
            item=item,
            version=version,
            tags=tuple(tags.get((key, version.number), ())),
            unit=units[item.unit],
            channel_name=channels[item.channel],
            place=places[key],
            cluster_size=len(members[item.cluster]),
            publication=published[key],
        )
        for key in wanted
        # In damaged records an item may have lost its decisions, unit or channel: then nobody sees it.
        if key in shown and key in published and key in places
        for item, version in [shown[key]]
        if item.unit in units
    }


def _entries(tx: Transaction, page: Sequence[tuple[Item, Version]], *, now: datetime) -> list[QueueEntry]:
    shown = {item.id: (item, version) for item, version in page}
    tags, findings = _tags(tx, shown), _findings(tx, shown)
    units, channels = _units(tx, shown), _channel_names(tx, shown)
    sizes, claimed, understood = _sizes(tx, shown), _claims(tx, shown, now=now), _understood(tx, shown)
    return [
        QueueEntry(
            item=item,
            version=version,
            tags=tuple(tags.get((item.id, version.number), ())),
            findings=tuple(findings.get((item.id, version.number), ())),
            unit_name=units[item.unit].name,
            channel_name=channels[item.channel],
            waiting_since=version.collected_at,
            cluster_size=sizes[item.cluster],
            is_understood=(item.id, version.number) in understood,
            claimed_by=claimed.get(item.id),
        )
        for item, version in page
    ]


Shown = Mapping[ItemId, tuple[Item, Version]]


def _tags(tx: Transaction, shown: Shown) -> dict[VersionKey, list[Tag]]:
    c = t.tags.c
    found: dict[VersionKey, list[Tag]] = {}
    query = select(t.tags).where(c.item.in_(list(shown)))
    for row in tx.rows(query.order_by(c.item, c.version, c.facet, c.score.desc(), c.tag)):
        found.setdefault((row[c.item], row[c.version]), []).append(rows.tag_of(row))
    return found


def _findings(tx: Transaction, shown: Shown) -> dict[VersionKey, list[Finding]]:
    c = t.findings.c
    found: dict[VersionKey, list[Finding]] = {}
    query = select(t.findings).where(c.item.in_(list(shown))).order_by(c.item, c.version, c.position)
    for row in tx.rows(query):
        found.setdefault((row[c.item], row[c.version]), []).append(rows.finding_of(row))
    return found


def _units(tx: Transaction, shown: Shown) -> dict[UnitId, Unit]:
    query = select(t.units).where(t.units.c.id.in_({item.unit for item, _ in shown.values()}))
    return {row[t.units.c.id]: rows.unit_of(row) for row in tx.rows(query)}


def _channel_names(tx: Transaction, shown: Shown) -> dict[str, str]:
    c = t.channels.c
    query = select(c.id, c.name).where(c.id.in_({item.channel for item, _ in shown.values()}))
    return {row[c.id]: row[c.name] for row in tx.rows(query)}


def _sizes(tx: Transaction, shown: Shown) -> dict[ClusterId, int]:
    c = t.items.c
    size = func.count().label("size")
    query = select(c.cluster, size).where(c.cluster.in_({item.cluster for item, _ in shown.values()}))
    return {row[c.cluster]: int(row["size"]) for row in tx.rows(query.group_by(c.cluster))}


def _claims(tx: Transaction, shown: Shown, *, now: datetime) -> dict[ItemId, str]:
    query = select(t.claims.c.item, t.users.c.name).join(t.users, t.users.c.id == t.claims.c.holder)
    found = tx.rows(query.where(t.claims.c.item.in_(list(shown)), claims.is_held(now)))
    return {row[t.claims.c.item]: row[t.users.c.name] for row in found}


def _understood(tx: Transaction, shown: Shown) -> set[VersionKey]:
    c = t.versions.c
    query = select(c.item, c.number).where(c.item.in_(list(shown)), c.understood_at.is_not(None))
    return {(row[c.item], row[c.number]) for row in tx.rows(query)}
