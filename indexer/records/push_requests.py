"""What programs of units asked for already: nonces that count once, idempotency keys that name one push."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Index, String, Table, delete, select

from indexer.records.columns import NAME_CHARS, Moment, link, metadata
from indexer.records.database import Transaction
from indexer.records.errors import RecordsContended
from indexer.records.mapping import record_of, values_of
from indexer.records.upserts import insert_unless_there

PUSH_NONCES = Table(
    "push_nonces",
    metadata,
    Column("nonce", String(NAME_CHARS), primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)
PUSH_REQUESTS = Table(
    "push_requests",
    metadata,
    Column("request", String(NAME_CHARS), primary_key=True),
    Column("digest", String(64), nullable=False),
    link("filed"),  # the row of the inbox, which is written after this one
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)
NONCES_KEPT = timedelta(minutes=30)  # longer than any signature is fresh
REQUESTS_KEPT = timedelta(hours=48)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushRequest:
    """A push that was asked for. request: key and idempotency key. digest: of its body. filed: its inbox row."""

    request: str
    digest: str
    filed: str
    at: datetime


def use_nonce(tx: Transaction, key: str, nonce: str, *, at: datetime) -> bool:
    """Note that a key used this nonce; False where it did before. Those that no signature can name are forgotten."""
    tx.change(delete(PUSH_NONCES).where(PUSH_NONCES.c.at < at - NONCES_KEPT))
    return insert_unless_there(tx, PUSH_NONCES, key="nonce", values={"nonce": f"{key}:{nonce}", "at": at})


def begin(tx: Transaction, wanted: PushRequest) -> PushRequest:
    """Return the request of this name as it stands: the one that came first, and that is this one where it is new.

    Of two that come at once, the second waits for the first to be written whole. Old ones are forgotten. Raises
    RecordsContended.
    """
    c = PUSH_REQUESTS.c
    tx.change(delete(PUSH_REQUESTS).where(c.at < wanted.at - REQUESTS_KEPT))
    if insert_unless_there(tx, PUSH_REQUESTS, key="request", values=values_of(wanted, PUSH_REQUESTS)):
        return wanted
    row = tx.first(select(PUSH_REQUESTS).where(c.request == wanted.request))
    if row is None:
        raise RecordsContended("The same request was written and forgotten at this moment. Try again.")
    return record_of(PushRequest, row, PUSH_REQUESTS)
