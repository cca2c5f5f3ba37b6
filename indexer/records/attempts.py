"""The last reads of each channel, one row each: what a diagnosis and a chart are made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Date,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
)

from indexer.base.ids import ChannelId
from indexer.catalogue.troubles import RefusalReason
from indexer.health.records import KEPT, LYING, Attempt
from indexer.records.columns import Moment, Options, key, link, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of

ATTEMPTS = Table(
    "channel_attempts",
    metadata,
    key("id"),
    link("channel", "channels.id"),
    Column("at", Moment, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("new", Integer, nullable=False),
    Column("listed", Integer),
    Column("newest", Date),
    Column("digest", String(64)),
    Column("reason", word(RefusalReason)),
    Column("facts", Options),
    Index(None, "channel", "id"),
)


_LISTED = ATTEMPTS.alias()
# The index holds all that the inner query reads: to find where the newest end costs little, and it runs at every poll.
_BEYOND = delete(ATTEMPTS).where(
    ATTEMPTS.c.channel == bindparam("of"),
    ATTEMPTS.c.id
    <= select(ATTEMPTS.c.id)
    .where(ATTEMPTS.c.channel == bindparam("of"))
    .order_by(ATTEMPTS.c.id.desc())
    .limit(1)
    .offset(KEPT)
    .scalar_subquery(),
    # Else a list that is asked for often, and says 304 each time, would soon be unknown, and never be checked in full.
    ATTEMPTS.c.id
    != func.coalesce(
        select(_LISTED.c.id)
        .where(_LISTED.c.channel == bindparam("of"), _LISTED.c.digest.is_not(None))
        .order_by(_LISTED.c.id.desc())
        .limit(1)
        .scalar_subquery(),
        "",
    ),
)


def add(tx: Transaction, attempts: Sequence[Attempt]) -> None:
    """Write attempts, and forget those of their channels beyond the newest KEPT: two statements, however many.

    The last one that read the list whole is kept however old it is: `last_lists` knows it.
    """
    if not attempts:
        return
    tx.change(insert(ATTEMPTS), [values_of(attempt, ATTEMPTS) for attempt in attempts])
    tx.change(_BEYOND, [{"of": channel} for channel in sorted({attempt.channel for attempt in attempts})])


def of_channels(tx: Transaction, channels: Iterable[ChannelId]) -> Mapping[ChannelId, list[Attempt]]:
    """Return the last KEPT attempts of each of the channels, newest first, in one query; none: no key."""
    c, found = ATTEMPTS.c, dict[ChannelId, list[Attempt]]()
    for row in tx.rows(select(ATTEMPTS).where(c.channel.in_(set(channels))).order_by(c.id.desc())):
        own = found.setdefault(row[c.channel], [])
        if len(own) < KEPT:
            own.append(record_of(Attempt, row, ATTEMPTS))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class LastList:
    """A channel's list as it was read whole last. is_lying: of late its site said wrongly that it had not changed."""

    at: datetime
    digest: str
    is_lying: bool = False


def last_lists(tx: Transaction, channels: Iterable[ChannelId]) -> Mapping[ChannelId, LastList]:
    """Return of each of the channels the list as it was read whole last, in one query; none: no key."""
    c = ATTEMPTS.c
    is_of_these = and_(c.channel.in_(set(channels)), c.digest.is_not(None))
    newest = select(func.max(c.id)).where(is_of_these).group_by(c.channel)
    is_lying = and_(c.reason.is_(None), cast(c.facts, Text).contains(LYING))
    query = select(c.channel, c.at, c.digest, is_lying.label("is_lying")).where(
        is_of_these, or_(c.id.in_(newest), is_lying)
    )
    found, lying = dict[ChannelId, LastList](), set[ChannelId]()
    for row in tx.rows(query.order_by(c.id)):
        if row["is_lying"]:
            lying.add(row[c.channel])
        is_lying_now = row[c.channel] in lying
        found[row[c.channel]] = LastList(at=row[c.at], digest=row[c.digest], is_lying=is_lying_now)
    return found


def newest(tx: Transaction) -> Mapping[ChannelId, str]:
    """Return the id of the newest attempt of each channel that was read."""
    c, id = ATTEMPTS.c, func.max(ATTEMPTS.c.id).label("newest")
    return {row[c.channel]: row["newest"] for row in tx.rows(select(c.channel, id).group_by(c.channel))}
