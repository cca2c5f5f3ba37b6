"""The whitelist: units, their channels, and every step of a channel's status."""

from collections.abc import Iterable

from sqlalchemy import Column, Index, Integer, String, Table, Text, bindparam, insert, select, update

from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.records.columns import NAME_CHARS, WORD_CHARS, Moment, Options, Words, by_actor, key, link, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.records.upserts import upsert
from indexer.whitelist.records import Channel, Unit, WhitelistChange

UNITS = Table(
    "units",
    metadata,
    key("id"),
    Column("name", String(NAME_CHARS), nullable=False),
    Column("short_name", String(NAME_CHARS), nullable=False),
    Column("system", String(NAME_CHARS), nullable=False),
    Column("district", String(NAME_CHARS), nullable=False),
    Column("former_names", Words, nullable=False),
    Column("note", Text, nullable=False),
)


CHANNELS = Table(
    "channels",
    metadata,
    key("id"),
    link("unit", "units.id"),
    Column("kind", word(ChannelKind), nullable=False),
    Column("name", String(NAME_CHARS), nullable=False),
    Column("source", String(WORD_CHARS)),
    Column("address", Text),
    Column("hosts", Words, nullable=False),
    Column("path", Text, nullable=False),
    Column("options", Options, nullable=False),
    Column("status", word(WhitelistStatus), nullable=False),
    Column("licence", Text),
    Index(None, "unit"),
    Index(None, "status"),
)


WHITELIST_CHANGES = Table(
    "whitelist_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    link("channel", "channels.id"),
    Column("before", word(WhitelistStatus)),
    Column("after", word(WhitelistStatus), nullable=False),
    Column("who", String(NAME_CHARS), nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False),
    *by_actor(),
    Index(None, "channel", "id"),
)


class StaleStatus(Exception):
    """The channel's status is not the one this change starts from: somebody was quicker, or it does not exist."""


def units(tx: Transaction) -> list[Unit]:
    """Return all units by name."""
    return [record_of(Unit, row, UNITS) for row in tx.rows(select(UNITS).order_by(UNITS.c.name, UNITS.c.id))]


def unit_names(tx: Transaction) -> dict[UnitId, str]:
    """Return the short name of every unit, in the order of `units`."""
    c = UNITS.c
    return {row[c.id]: row[c.short_name] for row in tx.rows(select(c.id, c.short_name).order_by(c.name, c.id))}


def unit(tx: Transaction, unit: UnitId) -> Unit | None:
    """Return one unit."""
    row = tx.first(select(UNITS).where(UNITS.c.id == unit))
    return record_of(Unit, row, UNITS) if row else None


def save_unit(tx: Transaction, unit: Unit) -> None:
    """Write a new unit, or everything of one we have."""
    upsert(tx, UNITS, key={"id": unit.id}, values=values_of(unit, UNITS))


def channels(tx: Transaction, unit: UnitId | None = None) -> list[Channel]:
    """Return the channels, of one unit or all, by unit and id."""
    query = select(CHANNELS).order_by(CHANNELS.c.unit, CHANNELS.c.id)
    if unit is not None:
        query = query.where(CHANNELS.c.unit == unit)
    return [record_of(Channel, row, CHANNELS) for row in tx.rows(query)]


def channel(tx: Transaction, channel: ChannelId) -> Channel | None:
    """Return one channel."""
    row = tx.first(select(CHANNELS).where(CHANNELS.c.id == channel))
    return record_of(Channel, row, CHANNELS) if row else None


def channels_by_id(tx: Transaction, channels: Iterable[ChannelId]) -> dict[ChannelId, Channel]:
    """Return those of the channels that there are, in one query."""
    query = select(CHANNELS).where(CHANNELS.c.id.in_(set(channels)))
    return {row[CHANNELS.c.id]: record_of(Channel, row, CHANNELS) for row in tx.rows(query)}


def save_channel(tx: Transaction, channel: Channel) -> None:
    """Write a new channel, or everything but the status of one we have: only `change_status` moves that."""
    values = values_of(channel, CHANNELS)
    status = values.pop("status")
    upsert(tx, CHANNELS, key={"id": channel.id}, values=values, first={"status": status})


def change_status(tx: Transaction, change: WhitelistChange) -> None:
    """Move a channel's status and keep the step. Raises StaleStatus where the status is not `change.before`.

    With `before` None the step records a channel's first status, which must be `after` already.
    """
    expected = change.after if change.before is None else change.before
    moved = tx.change(
        update(CHANNELS)
        .where(CHANNELS.c.id == change.channel, CHANNELS.c.status == expected)
        .values(status=change.after)
    )
    if not moved:
        raise StaleStatus(f"channel {change.channel} does not stand at {expected}")
    tx.change(insert(WHITELIST_CHANGES).values(values_of(change, WHITELIST_CHANGES)))


def status_changes_of(tx: Transaction, channels: Iterable[ChannelId]) -> dict[ChannelId, list[WhitelistChange]]:
    """Return the steps of each of the channels, oldest first, in one query; none: no key."""
    c, found = WHITELIST_CHANGES.c, dict[ChannelId, list[WhitelistChange]]()
    for row in tx.rows(select(WHITELIST_CHANGES).where(c.channel.in_(list(channels))).order_by(c.id)):
        found.setdefault(row[c.channel], []).append(record_of(WhitelistChange, row, WHITELIST_CHANGES))
    return found


def status_changes(tx: Transaction, channel: ChannelId) -> list[WhitelistChange]:
    """Return a channel's steps, oldest first."""
    c = WHITELIST_CHANGES.c
    query = select(WHITELIST_CHANGES).where(c.channel == channel).order_by(c.id)
    return [record_of(WhitelistChange, row, WHITELIST_CHANGES) for row in tx.rows(query)]


def recent_changes(tx: Transaction, *, limit: int, offset: int = 0) -> list[WhitelistChange]:
    """Return the latest steps of all channels, newest first."""
    query = select(WHITELIST_CHANGES).order_by(WHITELIST_CHANGES.c.id.desc()).limit(limit).offset(offset)
    return [record_of(WhitelistChange, row, WHITELIST_CHANGES) for row in tx.rows(query)]


def units_by_id(tx: Transaction, units: Iterable[UnitId]) -> dict[UnitId, Unit]:
    """Return those of the units that there are, in one query."""
    query = select(UNITS).where(UNITS.c.id.in_(set(units)))
    return {row[UNITS.c.id]: record_of(Unit, row, UNITS) for row in tx.rows(query)}


_SHORT_NAMES = select(UNITS.c.id, UNITS.c.short_name).where(UNITS.c.id.in_(bindparam("units", expanding=True)))


def short_names(tx: Transaction, units: Iterable[UnitId]) -> dict[UnitId, str]:
    """Return the short names of those of the units that there are, in one query."""
    return dict(tx.tuples(_SHORT_NAMES, {"units": list(units)}))


def channel_names(tx: Transaction, channels: Iterable[ChannelId]) -> dict[ChannelId, str]:
    """Return the names of those of the channels that there are, in one query."""
    query = select(CHANNELS.c.id, CHANNELS.c.name).where(CHANNELS.c.id.in_(set(channels)))
    return {row[CHANNELS.c.id]: row[CHANNELS.c.name] for row in tx.rows(query)}
