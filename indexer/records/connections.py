"""Connections of channels to platforms: one row a channel, one channel an account."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Column, Index, String, Table, Text, delete, select

from indexer.base.ids import ChannelId
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.records.columns import NAME_CHARS, Moment, Words, key, metadata, word
from indexer.records.database import Transaction
from indexer.records.mapping import record_of, values_of
from indexer.records.upserts import upsert

CONNECTIONS = Table(
    "connections",
    metadata,
    key("channel", of="channels.id"),
    Column("platform", word(Platform), nullable=False),
    Column("account", String(NAME_CHARS), nullable=False),
    Column("name", String(NAME_CHARS), nullable=False),
    Column("new_name", String(NAME_CHARS), nullable=False),
    Column("original_id", String(NAME_CHARS), nullable=False),
    Column("subject", String(NAME_CHARS), nullable=False),
    Column("rights", Words, nullable=False),
    Column("state", word(ConnectionState), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("callback_sealed", Text, nullable=False),
    Column("expires_at", Moment),
    Column("who", String(NAME_CHARS), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "platform", "account", unique=True),
)


def save(tx: Transaction, connection: Connection) -> None:
    """Write the connection of a channel, in place of the one it had. Raises IntegrityError: another has the account."""
    upsert(tx, CONNECTIONS, key={"channel": connection.channel}, values=values_of(connection, CONNECTIONS))


def connection(tx: Transaction, channel: ChannelId) -> Connection | None:
    """Return the connection of a channel."""
    return connections_of(tx, [channel]).get(channel)


def connections_of(tx: Transaction, channels: Sequence[ChannelId]) -> Mapping[ChannelId, Connection]:
    """Return the connections of these channels, in one query."""
    query = select(CONNECTIONS).where(CONNECTIONS.c.channel.in_(channels))
    return {found.channel: found for row in tx.rows(query) if (found := record_of(Connection, row, CONNECTIONS))}


def of_account(tx: Transaction, platform: Platform, account: str) -> Connection | None:
    """Return the connection of an account of a platform."""
    c = CONNECTIONS.c
    row = tx.first(select(CONNECTIONS).where(c.platform == platform, c.account == account))
    return record_of(Connection, row, CONNECTIONS) if row else None


def every(tx: Transaction) -> Sequence[Connection]:
    """Return all connections by channel."""
    return [
        record_of(Connection, row, CONNECTIONS) for row in tx.rows(select(CONNECTIONS).order_by(CONNECTIONS.c.channel))
    ]


def remove(tx: Transaction, channel: ChannelId) -> bool:
    """Forget the connection of a channel with its secrets; False where it had none."""
    return bool(tx.change(delete(CONNECTIONS).where(CONNECTIONS.c.channel == channel)))
