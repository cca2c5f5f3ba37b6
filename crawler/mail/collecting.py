"""Makes the letters of a day out of the records, and puts them where they belong."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from config.settings import Settings
from indexer.base.times import BEIJING
from indexer.health.digest import Letter, by_channel, letters
from indexer.health.looking import look_at
from indexer.records import channel_alarms, channels
from indexer.records.database import Database

OVER_FOR = timedelta(days=1)  # an alarm that ended is told of for so long


def letters_of(database: Database, settings: Settings, *, now: datetime) -> list[Letter]:
    """Return the letters of today."""
    with database.reading() as tx:
        every, units = channels.channels(tx), channels.units(tx)
        looked = look_at(tx, every, every=every, now=now)
        alarms = channel_alarms.held(tx, [channel.id for channel in every], ended_since=now - OVER_FOR)
    return letters(
        units,
        by_channel(alarms, list(looked.values())),
        site=settings.site_name,
        address=settings.public_url or "",
        day=now.astimezone(BEIJING).date(),
    )


def mark_told(database: Database, written: Sequence[Letter], *, at: datetime) -> None:
    """Note that the letters told of their alarms, so that the next ones do not call them new."""
    told = [alarm for letter in written for alarm in letter.told]
    if told:
        with database.transaction() as tx:
            channel_alarms.mark_told(tx, told, at=at)
