"""Reads what is known of channels, a handful of queries for however many, and says how they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from indexer.base.ids import ChannelId
from indexer.base.times import BEIJING
from indexer.health.conditions import Diagnosis
from indexer.health.diagnosis import Known, Tally, diagnose
from indexer.health.rhythm import LOOKED_BACK, a_week, rhythm_of
from indexer.records import announced, attempts, channel_life, connections, editions, reads
from indexer.records.announced import Missing, ToldBy
from indexer.records.database import Transaction
from indexer.whitelist.records import Channel

WEEKS = 12
ANNOUNCED_FOR = timedelta(days=30)  # older announcements are history
COLLECTING = timedelta(hours=2)  # between the platform's word and the piece being here
NONE = announced.Tally(collected=0, total=0, missing=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a channel is. diagnoses: the worst first. weeks: pieces of each of the last WEEKS spans of seven days.

    missing: what the platform names and is not here.
    """

    known: Known
    diagnoses: Sequence[Diagnosis]
    weeks: Sequence[int]
    missing: Sequence[Missing] = ()


def look_at(
    tx: Transaction, channels: Sequence[Channel], *, every: Sequence[Channel], now: datetime
) -> Mapping[ChannelId, Health]:
    """Return the health of each of the channels. every: all channels there are, for what their units do elsewhere."""
    ids, today = [channel.id for channel in channels], now.astimezone(BEIJING).date()
    units = {channel.unit for channel in channels}
    around = [channel for channel in every if channel.unit in units]
    published = channel_life.published(tx, {*ids, *(each.id for each in around)}, since=now - LOOKED_BACK)
    read, tried = reads.histories(tx, ids), attempts.of_channels(tx, ids)
    held, counted = connections.connections_of(tx, ids), announced.tallies(tx, ids, since=today - ANNOUNCED_FOR)
    campaigns = [(edition.starts, edition.ends) for edition in editions.editions(tx)]
    found = dict[ChannelId, Health]()
    for channel in channels:
        told, history = counted.get(channel.id, NONE), read[channel.id]
        known = Known(
            channel=channel,
            attempts=tried.get(channel.id, ()),
            rhythm=rhythm_of(published.get(channel.id, ()), today=today, campaigns=campaigns),
            failures=history.failures,
            last_error=history.last_error,
            last_read_at=history.last_read_at,
            last_new_at=history.last_new_at,
            connection=held.get(channel.id),
            tally=tally(told, now=now),
            elsewhere=_latest(channel, around, published, today),
        )
        found[channel.id] = Health(
            known=known,
            diagnoses=diagnose(known, now=now),
            weeks=a_week(published.get(channel.id, ()), today=today, weeks=WEEKS),
            missing=told.missing,
        )
    return found


def tally(told: announced.Tally, *, now: datetime) -> Tally:
    """Return the counts of what a platform announced; what it named just now is not missing yet."""
    late = [one.announced for one in told.missing if now - one.announced.at >= COLLECTING]
    unlisted = tuple(one.at for one in late if one.told_by is not ToldBy.POLL)
    return Tally(total=told.total, held=told.collected, missing=len(late), unlisted=unlisted)


def _latest(
    channel: Channel, around: Sequence[Channel], published: Mapping[ChannelId, Sequence[datetime]], today: date
) -> date | None:
    """The latest day on which another channel of its unit published."""
    others = (each.id for each in around if each.unit == channel.unit and each.id != channel.id)
    days = (at.astimezone(BEIJING).date() for other in others for at in published.get(other, ()))
    return max((day for day in days if day <= today), default=None)  # a date to come is a mistake of its page
