"""How many calls of an account were made today."""

from datetime import UTC, datetime, timedelta

from crawler.platforms import ledger
from indexer.records.database import Database

LATE = datetime(2026, 9, 17, 15, 59, tzinfo=UTC)  # one minute before midnight in Beijing
CALLER = ledger.account_caller("wx00000000000000ab")


def counted(database: Database, now: datetime) -> bool:
    with database.transaction() as tx:
        return ledger.count(tx, CALLER, "batchget", most=2, now=now)


def test_as_many_are_made_as_may_be_and_the_day_begins_in_beijing(database: Database) -> None:
    assert [counted(database, LATE) for _ in range(3)] == [True, True, False]
    assert counted(database, LATE + timedelta(minutes=1))


def test_what_the_platform_says_is_spent_is(database: Database) -> None:
    with database.transaction() as tx:
        ledger.spend(tx, CALLER, "batchget", most=2, now=LATE)

    assert not counted(database, LATE)


def test_an_account_is_one_caller_whoever_asks() -> None:
    assert CALLER == "account wx00000000000000ab"
