"""What was not taken in, and why: rows that stay as they were written, so that a unit can point at one.

The same refusal met again (address, reason, title and words) counts up on its row; other words are another row. So an
address has as many rows as it was refused in different words, however often it is read; lists show the newest of each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    Column,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    and_,
    exists,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from indexer.base.ids import UnitId
from indexer.base.text import fitting, storable_record
from indexer.catalogue.items import URL_CHARS
from indexer.catalogue.troubles import FiledRefusal, Refusal, RefusalReason
from indexer.records.columns import ID_CHARS, INDEXED_BYTES, Moment, Options, link, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.records.turns import Turn, take_turn

ADDRESSES_AT_ONCE = 500

REFUSALS = Table(
    "refusals",
    metadata,
    Column("id", Integer, key="number", primary_key=True),
    link("channel"),  # as the candidate named it: it may be none of ours
    link("unit", "units.id", nullable=True),
    Column("url", String(URL_CHARS), nullable=False),
    Column("title", Text, nullable=False),
    Column("reason", word(RefusalReason), nullable=False),
    Column("message", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("facts", Options),  # NULL in rows from before facts were kept
    Column("times", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Index(None, "channel", "url"),
    Index(None, "unit", "last_at"),
    Index(None, "channel", "last_at"),
    Index(None, "last_at"),
)


def add(tx: Transaction, refusal: Refusal) -> int:
    """Keep a refusal and return the number of its row: a new one, or that of the same refusal met before."""
    refusal = storable_record(refusal)
    refusal = replace(refusal, channel=refusal.channel[:ID_CHARS], url=fitting(refusal.url, INDEXED_BYTES))
    take_turn(tx, Turn.REFUSALS)
    c = REFUSALS.c
    names = ("channel", "url", "reason", "title", "message")
    same = and_(*(c[name] == getattr(refusal, name) for name in names))
    row = tx.first(select(c.number).where(same).order_by(c.number.desc()).limit(1))
    if row is not None:
        number = int(row[c.number])
        tx.change(update(REFUSALS).where(c.number == number).values(times=c.times + 1, last_at=refusal.at))
        return number
    new = insert(REFUSALS).values(**values_of(refusal, REFUSALS), times=1, last_at=refusal.at).returning(c.number)
    return int(tx.changed_rows(new)[0][c.number])


def recent(
    tx: Transaction, *, unit: UnitId | None = None, channel: str | None = None, limit: int = 50
) -> Sequence[FiledRefusal]:
    """Return the newest refusal of each address, the last met first."""
    c, newer = REFUSALS.c, REFUSALS.alias()
    is_later = or_(newer.c.last_at > c.last_at, and_(newer.c.last_at == c.last_at, newer.c.number > c.number))
    of_address = exists().where(newer.c.channel == c.channel, newer.c.url == c.url, is_later)
    query = select(REFUSALS).where(~of_address).order_by(c.last_at.desc(), c.number.desc()).limit(limit)
    if unit is not None:
        query = query.where(c.unit == unit)
    if channel is not None:
        query = query.where(c.channel == channel)
    return _filed(tx, query)


def newest_of(tx: Transaction, pages: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """Return, of each of these (channel, address) that was refused, the words of the newest refusal."""
    c = REFUSALS.c
    told: dict[tuple[str, str], str] = {}
    for start in range(0, len(pages), ADDRESSES_AT_ONCE):
        some = pages[start : start + ADDRESSES_AT_ONCE]
        asked = tuple_(c.channel, c.url).in_(some)
        query = select(c.channel, c.url, c.message).where(asked).order_by(c.last_at, c.number)
        told |= {(row[c.channel], row[c.url]): row[c.message] for row in tx.rows(query)}
    return told


def refused_since(
    tx: Transaction, channel: str, urls: Sequence[str], *, since: datetime, but: Sequence[RefusalReason] = ()
) -> set[str]:
    """Return those of the addresses that the channel was refused since then, for whatever reason `but` these."""
    c = REFUSALS.c
    refused: set[str] = set()
    for start in range(0, len(urls), ADDRESSES_AT_ONCE):
        some = urls[start : start + ADDRESSES_AT_ONCE]
        query = select(c.url).where(c.channel == channel, c.url.in_(some), c.last_at > since, c.reason.not_in(but))
        refused |= {row[c.url] for row in tx.rows(query)}
    return refused


def by_number(tx: Transaction, number: int) -> FiledRefusal | None:
    """Return the refusal of that number, whether or not its address was refused in other words since."""
    return next(iter(_filed(tx, select(REFUSALS).where(REFUSALS.c.number == number))), None)


def counts(tx: Transaction) -> Mapping[RefusalReason, int]:
    """Return how many refusals stand for each reason that occurs."""
    c = REFUSALS.c
    many = func.count().label("many")
    rows = tx.rows(select(c.reason, many).group_by(c.reason).order_by(many.desc(), c.reason))
    return {row[c.reason]: int(row["many"]) for row in rows}


def _filed(tx: Transaction, query: Select[tuple[object, ...]]) -> list[FiledRefusal]:
    return [record_of(FiledRefusal, row, REFUSALS) for row in tx.rows(query)]
