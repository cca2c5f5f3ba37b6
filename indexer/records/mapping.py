"""Convert rows to records and back: a column is the field of the same name."""

from collections.abc import Hashable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, RowMapping, Table

Record = TypeVar("Record", bound=Hashable)


def record_of(kind: type[Record], row: RowMapping, table: Table, **others: object) -> Record:
    """Return the record of a row that holds the table's columns; others: fields that no column of it holds.

    A column that stands under another name than its field says so by its `key`.
    """
    return kind(**{name: row[column] for name, column in _shared(kind, table)}, **others)


def values_of(record: Hashable, table: Table) -> dict[str, Any]:
    """Return the columns of a record: what an INSERT or UPDATE of the table takes."""
    return {name: getattr(record, name) for name, _ in _shared(type(record), table)}


@cache
def _shared(kind: type[Any], table: Table) -> Sequence[tuple[str, Column[Any]]]:
    names = {field.name for field in fields(kind)}
    return [(column.key, column) for column in table.columns if column.key in names]
