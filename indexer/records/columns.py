"""Column types that the tables share."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    String,
    TypeDecorator,
)

from indexer.base.actors import ActorKind

ID_CHARS, NAME_CHARS, WORD_CHARS = 80, 300, 32
INDEXED_BYTES = 2048  # of an address in an index: PostgreSQL takes 2,704 bytes of all its columns together

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


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


class Words(TypeDecorator[tuple[str, ...]]):
    """A tuple of texts, stored as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str] | None:
        return None if value is None else list(value)

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(value)


class Options(TypeDecorator[Mapping[str, Any]]):
    """Named values, stored as a JSON object and read as a mapping that cannot be changed."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else dict(value)

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> Mapping[str, Any] | None:
        return None if value is None else MappingProxyType(value)


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


def claim() -> tuple[Column[str], Column[datetime]]:
    """Return the columns by which a row is claimed (claiming.py): who holds it, until when; empty while nobody does."""
    return Column("holder", String(NAME_CHARS)), Column("until", Moment)


def by_actor() -> tuple[Column[Any], Column[Any]]:
    """Return the columns of who acted, beside the name in `who`; both are empty in rows from before they were kept."""
    return Column("actor_kind", word(ActorKind)), Column("actor_id", String(ID_CHARS))


def of_version() -> ForeignKeyConstraint:
    """Return the tie of a row to one version of an item."""
    return ForeignKeyConstraint(["item", "version"], ["versions.item", "versions.number"])
