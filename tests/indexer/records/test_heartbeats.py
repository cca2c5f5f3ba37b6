"""indexer.records.heartbeats: when a part of the deployment was at work last."""

from datetime import datetime, timedelta

from indexer.records import heartbeats
from indexer.records.database import Database


def test_the_last_beat_counts_and_parts_do_not_speak_for_each_other(database: Database, now: datetime) -> None:
    later = now + timedelta(minutes=1)
    with database.transaction() as tx:
        heartbeats.beat(tx, "collector", at=now)
        heartbeats.beat(tx, "collector", at=later)
    with database.reading() as tx:
        assert heartbeats.last_beat(tx, "collector") == later
        assert heartbeats.last_beat(tx, "other") is None


def test_of_two_who_would_be_at_work_once_a_day_one_is(database: Database, now: datetime) -> None:
    later = now + timedelta(days=1)
    with database.transaction() as tx:
        first = heartbeats.claim(tx, "digest", at=now, before=now - timedelta(hours=1))
        second = heartbeats.claim(tx, "digest", at=now, before=now - timedelta(hours=1))
        next_day = heartbeats.claim(tx, "digest", at=later, before=later - timedelta(hours=1))

    assert [first, second, next_day] == [True, False, True]
