"""What was decided, and the texts it was decided on, can be added to only: the database itself refuses all else."""

# ruff: noqa: S608 - statements of somebody who writes into the file by hand

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from indexer.accounts import User
from indexer.items import ChannelId, Item, Move, State, WhitelistChange, WhitelistStatus
from indexer.records import channels, decisions
from indexer.records.database import Database
from indexer.review import desk

PROTECTED = ("decisions", "whitelist_changes", "versions")
STEP = WhitelistChange(
    channel=ChannelId("channel-a"),
    before=None,
    after=WhitelistStatus.APPROVED,
    who="甲",
    why="",
    at=datetime(2026, 9, 17, tzinfo=UTC),
)


@pytest.fixture(params=["ON", "OFF"])
def raw(
    request: pytest.FixtureRequest,
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    tmp_path: Path,
    now: datetime,
) -> Iterator[sqlite3.Connection]:
    """A connection of somebody else's, with and without recursive triggers, over an approved and a withdrawn item."""
    editor = make_user()
    for number in range(2):
        item = make_item(url=f"http://a.example/{number}.html")
        desk.decide(
            database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
        )
    desk.decide(
        database, item=item.id, version=1, state=State.APPROVED, move=Move.WITHDRAW, who=editor, why="撤", now=now
    )
    with database.transaction() as tx:
        channels.change_status(tx, STEP)
    with closing(sqlite3.connect(tmp_path / "records" / "carnival.db", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {request.param}")
        yield connection


def held(raw: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [raw.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in PROTECTED]


def columns_of(raw: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]


@pytest.mark.parametrize("table", PROTECTED)
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT DO UPDATE SET {column} = 'anders'",
        "UPDATE {table} SET {column} = 'anders'",
        "UPDATE OR REPLACE {table} SET {key} = (SELECT max({key}) FROM {table})",
        "DELETE FROM {table}",
    ],
)
def test_no_statement_alters_what_stands(raw: sqlite3.Connection, table: str, statement: str) -> None:
    before = held(raw)
    column = {"decisions": "why", "whitelist_changes": "why", "versions": "html"}[table]
    key = {"decisions": "sequence", "whitelist_changes": "id", "versions": "number"}[table]

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement.format(table=table, column=column, key=key))

    assert held(raw) == before


@pytest.mark.parametrize("same", ["id", "sequence", "undoes"])
def test_a_decision_cannot_take_the_place_of_another(raw: sqlite3.Connection, same: str) -> None:
    names = columns_of(raw, "decisions")
    new = {"sequence": "NULL", "id": "'new'", "undoes": "NULL"} | {same: same}
    chosen = ", ".join(new.get(name, name) for name in names)
    if same == "undoes":
        raw.execute(
            "INSERT INTO decisions SELECT "
            + ", ".join({"sequence": "NULL", "id": "'undo'", "undoes": "id"}.get(name, name) for name in names)
            + " FROM decisions LIMIT 1"
        )
    before = held(raw)

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(f"INSERT OR REPLACE INTO decisions SELECT {chosen} FROM decisions WHERE {same} IS NOT NULL")

    assert held(raw) == before


@pytest.mark.parametrize("column", ["url", "title", "author", "html", "text", "content_hash", "collected_at"])
def test_a_text_that_was_collected_stays_as_it_was(raw: sqlite3.Connection, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(f"UPDATE versions SET {column} = 'anders'")


def test_new_rows_are_still_taken(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    item, editor = make_item(), make_user()

    made = desk.decide(
        database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
    )
    desk.undo(database, item=item.id, decision=made.id, who=editor, now=now)

    with database.reading() as tx:
        assert [row.move for row in decisions.of_item(tx, item.id)] == [Move.APPROVE, Move.UNDO]


def test_postgresql_is_told_to_refuse_to_empty_them() -> None:
    said = io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said})
    migration = import_module("indexer.records.migrations.versions.0008_never_replaced")

    with Operations.context(context):
        migration.upgrade()

    for table in PROTECTED:
        assert f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()" in said.getvalue()
