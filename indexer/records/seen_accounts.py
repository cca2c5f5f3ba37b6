"""WeChat accounts whose articles were pushed into a channel that does not know its account yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Integer, RowMapping, String, Table, UniqueConstraint, delete, func, select

from indexer.base.ids import ChannelId
from indexer.base.text import storable_record
from indexer.catalogue.items import URL_CHARS
from indexer.records.columns import ID_CHARS, NAME_CHARS, Moment, link, metadata
from indexer.records.database import Transaction
from indexer.records.upserts import upsert
from indexer.whitelist.wechat_accounts import WechatAccount

SHOWN = 5

SEEN_ACCOUNTS = Table(
    "seen_accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    link("channel", "channels.id"),
    Column("biz", String(ID_CHARS), nullable=False),
    Column("original_id", String(ID_CHARS), nullable=False),
    Column("name", String(NAME_CHARS), nullable=False),
    Column("url", String(URL_CHARS), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("channel", "biz", "original_id", "name"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenAccount:
    """An account that a pushed page named; url: the newest such page. It waits for a person to confirm it."""

    channel: ChannelId
    account: WechatAccount
    url: str
    at: datetime


def add_seen(tx: Transaction, seen: SeenAccount) -> None:
    """Keep what was seen; the same account again stays one row, with its newest page."""
    account = storable_record(seen.account)
    key = {
        "channel": seen.channel,
        "biz": account.biz[:ID_CHARS],
        "original_id": account.original_id[:ID_CHARS],
        "name": account.name[:NAME_CHARS],
    }
    upsert(tx, SEEN_ACCOUNTS, key=key, values={"url": seen.url, "at": seen.at})


def seen_of(tx: Transaction, channel: ChannelId) -> Sequence[SeenAccount]:
    """Return the accounts seen of a channel, newest first, at most SHOWN."""
    return seen_of_each(tx, [channel]).get(channel, [])


def seen_of_each(tx: Transaction, channels: Iterable[ChannelId]) -> dict[ChannelId, list[SeenAccount]]:
    """Return the accounts seen of each of the channels, newest first, at most SHOWN of one; none: no key."""
    c, found = SEEN_ACCOUNTS.c, dict[ChannelId, list[SeenAccount]]()
    place = func.row_number().over(partition_by=c.channel, order_by=(c.at.desc(), c.id.desc())).label("place")
    seen = select(SEEN_ACCOUNTS, place).where(c.channel.in_(list(channels))).subquery()
    newest = select(SEEN_ACCOUNTS).join(seen, seen.c.id == c.id).where(seen.c.place <= SHOWN)
    for row in tx.rows(newest.order_by(c.channel, seen.c.place)):
        found.setdefault(row[c.channel], []).append(_seen(row))
    return found


def forget_seen(tx: Transaction, channel: ChannelId) -> None:
    """Take the channel's rows away: a person has decided whose it is."""
    tx.change(delete(SEEN_ACCOUNTS).where(SEEN_ACCOUNTS.c.channel == channel))


def _seen(row: RowMapping) -> SeenAccount:
    c = SEEN_ACCOUNTS.c
    account = WechatAccount(biz=row[c.biz], original_id=row[c.original_id], name=row[c.name])
    return SeenAccount(channel=row[c.channel], account=account, url=row[c.url], at=row[c.at])
