"""indexer.records.failed_sign_ins: counts of wrong passwords, and a table that stays small."""

from datetime import datetime, timedelta

from indexer.people.attempts import Count, CountKey
from indexer.records import failed_sign_ins as rows
from indexer.records.database import Database, Transaction

KEYS = [CountKey(f"k{n}") for n in range(4)]
HOUR = timedelta(hours=1)


def kept(tx: Transaction) -> set[str]:
    return set(rows.counts(tx, KEYS))


def test_a_count_takes_the_place_of_the_one_before(database: Database, now: datetime) -> None:
    with database.transaction() as tx:
        for failures in (1, 2):
            rows.save(tx, KEYS[0], Count(failures=failures, since=now), name_hash="n")

        assert rows.counts(tx, KEYS) == {KEYS[0]: Count(failures=2, since=now)}


def test_counts_are_forgotten_one_by_one_or_by_name(database: Database, now: datetime) -> None:
    with database.transaction() as tx:
        for place, key in enumerate(KEYS):
            rows.save(tx, key, Count(failures=1, since=now), name_hash="a" if place < 2 else "b")
        rows.forget_name(tx, "a")
        by_name = kept(tx)
        rows.forget(tx, KEYS[2])

        assert (by_name, kept(tx)) == ({"k2", "k3"}, {"k3"})


def test_old_ones_those_of_a_wrong_clock_and_the_oldest_beyond_the_most_go(database: Database, now: datetime) -> None:
    ages = [-2 * HOUR, -HOUR / 2, timedelta(0), 2 * HOUR]
    with database.transaction() as tx:
        for key, age in zip(KEYS, ages, strict=True):
            rows.save(tx, key, Count(failures=1, since=now + age), name_hash="a")
        rows.prune(tx, before=now - HOUR, after=now + HOUR, most=10)
        by_time = kept(tx)
        rows.prune(tx, before=now - HOUR, after=now + HOUR, most=1)

        assert (by_time, kept(tx)) == ({"k1", "k2"}, {"k2"})
