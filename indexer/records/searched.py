"""How often the words of the catalogue were searched for, by day: nothing of who searched, or when on that day."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Column, Date, Index, Integer, String, Table, delete, func, select

from indexer.records.columns import metadata
from indexer.records.database import Transaction
from indexer.records.upserts import upsert

WORDS_CHARS = 40

SEARCHED = Table(
    "searched",
    metadata,
    Column("words", String(WORDS_CHARS), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("times", Integer, nullable=False),
    Index(None, "day"),
)


def add(tx: Transaction, day: date, times: Mapping[str, int]) -> None:
    """Count so many searches for each of these words more. words: at most WORDS_CHARS characters."""
    for words in sorted(times):  # in one order: of two who write at once one waits, and not each for the other
        more = {"times": SEARCHED.c.times + times[words]}
        upsert(tx, SEARCHED, key={"words": words, "day": day}, values=more, first={"times": times[words]})


def most_searched(tx: Transaction, *, since: date, least: int, limit: int) -> list[str]:
    """Return what was searched for as often as `least` since that day, the most often first."""
    c = SEARCHED.c
    often = func.sum(c.times)
    query = select(c.words).where(c.day >= since).group_by(c.words).having(often >= least)
    return [words for (words,) in tx.tuples(query.order_by(often.desc(), c.words).limit(limit))]


def forget(tx: Transaction, *, before: date) -> None:
    """Delete the counts of earlier days."""
    tx.change(delete(SEARCHED).where(SEARCHED.c.day < before))
