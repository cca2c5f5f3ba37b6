"""indexer.records.push_keys: one row a key, revoked once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from indexer.base.ids import UnitId
from indexer.records import push_keys
from indexer.records.database import Database
from indexer.records.push_keys import PushKey
from indexer.whitelist.records import Channel

NOW = datetime(2026, 9, 17, tzinfo=UTC)
KEY = PushKey(id="k1", unit=UnitId("unit-a"), name="系统", sealed="gAAAA", made_by="单位甲", made_at=NOW)


def test_keys_are_read_back_newest_first_by_unit(database: Database, channel: Channel) -> None:
    newer = replace(KEY, id="k2")
    with database.transaction() as tx:
        push_keys.add(tx, KEY)
        push_keys.add(tx, newer)

    with database.reading() as tx:
        assert push_keys.push_keys(tx, [channel.unit]) == push_keys.push_keys(tx) == [newer, KEY]
        assert push_keys.push_keys(tx, [UnitId("unit-b")]) == []
        assert (push_keys.push_key(tx, "k1"), push_keys.push_key(tx, "k3")) == (KEY, None)


def test_a_key_is_revoked_once_and_counts_no_more(database: Database, channel: Channel) -> None:
    with database.transaction() as tx:
        push_keys.add(tx, KEY)
        before = push_keys.count_valid(tx, channel.unit)
        revoked = [push_keys.revoke(tx, "k1", at=NOW + timedelta(hours=hour)) for hour in (1, 2)]
        push_keys.touch(tx, "k1", at=NOW)
        kept, after = push_keys.push_key(tx, "k1"), push_keys.count_valid(tx, channel.unit)

    assert (before, revoked, after) == (1, [True, False], 0)
    assert kept == replace(KEY, revoked_at=NOW + timedelta(hours=1), used_at=NOW)
