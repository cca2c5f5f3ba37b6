"""Alarms of channels: opened once, closed when what they say is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Index, Table

from indexer.base.ids import ChannelId
from indexer.records.columns import Moment, Options, key, link, metadata, word


class AlarmKind(StrEnum):
    """What is wrong with a channel.

    error: it cannot be read. silent: it is read, and says nothing against its own rhythm. frozen: it answers, and what
    it answers stands still. ending: its authorisation ends soon. missing: the platform names pieces that are not here.
    """

    ERROR = "error"
    SILENT = "silent"
    FROZEN = "frozen"
    ENDING = "ending"
    MISSING = "missing"


CHANNEL_ALARMS = Table(
    "channel_alarms",
    metadata,
    key("id"),
    link("channel", "channels.id"),
    Column("kind", word(AlarmKind), nullable=False),
    Column("since", Moment, nullable=False),
    Column("facts", Options, nullable=False),
    Column("ended_at", Moment),
    Column("told_at", Moment),
    Index(None, "channel", "kind", "ended_at"),
    Index(None, "ended_at", "id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAlarm:
    """One alarm. facts: names of its words → what stands there. ended_at: None while it is open. told_at: by mail."""

    id: str
    channel: ChannelId
    kind: AlarmKind
    since: datetime
    facts: Mapping[str, str]
    ended_at: datetime | None = None
    told_at: datetime | None = None
