"""The last reads of each channel, one row each: what a diagnosis and a chart are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, Date, Float, Index, Integer, String, Table

from indexer.base.ids import ChannelId
from indexer.catalogue.troubles import RefusalReason
from indexer.records.columns import Moment, Options, key, link, metadata, word

KEPT = 30  # attempts of a channel

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One read of a channel.

    seconds: it took. new: items and versions it brought. listed: how many pieces its list named; None where no list was
    read (it did not change, or could not be read). newest: the latest day on the list. digest: of what the list named,
    the same while it names the same. reason, facts: of the trouble that it ended with, None where it worked.
    """

    id: str
    channel: ChannelId
    at: datetime
    seconds: float
    new: int = 0
    listed: int | None = None
    newest: date | None = None
    digest: str | None = None
    reason: RefusalReason | None = None
    facts: Mapping[str, str] | None = None
