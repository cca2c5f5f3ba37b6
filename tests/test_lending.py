"""Databases that are lent to one test after the other: none finds what another left."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.lending import LOANS, Lender
from tests.postgres import EMPTY, Server

TABLES = """
CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('0001');
CREATE TABLE units (number serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE channels (unit integer NOT NULL REFERENCES units);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'never deleted'; END $$;
CREATE TRIGGER kept BEFORE DELETE ON units FOR EACH ROW EXECUTE FUNCTION refuse();
"""
ROWS = "INSERT INTO units (name) VALUES ('示例馆'); INSERT INTO channels VALUES (1)"


@pytest.fixture
def lender(postgres: Server) -> Iterator[Lender]:
    """Of databases with a serial number, a foreign key and a trigger that refuses to delete."""
    like = postgres.make(like=EMPTY)
    with postgres.connect(like) as connection:
        connection.execute(TABLES)
    yield Lender(postgres, like=like)
    postgres.drop(like)


def test_a_database_is_lent_again_without_rows_and_counts_from_one(postgres: Server, lender: Lender) -> None:
    name = lender.lend()
    with postgres.connect(name) as connection:
        connection.execute(ROWS)
    lender.take_back(name)

    assert lender.lend() == name
    with postgres.connect(name) as connection:
        assert connection.execute("SELECT count(*) FROM channels").fetchall() == [(0,)]
        assert connection.execute("INSERT INTO units (name) VALUES ('乙') RETURNING number").fetchall() == [(1,)]
        with pytest.raises(psycopg.errors.RaiseException, match="never deleted"):
            connection.execute("DELETE FROM units")
    lender.server.drop(name)


def test_two_at_a_time_have_one_each(lender: Lender) -> None:
    first, second = lender.lend(), lender.lend()

    assert first != second
    for name in (first, second):
        lender.server.drop(name)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE units ADD COLUMN note text",
        "ALTER TABLE units DISABLE TRIGGER kept",
        "ALTER TABLE channels ALTER COLUMN unit DROP NOT NULL",
        "ALTER TABLE channels DROP CONSTRAINT channels_unit_fkey",
        "CREATE INDEX named ON units (name)",
        "CREATE TABLE more (number integer)",
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "UPDATE alembic_version SET version_num = '0002'",
        "DROP TABLE alembic_version",
        "DROP TABLE channels",
    ],
)
def test_a_database_of_another_shape_is_not_lent_again(postgres: Server, lender: Lender, change: str) -> None:
    name = lender.lend()
    with postgres.connect(name) as connection:
        connection.execute(change)
    lender.take_back(name)

    another = lender.lend()
    assert another != name
    lender.server.drop(another)


def test_who_is_still_connected_is_cut_off(postgres: Server, lender: Lender) -> None:
    name = lender.lend()
    with postgres.connect(name) as left:
        lender.take_back(name)

        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")
    lender.server.drop(name)


def test_after_enough_loans_comes_a_new_one(lender: Lender) -> None:
    first = lender.lend()
    for _ in range(LOANS - 1):
        lender.take_back(first)
        assert lender.lend() == first
    lender.take_back(first)

    another = lender.lend()
    assert another != first
    lender.server.drop(another)
