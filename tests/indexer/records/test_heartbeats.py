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
