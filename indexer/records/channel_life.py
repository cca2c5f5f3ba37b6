"""What came out on channels and when, as far as it is known: for their rhythm, and for what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, exists, func, not_, select

from indexer.base.ids import ChannelId
from indexer.records.announced import ANNOUNCED, Announced
from indexer.records.database import Transaction
from indexer.records.items import ITEMS, NEWEST, VERSIONS
from indexer.records.mapping import record_of

IS_HELD = exists().where(ITEMS.c.key == ANNOUNCED.c.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Of what a platform announced of a channel: how many pieces it still shows, how many of them are here.

    missing: the others, the latest day first.
    """

    total: int
    held: int
    missing: Sequence[Announced]


def published(tx: Transaction, channels: Iterable[ChannelId], *, since: datetime) -> Mapping[ChannelId, list[datetime]]:
    """Return when each piece of the channels came out since then: as its newest version says, else as it came here."""
    at, found = func.coalesce(VERSIONS.c.published_at, ITEMS.c.created_at), dict[ChannelId, list[datetime]]()
    query = select(ITEMS.c.channel, at.label("at")).join(VERSIONS, NEWEST)
    for row in tx.rows(query.where(ITEMS.c.channel.in_(set(channels)), at >= since)):
        found.setdefault(row[ITEMS.c.channel], []).append(row["at"])
    return found


def announced(tx: Transaction, channels: Iterable[ChannelId], *, since: date) -> Mapping[ChannelId, Counted]:
    """Return what platforms announced of the channels from that day on, in two queries; nothing: no key."""
    c = ANNOUNCED.c
    of_these = and_(c.channel.in_(set(channels)), not_(c.is_gone), func.coalesce(c.day, since) >= since)
    totals = {
        row[c.channel]: int(row["many"])
        for row in tx.rows(select(c.channel, func.count().label("many")).where(of_these).group_by(c.channel))
    }
    missing = dict[ChannelId, list[Announced]]()
    unheld = select(ANNOUNCED).where(of_these, ~IS_HELD)
    for row in tx.rows(unheld.order_by(c.channel, c.day.desc(), c.number)):
        missing.setdefault(row[c.channel], []).append(record_of(Announced, row, ANNOUNCED))
    return {
        channel: Counted(total=total, held=total - len(missing.get(channel, ())), missing=missing.get(channel, ()))
        for channel, total in totals.items()
    }
