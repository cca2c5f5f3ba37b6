"""indexer.records.platform_calls: calls of a day, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from indexer.records.database import Database
from indexer.records.platform_calls import calls_of, count_call, spend

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


def test_what_the_platform_says_is_spent_is_asked_for_no_more_this_day(database: Database) -> None:
    with database.transaction() as tx:
        spend(tx, caller="account a", call="list", day=DAY, most=2)

    assert [count(database, caller="account a", day=day) for day in (DAY, NEXT)] == [False, True]


def test_the_calls_of_a_day_can_be_read(database: Database) -> None:
    for call in ("list", "list", "article"):
        count(database, call=call)
    count(database, caller="credential b", day=NEXT)

    with database.reading() as tx:
        assert calls_of(tx, ["credential a", "credential b"], day=DAY) == {
            ("credential a", "list"): 2,
            ("credential a", "article"): 1,
        }
