"""indexer.records.platform_calls: calls of a day, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from indexer.records.database import Database
from indexer.records.platform_calls import count_call

DAY, NEXT = date(2026, 9, 17), date(2026, 9, 18)


def count(database: Database, *, caller: str = "credential a", call: str = "list", day: date = DAY) -> bool:
    with database.transaction() as tx:
        return count_call(tx, caller=caller, call=call, day=day, most=2)


def test_a_call_beyond_the_most_of_a_day_is_refused(database: Database) -> None:
    assert [count(database) for _ in range(3)] == [True, True, False]


def test_each_day_begins_anew(database: Database) -> None:
    for _ in range(3):
        count(database)

    assert [count(database, day=NEXT) for _ in range(3)] == [True, True, False]


def test_each_caller_and_each_call_has_its_own(database: Database) -> None:
    for _ in range(3):
        count(database)

    assert count(database, caller="channel a")
    assert count(database, call="article")


def test_of_many_at_once_no_more_than_the_most_are_let_through(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        let_through = list(pool.map(lambda _: count(database), range(16)))

    assert sum(let_through) == 2
