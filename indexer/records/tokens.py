"""Access tokens of platforms: each fetched by one worker, which claims it, and shared by all."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Column, String, Table, Text, delete, select, update

from indexer.records.claiming import claim_keys
from indexer.records.columns import NAME_CHARS, Moment, claim, metadata
from indexer.records.database import Transaction
from indexer.records.mapping import record_of
from indexer.records.upserts import upsert

FETCH = timedelta(minutes=2)  # longer than the one request for a token may take

TOKENS = Table(
    "tokens",
    metadata,
    Column("name", String(NAME_CHARS), primary_key=True),
    Column("sealed", Text),
    Column("expires_at", Moment),
    Column("fetched_at", Moment),
    *claim(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedToken:
    """A token as it is kept. name: `wechat:APPID`, `component:APPID`, `ticket:APPID`, `authorizer:APPID`."""

    name: str
    sealed: str = field(repr=False)
    expires_at: datetime
    fetched_at: datetime


def token(tx: Transaction, name: str) -> SealedToken | None:
    """Return a token, ended or not; None where none was kept."""
    row = tx.first(select(TOKENS).where(TOKENS.c.name == name, TOKENS.c.sealed.is_not(None)))
    return record_of(SealedToken, row, TOKENS) if row else None


def claim_fetch(tx: Transaction, name: str, *, holder: str, now: datetime) -> bool:
    """Take it upon this holder to fetch the token; False while another one does."""
    return bool(claim_keys(tx, TOKENS, keys=[name], holder=holder, now=now, lasts=FETCH))


def keep(tx: Transaction, kept: SealedToken) -> None:
    """Keep a token that was fetched or pushed, in place of the one before; whoever fetched it has done so."""
    values = {"sealed": kept.sealed, "expires_at": kept.expires_at, "fetched_at": kept.fetched_at}
    upsert(tx, TOKENS, key={"name": kept.name}, values=values | {"holder": None, "until": None})


def give_up(tx: Transaction, name: str, *, holder: str) -> None:
    """Leave the fetching to the next one: it did not work."""
    c = TOKENS.c
    tx.change(update(TOKENS).where(c.name == name, c.holder == holder).values(holder=None, until=None))


def drop(tx: Transaction, name: str, *, fetched_at: datetime | None = None) -> bool:
    """Forget a token; fetched_at: only the one of then, so that a newer one of another worker stays."""
    c = TOKENS.c
    same = () if fetched_at is None else (c.fetched_at == fetched_at,)
    return bool(tx.change(delete(TOKENS).where(c.name == name, *same)))
