"""Work is claimed by one statement: nobody gets what another holds, and what was not finished in time is free again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert

from indexer.base.times import CLOCK_SLACK
from indexer.records.claiming import claim_keys, claim_rows, give_back
from indexer.records.columns import Moment
from indexer.records.database import Database
from indexer.records.reads import LEASES
from indexer.whitelist.records import Channel

FIVE_MINUTES = timedelta(minutes=5)
ROWS = 12


@pytest.fixture
def work(records_url: str, database: Database) -> Table:
    """A table of rows 0 to 11 in two batches, that nobody holds."""
    table = Table(
        "some_work",
        MetaData(),
        Column("batch", String(9), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("holder", String(9)),
        Column("until", Moment),
    )
    engine = create_engine(records_url)
    with engine.begin() as connection:
        table.create(connection)
        rows = [{"batch": f"b{number % 2}", "number": number} for number in reversed(range(ROWS))]
        connection.execute(insert(table), rows)
    engine.dispose()
    return table


def claimed(database: Database, work: Table, holder: str, *, now: datetime, limit: int = 4) -> list[int]:
    with database.transaction() as tx:
        rows = claim_rows(tx, work, order_by=work.c.number, limit=limit, holder=holder, now=now, lasts=FIVE_MINUTES)
    return [row[work.c.number] for row in rows]


def test_each_row_is_claimed_once_in_order(database: Database, work: Table, now: datetime) -> None:
    assert claimed(database, work, "a", now=now, limit=5) == [0, 1, 2, 3, 4]
    assert claimed(database, work, "b", now=now, limit=5) == [5, 6, 7, 8, 9]
    assert claimed(database, work, "a", now=now, limit=5) == [10, 11]
    assert claimed(database, work, "b", now=now, limit=5) == []


def test_only_rows_that_are_asked_for_are_claimed(database: Database, work: Table, now: datetime) -> None:
    with database.transaction() as tx:
        rows = claim_rows(
            tx,
            work,
            where=[work.c.batch == "b1"],
            order_by=work.c.number,
            limit=3,
            holder="a",
            now=now,
            lasts=FIVE_MINUTES,
        )

    assert [(row[work.c.batch], row[work.c.number], row[work.c.holder]) for row in rows] == [
        ("b1", 1, "a"),
        ("b1", 3, "a"),
        ("b1", 5, "a"),
    ]
    assert {row[work.c.until] for row in rows} == {now + FIVE_MINUTES}


def test_what_was_not_finished_in_time_is_claimed_by_the_next(database: Database, work: Table, now: datetime) -> None:
    claimed(database, work, "a", now=now, limit=ROWS)

    assert claimed(database, work, "b", now=now + FIVE_MINUTES - timedelta(seconds=1)) == []
    assert claimed(database, work, "b", now=now + FIVE_MINUTES) == [0, 1, 2, 3]


def test_a_claim_by_a_clock_that_was_ahead_holds_nobody_up(database: Database, work: Table, now: datetime) -> None:
    claimed(database, work, "a", now=now + CLOCK_SLACK + timedelta(seconds=1), limit=ROWS)

    assert claimed(database, work, "b", now=now) == [0, 1, 2, 3]


def test_only_its_holder_gives_a_row_back(database: Database, work: Table, now: datetime) -> None:
    claimed(database, work, "a", now=now, limit=ROWS)

    with database.transaction() as tx:
        assert give_back(tx, work, where=[work.c.number < 2], holder="b") == 0
        assert give_back(tx, work, where=[work.c.number < 2], holder="a") == 2

    assert claimed(database, work, "b", now=now) == [0, 1]


def test_many_who_claim_at_once_share_the_rows(database: Database, work: Table, now: datetime) -> None:
    def take_all(holder: int) -> list[int]:
        return [number for _ in range(ROWS) for number in claimed(database, work, f"h{holder}", now=now, limit=1)]

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(take_all, range(4)))

    assert sorted(number for share in shares for number in share) == list(range(ROWS))


@pytest.mark.parametrize("records_on", ["postgresql"])
def test_who_claims_does_not_wait_for_another(database: Database, work: Table, now: datetime) -> None:
    with database.transaction() as tx:
        mine = claim_rows(tx, work, order_by=work.c.number, limit=4, holder="a", now=now, lasts=FIVE_MINUTES)
        others = claimed(database, work, "b", now=now)

    assert [row[work.c.number] for row in mine] == [0, 1, 2, 3]
    assert others == [4, 5, 6, 7]


def test_a_thing_is_held_by_one_and_renewed_by_the_same(database: Database, channel: Channel, now: datetime) -> None:
    def take(holder: str, at: datetime) -> bool:
        with database.transaction() as tx:
            return bool(claim_keys(tx, LEASES, keys=[channel.id], holder=holder, now=at, lasts=FIVE_MINUTES))

    later = now + timedelta(minutes=4)

    assert take("a", now) is True
    assert take("b", now) is False
    assert take("a", later) is True
    assert take("b", now + FIVE_MINUTES) is False
    assert take("b", later + FIVE_MINUTES) is True
    assert take("a", later + FIVE_MINUTES) is False


def test_of_many_who_want_one_thing_one_gets_it(database: Database, channel: Channel, now: datetime) -> None:
    def take(holder: int) -> bool:
        with database.transaction() as tx:
            return bool(claim_keys(tx, LEASES, keys=[channel.id], holder=f"h{holder}", now=now, lasts=FIVE_MINUTES))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(take, range(8))) == [False] * 7 + [True]
