"""Times as the records keep them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import StatementError

from indexer.items import Channel
from indexer.records import reads
from indexer.records.database import Database
from indexer.times import BEIJING


def test_a_time_without_a_zone_is_not_stored(database: Database, channel: Channel, now: datetime) -> None:
    with pytest.raises(StatementError, match="zone"), database.transaction() as tx:
        reads.record_read(tx, channel.id, at=now.replace(tzinfo=None))


def test_a_time_in_beijing_comes_back_as_the_same_instant_in_utc(
    database: Database, channel: Channel, now: datetime
) -> None:
    with database.transaction() as tx:
        reads.record_read(tx, channel.id, at=now.astimezone(BEIJING))

    with database.reading() as tx:
        at = reads.history(tx, channel.id).last_read_at
    assert at == now
    assert at is not None
    assert at.utcoffset() == timedelta(0)
