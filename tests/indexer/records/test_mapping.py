"""Rows and records in both directions, by the names of the columns."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select

from indexer.records.columns import Moment, Words
from indexer.records.mapping import record_of, values_of

TABLE = Table(
    "some_rows",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("who_wrote", String(9), key="author"),
    Column("names", Words),
    Column("at", Moment),
    Column("extra", String(9), default="kept"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Its `pages` is held by no column of the table; the table's `extra` by no field of it."""

    id: int
    author: str
    names: tuple[str, ...]
    at: datetime
    pages: int = 1


def test_a_record_comes_back_as_it_was_put_in(now: datetime) -> None:
    note = Note(id=7, author="甲", names=("月", "日"), at=now, pages=3)
    engine = create_engine("sqlite://")

    with engine.begin() as connection:
        TABLE.create(connection)
        connection.execute(insert(TABLE), values_of(note, TABLE))
        (row,) = connection.execute(select(TABLE)).mappings().all()

    engine.dispose()
    assert record_of(Note, row, TABLE, pages=3) == note
    assert row[TABLE.c.extra] == "kept"


def test_a_column_under_another_name_is_written_by_its_key_and_other_fields_are_not_written(now: datetime) -> None:
    written = values_of(Note(id=7, author="甲", names=(), at=now), TABLE)

    assert written == {"id": 7, "author": "甲", "names": (), "at": now}


def test_a_field_that_no_column_holds_and_nobody_gives_is_its_default_or_an_error(now: datetime) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Stricter:
        id: int
        pages: int

    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        connection.execute(insert(TABLE), values_of(Note(id=7, author="甲", names=(), at=now), TABLE))
        (row,) = connection.execute(select(TABLE)).mappings().all()
    engine.dispose()

    assert record_of(Note, row, TABLE).pages == 1
    with pytest.raises(TypeError, match="pages"):
        record_of(Stricter, row, TABLE)
