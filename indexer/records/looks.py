"""When each collected link is looked at again, what was seen there, and the alarms of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from config.words import WhitelistStatus
from indexer.base.ids import ChannelId, ItemId, UnitId
from indexer.base.times import CLOCK_SLACK
from indexer.catalogue.looks import WEEKLY, Look, Sight
from indexer.records.channels import CHANNELS, UNITS
from indexer.records.claiming import claim_rows, give_back, is_free
from indexer.records.columns import NAME_CHARS, Moment, claim, key, metadata, word
from indexer.records.database import Transaction
from indexer.records.host_rests import HOST_RESTS, is_resting
from indexer.records.items import ITEMS, NEWEST, VERSIONS
from indexer.records.mapping import record_of, values_of
from indexer.records.taken_down import TAKEN_DOWN
from indexer.review.records import State

LOOKS = Table(
    "looks",
    metadata,
    key("item", of="items.id"),
    Column("host", String(NAME_CHARS), nullable=False),
    Column("is_page", Boolean, nullable=False),
    Column("due_at", Moment),
    Column("looked_at", Moment),
    Column("misses", Integer, nullable=False),
    Column("gone", word(Sight)),
    Column("alarm", word(Sight)),
    Column("alarm_words", Text, nullable=False),
    Column("alarm_since", Moment),
    Column("alarms", Integer, nullable=False),
    *claim(),
    Index(None, "due_at"),
    Index(None, "alarm"),
)
CLAIM = timedelta(minutes=30)  # longer than a host's part of one batch may take, however slow it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What is known of a link that is looked at: the item's newest version, which was read there.

    since: when the item was collected.
    """

    item: ItemId
    channel: ChannelId
    version: int
    url: str
    title: str
    content_hash: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A link at which something is wrong, with what a desk says of its item. is_public: the public sees a version."""

    look: Look
    title: str
    url: str
    unit_name: str
    channel_name: str
    state: State
    is_public: bool


def add(tx: Transaction, looks: Iterable[Look]) -> None:
    """Write the rows of new items' links."""
    tx.change(insert(LOOKS), [values_of(look, LOOKS) for look in looks])


def look(tx: Transaction, item: ItemId) -> Look | None:
    """Return how an item's link stands."""
    row = tx.first(select(LOOKS).where(LOOKS.c.item == item))
    return record_of(Look, row, LOOKS) if row else None


def is_due(tx: Transaction, *, now: datetime) -> bool:
    """Tell whether a link is to be looked at now that nobody looks at, on a host that may be asked."""
    return tx.first(select(LOOKS.c.item).where(*_ripe(now)).limit(1)) is not None


def claim_due(tx: Transaction, *, holder: str, now: datetime, a_host: int, limit: int) -> list[Look]:
    """Claim up to `limit` links that are due, the longest waiting first, at most `a_host` of each host.

    A host at whose links another one looks is left to them, so that it is never asked by two at once.
    """
    c = LOOKS.c
    place = func.row_number().over(partition_by=c.host, order_by=(c.due_at, c.item)).label("place")
    ranked = select(c.item, place).where(*_ripe(now)).subquery()
    first = select(ranked.c.item).where(ranked.c.place <= a_host)
    rows = claim_rows(
        tx, LOOKS, where=(c.item.in_(first),), order_by=c.due_at, limit=limit, holder=holder, now=now, lasts=CLAIM
    )
    return [record_of(Look, row, LOOKS) for row in rows]


def linked(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, Linked]:
    """Return what is known of these links whose channel is approved, in one query."""
    i, v, c = ITEMS.c, VERSIONS.c, CHANNELS.c
    query = (
        select(i.id, i.channel, i.latest, v.url, v.title, v.content_hash, i.created_at)
        .join(VERSIONS, NEWEST)
        .join(CHANNELS, c.id == i.channel)
        .where(i.id.in_(list(items)), c.status == WhitelistStatus.APPROVED)
    )
    return {
        row[i.id]: Linked(
            item=row[i.id],
            channel=row[i.channel],
            version=row[i.latest],
            url=row[v.url],
            title=row[v.title],
            content_hash=row[v.content_hash],
            since=row[i.created_at],
        )
        for row in tx.rows(query)
    }


def settle(tx: Transaction, look: Look, *, holder: str) -> bool:
    """Write how a link stands after a look, and free it; False, and nothing is written, where another one has it."""
    values = values_of(look, LOOKS) | {"holder": None, "until": None}
    return bool(tx.change(update(LOOKS).where(LOOKS.c.item == look.item, LOOKS.c.holder == holder).values(values)))


