"""What came out on channels and when, as far as it is known: for their rhythm."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select

from indexer.base.ids import ChannelId
from indexer.records.database import Transaction
from indexer.records.items import ITEMS, NEWEST, VERSIONS


def published(tx: Transaction, channels: Iterable[ChannelId], *, since: datetime) -> Mapping[ChannelId, list[datetime]]:
    """Return when each piece of the channels came out since then: as its newest version says, else as it came here."""
    at, found = func.coalesce(VERSIONS.c.published_at, ITEMS.c.created_at), dict[ChannelId, list[datetime]]()
    query = select(ITEMS.c.channel, at.label("at")).join(VERSIONS, NEWEST)
    for row in tx.rows(query.where(ITEMS.c.channel.in_(set(channels)), at >= since)):
        found.setdefault(row[ITEMS.c.channel], []).append(row["at"])
    return found
