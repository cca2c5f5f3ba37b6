"""indexer.records.searched: counts of words by day."""

from datetime import date, timedelta

from indexer.records import searched
from indexer.records.database import Database

DAY = date(2026, 9, 17)


def most(database: Database, since: date = DAY, *, least: int = 1, limit: int = 9) -> list[str]:
    with database.reading() as tx:
        return searched.most_searched(tx, since=since, least=least, limit=limit)


def test_counts_of_days_and_writers_add_up_and_the_most_often_come_first(database: Database) -> None:
    for day, times in ((DAY, {"月球": 2, "银杏": 1}), (DAY, {"月球": 1}), (DAY + timedelta(days=1), {"银杏": 4})):
        with database.transaction() as tx:
            searched.add(tx, day, times)

    assert most(database) == ["银杏", "月球"]
    assert most(database, least=4) == ["银杏"]
    assert most(database, limit=1) == ["银杏"]
    assert most(database, DAY + timedelta(days=1)) == ["银杏"]


def test_days_of_long_ago_are_forgotten(database: Database) -> None:
    with database.transaction() as tx:
        searched.add(tx, DAY, {"月球": 9})
        searched.add(tx, DAY + timedelta(days=1), {"银杏": 1})
        searched.forget(tx, before=DAY + timedelta(days=1))

    assert most(database) == ["银杏"]