def not_gone(tx: Transaction, channel: ChannelId, keys: Sequence[str]) -> list[ItemId]:
    """Return the channel's own items under these canonical keys whose links are not known to be gone."""
    i = ITEMS.c
    query = select(i.id).join(LOOKS, LOOKS.c.item == i.id).where(LOOKS.c.gone.is_(None))
    return [row[i.id] for row in tx.rows(query.where(i.channel == channel, i.key.in_(keys)).order_by(i.id))]


def doubted(tx: Transaction, channel: ChannelId, keys: Sequence[str]) -> list[ItemId]:
    """Return the channel's own items under these canonical keys that were missing when they were last looked for."""
    i = ITEMS.c
    query = select(i.id).join(LOOKS, LOOKS.c.item == i.id).where(LOOKS.c.misses > 0)
    return [row[i.id] for row in tx.rows(query.where(i.channel == channel, i.key.in_(keys)).order_by(i.id))]


def note(tx: Transaction, look: Look) -> None:
    """Write how a link stands after a platform said it; whoever looks at it meanwhile says it once more."""
    tx.change(update(LOOKS).where(LOOKS.c.item == look.item).values(values_of(look, LOOKS)))


def put_off(tx: Transaction, items: Sequence[ItemId], *, holder: str, until: datetime) -> int:
    """Give links back that were not looked at, to be due then; return how many this one had."""
    values = {"holder": None, "until": None, "due_at": until}
    return tx.change(update(LOOKS).where(LOOKS.c.item.in_(items), LOOKS.c.holder == holder).values(values))


def give_back_all(tx: Transaction, *, holder: str) -> int:
    """Give back all links that this one still has, due as they were; return how many."""
    return give_back(tx, LOOKS, where=(), holder=holder)


def alarms(tx: Transaction, unit: UnitId | None = None, *, limit: int, offset: int = 0) -> list[Alarm]:
    """Return the links, of a unit or all, at which something is wrong, the latest alarm first."""
    i, v, c = ITEMS.c, VERSIONS.c, CHANNELS.c
    names = (UNITS.c.short_name.label("unit_name"), c.name.label("channel_name"))
    query = _alarming(select(*LOOKS.c, i.state, i.public, v.title, v.url, *names), unit)
    query = (
        query.join(VERSIONS, NEWEST)
        .join(CHANNELS, c.id == i.channel)
        .join(UNITS, UNITS.c.id == i.unit)
        .order_by(LOOKS.c.alarm_since.desc(), LOOKS.c.item.desc())
    )
    return [
        Alarm(
            look=record_of(Look, row, LOOKS),
            title=row[v.title],
            url=row[v.url],
            unit_name=row["unit_name"],
            channel_name=row["channel_name"],
            state=row[i.state],
            is_public=row[i.public] is not None,
        )
        for row in tx.rows(query.limit(limit).offset(offset))
    ]


def alarm_count(tx: Transaction, unit: UnitId | None = None) -> int:
    """Return at how many links, of a unit or all, something is wrong."""
    return tx.number(_alarming(select(func.count()).select_from(LOOKS), unit))


def _alarming(query: Select[*tuple[object, ...]], unit: UnitId | None) -> Select[*tuple[object, ...]]:
    """Of what was rejected nothing matters; of what was withdrawn, that the source is back whose absence did it."""
    i, c = ITEMS.c, LOOKS.c
    is_withdrawn, is_back = i.state == State.WITHDRAWN, c.alarm == Sight.RETURNED
    query = query.join(ITEMS, i.id == c.item).where(
        c.alarm.is_not(None), i.state != State.REJECTED, or_(and_(TAKEN_DOWN, is_back), and_(~is_withdrawn, ~is_back))
    )
    return query if unit is None else query.where(i.unit == unit)


def _ripe(now: datetime) -> Sequence[ColumnElement[bool]]:
    """The conditions of a link that may be looked at now; a time beyond any wait was noted by a wrong clock."""
    c, others = LOOKS.c, LOOKS.alias()
    busy = select(others.c.host).where(others.c.holder.is_not(None), ~is_free(others, now=now, longest=CLAIM))
    rests = select(HOST_RESTS.c.host).where(is_resting(now))
    return (
        or_(c.due_at <= now, c.due_at > now + WEEKLY + CLOCK_SLACK),
        and_(c.host.not_in(busy), c.host.not_in(rests)),
        is_free(LOOKS, now=now, longest=CLAIM),
    )
