"""A new row, or the one of its key changed, by one statement: two that write at once leave one row."""

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, func, select

from indexer.records.database import Database
from indexer.records.upserts import Upsert, insert_unless_there, upsert
from tests.at_once import at_once


@pytest.fixture
def counters(records_url: str, database: Database) -> Table:
    """A table of numbers, each under a name."""
    table = Table("some_counters", MetaData(), Column("name", String(9), primary_key=True), Column("number", Integer))
    engine = create_engine(records_url)
    with engine.begin() as connection:
        table.create(connection)
    engine.dispose()
    return table


def held(database: Database, counters: Table) -> dict[str, int]:
    with database.reading() as tx:
        return {row[counters.c.name]: row[counters.c.number] for row in tx.rows(select(counters))}


def test_a_row_is_written_and_then_changed(database: Database, counters: Table) -> None:
    with database.transaction() as tx:
        touched = [upsert(tx, counters, key={"name": "a"}, values={"number": number}) for number in (1, 2)]

    assert touched == [1, 1]
    assert held(database, counters) == {"a": 2}


def test_a_row_that_may_not_be_changed_stays_and_0_is_returned(database: Database, counters: Table) -> None:
    with database.transaction() as tx:
        upsert(tx, counters, key={"name": "a"}, values={"number": 5})
        smaller = counters.c.number < 5
        touched = upsert(tx, counters, key={"name": "a"}, values={"number": 9}, where=smaller)

    assert touched == 0
    assert held(database, counters) == {"a": 5}


def test_a_statement_made_once_writes_rows_and_what_the_database_works_out(database: Database, counters: Table) -> None:
    every = counters.alias("every")
    following = select(func.coalesce(func.max(every.c.number), 0) + 1).scalar_subquery()
    counted = Upsert(counters, key=("name",), values=(), made={"number": following})

    with database.transaction() as tx:
        for name in ("a", "b", "a"):
            counted.write(tx, {"name": name})

    assert held(database, counters) == {"a": 3, "b": 2}


def test_a_statement_made_once_changes_what_is_said_of_a_row(database: Database, counters: Table) -> None:
    said = Upsert(counters, key=("name",), values=("number",), made={})

    with database.transaction() as tx:
        for name, number in (("a", 7), ("b", 8), ("a", 9)):
            said.write(tx, {"name": name, "number": number})

    assert held(database, counters) == {"a": 9, "b": 8}


def test_two_that_count_at_once_lose_nothing(database: Database, counters: Table) -> None:
    def count() -> None:
        for _ in range(10):
            with database.transaction() as tx:
                more = {"number": counters.c.number + 1}
                upsert(tx, counters, key={"name": "a"}, values=more, first={"number": 1})

    at_once(count, count)

    assert held(database, counters) == {"a": 20}


def test_a_row_that_is_there_is_left_as_it_is(database: Database, counters: Table) -> None:
    with database.transaction() as tx:
        written = [
            insert_unless_there(tx, counters, key="name", values={"name": "a", "number": number}) for number in (1, 2)
        ]

    assert written == [True, False]
    assert held(database, counters) == {"a": 1}
