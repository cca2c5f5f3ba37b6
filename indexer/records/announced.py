"""What a platform says that a channel published, whether we hold it or not: by it "7 of 9 collected" is said."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, Column, Date, Index, String, Table, Text

from indexer.base.ids import ChannelId
from indexer.catalogue.items import TITLE_CHARS, URL_CHARS
from indexer.records.columns import NAME_CHARS, Moment, key, metadata, word


class ToldBy(StrEnum):
    """Which answer of the platform named it first."""

    POLL = "poll"
    EVENT = "event"
    TOTALS = "totals"


ANNOUNCED = Table(
    "announced",
    metadata,
    key("channel", of="channels.id"),
    Column("number", String(NAME_CHARS), primary_key=True),
    Column("key", String(URL_CHARS)),
    Column("title", String(TITLE_CHARS), nullable=False),
    Column("url", String(URL_CHARS)),
    Column("day", Date),
    Column("told_by", word(ToldBy), nullable=False),
    Column("is_gone", Boolean, nullable=False),
    Column("why", Text),
    Column("at", Moment, nullable=False),
    Index(None, "channel", "day"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """One piece that the platform names.

    number: `mid_idx` where it is known, else what the platform calls it (`article_id#idx`). key: the canonical key of
    its address, by which it is found among the items; None where no address is known. day: of publication. is_gone:
    deleted or blocked at the platform. why: words, why it is not here, where that is known.
    """

    channel: ChannelId
    number: str
    key: str | None = None
    title: str = ""
    url: str | None = None
    day: date | None = None
    told_by: ToldBy
    is_gone: bool = False
    why: str | None = None
    at: datetime
