"""The step that opens and closes the alarms of channels: after each read, and once an hour for what time alone does."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from config.settings import Settings
from indexer.base.ids import ChannelId, new_id
from indexer.base.times import now
from indexer.health.alarms import SAME_FOR, changes
from indexer.health.looking import look_at
from indexer.records import attempts, channel_alarms, channels
from indexer.records.database import Database
from indexer.records.turns import Turn, take_turn
from indexer.whitelist.records import Channel

EVERYTHING = timedelta(hours=1)  # between two looks at all channels
BATCH = 100  # channels of one transaction

log = structlog.get_logger()


class ChannelHealth:
    """Looks at the channels that were read since it looked last, and once an hour at all."""

    name, every, batch = "health", 10.0, 1

    def __init__(self, database: Database, *, clock: Callable[[], datetime] = now) -> None:
        self._database, self._clock = database, clock
        self._all_at: datetime | None = None
        self._seen: Mapping[ChannelId, str] = {}  # the newest attempt of each channel, as it was looked at

    def waits(self) -> bool:
        """Whether a channel was read since, or the hour is over."""
        if self._is_all_due():
            return True
        with self._database.reading() as tx:
            return attempts.newest(tx) != self._seen

    def do(self) -> int:
        """Look at them; return at how many."""
        moment, is_all = self._clock(), self._is_all_due()
        with self._database.reading() as tx:
            every, newest = channels.channels(tx), attempts.newest(tx)
        wanted = [channel for channel in every if is_all or newest.get(channel.id) != self._seen.get(channel.id)]
        for first in range(0, len(wanted), BATCH):
            self._ring(wanted[first : first + BATCH], every, moment)
        self._seen, self._all_at = newest, moment if is_all else self._all_at
        return len(wanted)

    def _is_all_due(self) -> bool:
        return self._all_at is None or self._clock() - self._all_at >= EVERYTHING

    def _ring(self, some: Sequence[Channel], every: Sequence[Channel], moment: datetime) -> None:
        with self._database.transaction() as tx:
            take_turn(tx, Turn.ALARMS)  # of two workers that look at once, one opens what the other then finds
            seen = look_at(tx, some, every=every, now=moment)
            held = channel_alarms.held(tx, [channel.id for channel in some], ended_since=moment - SAME_FOR)
            for channel in some:
                health = seen[channel.id]
                found = changes(
                    channel.id,
                    held.get(channel.id, ()),
                    health.diagnoses,
                    health.known.attempts,
                    now=moment,
                    make_id=new_id,
                )
                channel_alarms.write(tx, found)
                for alarm in (*found.opened, *found.changed):
                    log.info("channel_alarm", channel=channel.id, kind=alarm.kind, ended=alarm.ended_at is not None)


def make(settings: Settings, database: Database) -> ChannelHealth:
    """Return the step."""
    return ChannelHealth(database)
