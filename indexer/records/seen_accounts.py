"""WeChat accounts whose articles were pushed into a channel that does not know its account yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Integer, RowMapping, String, Table, UniqueConstraint, delete, insert, select, update

from indexer.items import URL_CHARS, ChannelId
from indexer.records.columns import ID_CHARS, NAME_CHARS, Moment, link
from indexer.records.database import Transaction
from indexer.records.tables import metadata
from indexer.texts import storable_record
from indexer.wechat_accounts import WechatAccount

SHOWN = 5

seen_accounts = Table(
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
    account, c = storable_record(seen.account), seen_accounts.c
    key = {
        "channel": seen.channel,
        "biz": account.biz[:ID_CHARS],
        "original_id": account.original_id[:ID_CHARS],
        "name": account.name[:NAME_CHARS],
    }
    newest = {"url": seen.url, "at": seen.at}
    if not tx.change(update(seen_accounts).where(*(c[name] == value for name, value in key.items())).values(newest)):
        tx.change(insert(seen_accounts).values(key | newest))


def seen_of(tx: Transaction, channel: ChannelId) -> Sequence[SeenAccount]:
    """Return the accounts seen of a channel, newest first, at most SHOWN."""
    c = seen_accounts.c
    query = select(seen_accounts).where(c.channel == channel).order_by(c.at.desc(), c.id.desc()).limit(SHOWN)
    return [_seen(row) for row in tx.rows(query)]


def forget_seen(tx: Transaction, channel: ChannelId) -> None:
    """Take the channel's rows away: a person has decided whose it is."""
    tx.change(delete(seen_accounts).where(seen_accounts.c.channel == channel))


def _seen(row: RowMapping) -> SeenAccount:
    c = seen_accounts.c
    account = WechatAccount(biz=row[c.biz], original_id=row[c.original_id], name=row[c.name])
    return SeenAccount(channel=row[c.channel], account=account, url=row[c.url], at=row[c.at])
