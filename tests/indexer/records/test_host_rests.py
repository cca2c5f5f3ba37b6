"""indexer.records.host_rests: a pause that a host asked for is kept to its end, and by no wrong clock beyond it."""

from datetime import datetime, timedelta

from indexer.records import host_rests
from indexer.records.database import Database


def test_a_pause_lasts_until_its_end_and_what_was_said_last_counts(database: Database, now: datetime) -> None:
    hour = timedelta(hours=1)
    with database.transaction() as tx:
        host_rests.rest(tx, "a.example", until=now + 3 * hour)
        host_rests.rest(tx, "a.example", until=now + hour)

        assert host_rests.resting(tx, now=now) == {"a.example": now + hour}
        assert host_rests.resting(tx, now=now + 2 * hour) == {}


def test_a_pause_beyond_any_that_is_believed_holds_up_nobody(database: Database, now: datetime) -> None:
    with database.transaction() as tx:
        host_rests.rest(tx, "a.example", until=now + timedelta(days=3))

        assert host_rests.resting(tx, now=now) == {}
