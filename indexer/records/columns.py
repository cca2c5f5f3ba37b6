"""The kinds of columns that the tables are made of."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Column, DateTime, Dialect, Enum, ForeignKey, String, TypeDecorator

ID_CHARS, NAME_CHARS, WORD_CHARS = 80, 300, 32


class Moment(TypeDecorator[datetime]):
    """An aware time, stored as UTC and read as UTC. Raises ValueError for a time without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite has no type for times: what it gives back has lost the zone it was bound with.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word(kind: type[StrEnum]) -> Enum:
    """Return a column type that holds one value of a closed set as plain text."""
    return Enum(kind, native_enum=False, length=WORD_CHARS, values_callable=lambda each: [one.value for one in each])


def key(name: str, *, of: str | None = None) -> Column[str]:
    """Return a column of the primary key holding an id; of: `table.column` it points to."""
    links = [] if of is None else [ForeignKey(of)]
    return Column(name, String(ID_CHARS), *links, primary_key=True)


def link(name: str, of: str | None = None, *, nullable: bool = False) -> Column[str]:
    """Return a column holding an id; of: `table.column` it points to."""
    links = [] if of is None else [ForeignKey(of)]
    return Column(name, String(ID_CHARS), *links, nullable=nullable)
