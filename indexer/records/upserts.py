"""Insert a row, or update the one with the same key, in one statement: two who write at once leave one row."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Table
from sqlalchemy.dialects import postgresql, sqlite

from indexer.records.database import Transaction


def upsert(
    tx: Transaction,
    table: Table,
    *,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    first: Mapping[str, Any] | None = None,
    where: ColumnElement[bool] | None = None,
) -> int:
    """Write `key` with `values`; return how many rows that touched, 0 or 1.

    key: columns that a primary key or a unique constraint is made of. values: of the new row and of a row we have; an
    expression over the table's columns is of the row we have, and then `first` says what a new one holds instead.
    where: which rows we have may be changed; another one stays, and 0 is returned.
    """
    statement = _insert(tx, table).values({**key, **values, **(first or {})})
    return tx.change(statement.on_conflict_do_update(index_elements=list(key), set_=dict(values), where=where))


class Upsert:
    """An upsert of one kind of row, its statement made once: for what is written with every version."""

    def __init__(
        self, table: Table, *, key: Sequence[str], values: Sequence[str], made: Mapping[str, ColumnElement[Any]]
    ) -> None:
        """key, values: as of `upsert`, their names; made: columns that the database works out, of a row old or new."""
        self._table, self._key, self._made = table, list(key), dict(made)
        self._values = list(values)
        self._statements: dict[bool, sqlite.Insert | postgresql.Insert] = {}

    def write(self, tx: Transaction, row: dict[str, Any]) -> None:
        """Write one row: the columns of key and values."""
        statement = self._statements.get(tx.is_on_postgresql)
        if statement is None:
            new = _insert(tx, self._table).values(self._made)
            over = {name: new.excluded[name] for name in self._values} | self._made
            statement = new.on_conflict_do_update(index_elements=self._key, set_=over)
            self._statements[tx.is_on_postgresql] = statement
        tx.change(statement, row)


def upsert_all(
    tx: Transaction,
    table: Table,
    *,
    key: Sequence[str],
    rows: Sequence[dict[str, Any]],
    where: ColumnElement[bool] | None = None,
) -> Sequence[RowMapping]:
    """Write rows, each new or over the one of the same `key`; return the keys' columns of those that were written.

    rows: all of the same columns, each key once. where: as of `upsert`. They are written in the order of their keys,
    so that of two who write at once one waits for the other, and not each for the other.
    """
    if not rows:
        return ()
    statement = _insert(tx, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    over = statement.on_conflict_do_update(index_elements=list(key), set_=changed, where=where)
    in_order = sorted(rows, key=lambda row: [str(row[name]) for name in key])
    return tx.changed_rows(over.returning(*(table.c[name] for name in key)), in_order)


def insert_unless_there(tx: Transaction, table: Table, *, key: str, values: Mapping[str, Any]) -> bool:
    """Write a new row; False, and nothing is written, where one of the same `key`, a unique column, is there."""
    return bool(tx.change(_insert(tx, table).on_conflict_do_nothing(index_elements=[key]), dict(values)))


def insert_those_not_there(tx: Transaction, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Write those of the rows of which none of the same key is there; return how many those are."""
    return tx.change(_insert(tx, table).on_conflict_do_nothing(), rows)


def _insert(tx: Transaction, table: Table) -> postgresql.Insert | sqlite.Insert:
    return _insert_into(table, is_on_postgresql=tx.is_on_postgresql)


@cache
def _insert_into(table: Table, *, is_on_postgresql: bool) -> postgresql.Insert | sqlite.Insert:
    return postgresql.insert(table) if is_on_postgresql else sqlite.insert(table)
