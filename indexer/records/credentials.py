"""Credentials of platforms by name: where each goes, and its secret, sealed; crawler/credentials opens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, String, Table, Text, delete, select

from indexer.records.columns import NAME_CHARS, Moment, Words, key, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.records.upserts import upsert


class SecretPlace(StrEnum):
    """Where in a request a secret is filled in."""

    HEADER = "header"
    QUERY = "query"
    JSON = "json"


CREDENTIALS = Table(
    "credentials",
    metadata,
    key("name"),
    Column("place", word(SecretPlace), nullable=False),
    Column("field", String(NAME_CHARS), nullable=False),
    Column("hosts", Words, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("set_at", Moment, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCredential:
    """A credential as it is kept. hosts: `host` or `host:port`, the only ones that get it. field: of the place."""

    name: str
    place: SecretPlace
    field: str
    hosts: tuple[str, ...]
    sealed: str
    set_at: datetime


def save(tx: Transaction, credential: SealedCredential) -> None:
    """Write a new credential, or everything of the one of its name."""
    upsert(tx, CREDENTIALS, key={"name": credential.name}, values=values_of(credential, CREDENTIALS))


def sealed(tx: Transaction, name: str) -> SealedCredential | None:
    """Return one credential."""
    row = tx.first(select(CREDENTIALS).where(CREDENTIALS.c.name == name))
    return record_of(SealedCredential, row, CREDENTIALS) if row else None


def every(tx: Transaction) -> Sequence[SealedCredential]:
    """Return all credentials by name."""
    query = select(CREDENTIALS).order_by(CREDENTIALS.c.name)
    return [record_of(SealedCredential, row, CREDENTIALS) for row in tx.rows(query)]


def remove(tx: Transaction, name: str) -> bool:
    """Take a credential away; False where there is none of that name."""
    return bool(tx.change(delete(CREDENTIALS).where(CREDENTIALS.c.name == name)))
