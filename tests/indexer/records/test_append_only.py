"""What was decided, and the texts it was decided on, can be added to only: the database itself refuses all else."""

# ruff: noqa: S608 - statements of somebody who writes into the file by hand

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from config.words import WhitelistStatus
from indexer.base.changes import Change, ChangeKind
from indexer.base.ids import ChannelId
from indexer.catalogue.items import Item
from indexer.catalogue.troubles import Refusal, RefusalReason
from indexer.people.accounts import User
from indexer.records import decisions, ledger, refusals
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.whitelist.records import WhitelistChange

ON_SQLITE = pytest.mark.parametrize("records_on", ["sqlite"])
PROTECTED = ("decisions", "whitelist_changes", "versions", "ledger", "refusals")
COLUMNS = {"decisions": "why", "whitelist_changes": "why", "versions": "html", "ledger": "who", "refusals": "message"}
STEP = WhitelistChange(
    channel=ChannelId("channel-a"),
    before=None,
    after=WhitelistStatus.APPROVED,
    who="甲",
    why="",
    at=datetime(2026, 9, 17, tzinfo=UTC),
)

CHANGE = Change(
    id="1",
    kind=ChangeKind.POLICY_LOADED,
    subject="policy_loaded",
    facts={"digest": "1"},
    who="甲",
    actor_kind=None,
    actor_id=None,
    at=STEP.at,
)
REFUSED = Refusal(
    channel="channel-a",
    unit=None,
    url="",
    title="",
    reason=RefusalReason.NO_BODY,
    message="没有正文",
    at=STEP.at,
)


@pytest.fixture
def _decided(database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime) -> None:
    """An approved and a withdrawn item, and a step of the whitelist."""
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
        ledger.append(tx, STEP)
        for number in range(2):
            ledger.append(tx, replace(CHANGE, id=str(number)))
            refusals.add(tx, replace(REFUSED, url=f"http://a.example/{number}"))


@pytest.fixture(params=["ON", "OFF"])
def raw(request: pytest.FixtureRequest, _decided: None, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of somebody else's, with and without recursive triggers."""
    with closing(sqlite3.connect(tmp_path / "records" / "carnival.db", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {request.param}")
        yield connection


def held(raw: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [raw.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in PROTECTED]


def columns_of(raw: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]


@ON_SQLITE
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
    column = COLUMNS[table]
    key = {"decisions": "sequence", "versions": "number", "ledger": "sequence"}.get(table, "id")

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement.format(table=table, column=column, key=key))

    assert held(raw) == before


@ON_SQLITE
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


@ON_SQLITE
@pytest.mark.parametrize("column", ["url", "title", "author", "html", "text", "content_hash", "collected_at"])
def test_a_text_that_was_collected_stays_as_it_was(raw: sqlite3.Connection, column: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(f"UPDATE versions SET {column} = 'anders'")


@pytest.mark.usefixtures("_decided")
@pytest.mark.parametrize("records_on", ["postgresql"])
@pytest.mark.parametrize("table", PROTECTED)
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {column} = 'anders'",
        "UPDATE {table} SET {column} = 'anders'",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
    ],
)
def test_no_statement_alters_what_stands_on_postgresql(records_url: str, table: str, statement: str) -> None:
    column = COLUMNS[table]
    key = {"decisions": "sequence", "versions": "item, number", "ledger": "sequence"}.get(table, "id")
    engine = create_engine(records_url)
    with engine.connect() as raw:
        before = raw.execute(text(f"SELECT * FROM {table}")).all()

    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as raw:
        raw.execute(text(statement.format(table=table, column=column, key=key)))

    with engine.connect() as raw:
        assert raw.execute(text(f"SELECT * FROM {table}")).all() == before
    engine.dispose()


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
