"""Alarms of channels: opened once, closed when what they say is over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, Index, Table, and_, func, insert, or_, select, update

from config.words import WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.health.alarms import Changes
from indexer.health.records import AlarmKind, ChannelAlarm
from indexer.records.channels import CHANNELS
from indexer.records.columns import Moment, Options, key, link, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of

CHANNEL_ALARMS = Table(
    "channel_alarms",
    metadata,
    key("id"),
    link("channel", "channels.id"),
    Column("kind", word(AlarmKind), nullable=False),
    Column("since", Moment, nullable=False),
    Column("facts", Options, nullable=False),
    Column("ended_at", Moment),
    Column("told_at", Moment),
    Index(None, "channel", "kind", "ended_at"),
    Index(None, "ended_at", "id"),
)


def write(tx: Transaction, changes: Changes) -> None:
    """Write what opened and what changed; who told of an alarm when is left as it stands."""
    if changes.opened:
        tx.change(insert(CHANNEL_ALARMS), [values_of(alarm, CHANNEL_ALARMS) for alarm in changes.opened])
    for alarm in changes.changed:
        values = {"facts": alarm.facts, "ended_at": alarm.ended_at}
        tx.change(update(CHANNEL_ALARMS).where(CHANNEL_ALARMS.c.id == alarm.id).values(values))


def held(
    tx: Transaction, channels: Iterable[ChannelId], *, ended_since: datetime
) -> Mapping[ChannelId, list[ChannelAlarm]]:
    """Return the alarms of each of the channels that are open or ended since then, the latest first; none: no key."""
    c, found = CHANNEL_ALARMS.c, dict[ChannelId, list[ChannelAlarm]]()
    is_held = or_(c.ended_at.is_(None), c.ended_at >= ended_since)
    query = select(CHANNEL_ALARMS).where(c.channel.in_(set(channels)), is_held).order_by(c.id.desc())
    for row in tx.rows(query):
        found.setdefault(row[c.channel], []).append(record_of(ChannelAlarm, row, CHANNEL_ALARMS))
    return found


def latest(tx: Transaction, channel: ChannelId, *, limit: int) -> Sequence[ChannelAlarm]:
    """Return the latest alarms of a channel, over or not, the latest first."""
    c = CHANNEL_ALARMS.c
    query = select(CHANNEL_ALARMS).where(c.channel == channel).order_by(c.id.desc()).limit(limit)
    return [record_of(ChannelAlarm, row, CHANNEL_ALARMS) for row in tx.rows(query)]


def count_channels(tx: Transaction, unit: UnitId | None = None) -> int:
    """Return how many approved channels, of a unit or all, have an open alarm."""
    c = CHANNEL_ALARMS.c
    query = select(func.count(c.channel.distinct())).join(
        CHANNELS, and_(CHANNELS.c.id == c.channel, CHANNELS.c.status == WhitelistStatus.APPROVED)
    )
    query = query.where(c.ended_at.is_(None))
    return tx.number(query if unit is None else query.where(CHANNELS.c.unit == unit))


def mark_told(tx: Transaction, alarms: Iterable[str], *, at: datetime) -> None:
    """Note that the alarms were told of by mail."""
    tx.change(update(CHANNEL_ALARMS).where(CHANNEL_ALARMS.c.id.in_(list(alarms))).values(told_at=at))
