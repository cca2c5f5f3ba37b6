"""How every channel stands at a glance: by its open alarms and its last read, without looking into its attempts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from config.words import WhitelistStatus
from indexer.base.ids import ChannelId
from indexer.health.alarms import CONDITION
from indexer.health.conditions import ORDER, Condition
from indexer.health.records import ChannelAlarm
from indexer.records import channel_alarms, reads
from indexer.records.database import Transaction
from indexer.records.reads import ChannelHistory
from indexer.whitelist.records import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """condition: the worst that rings, else how the last read went. since: when that alarm opened."""

    channel: Channel
    condition: Condition
    since: datetime | None = None


def glances(tx: Transaction, channels: Sequence[Channel], *, now: datetime) -> list[Glance]:
    """Return how each of the channels stands, the worst first, in two queries."""
    ids = [channel.id for channel in channels]
    ringing, read = channel_alarms.held(tx, ids, ended_since=now), reads.histories(tx, ids)
    found = [_glance(channel, ringing, read[channel.id]) for channel in channels]
    return sorted(found, key=lambda one: ORDER[one.condition])


def counts(found: Sequence[Glance]) -> Mapping[Condition, int]:
    """Return how many channels stand in each condition that occurs, the worst first."""
    many = Counter(one.condition for one in found)
    return {condition: many[condition] for condition in Condition if many[condition]}


def _glance(channel: Channel, ringing: Mapping[ChannelId, Sequence[ChannelAlarm]], read: ChannelHistory) -> Glance:
    if channel.status is not WhitelistStatus.APPROVED:
        return Glance(channel=channel, condition=Condition.OFF)
    open_alarms = [alarm for alarm in ringing.get(channel.id, ()) if alarm.ended_at is None]
    worst = min(open_alarms, key=lambda alarm: ORDER[_rung(alarm)], default=None)
    if worst is not None:
        return Glance(channel=channel, condition=_rung(worst), since=worst.since)
    if read.last_read_at is None:
        is_read = bool(channel.source and channel.address)
        return Glance(channel=channel, condition=Condition.NEW if is_read else Condition.PUSHED)
    return Glance(channel=channel, condition=Condition.FAILING if read.failures else Condition.GOOD)


def _rung(alarm: ChannelAlarm) -> Condition:
    return Condition(alarm.facts[CONDITION])
