"""What is known of a channel's reads and alarms. Frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from indexer.base.ids import ChannelId
from indexer.catalogue.troubles import CASE, RefusalReason, Trouble

KEPT = 30  # attempts of a channel
LYING = "lying_304"  # case of an attempt that worked: the site said that nothing changed, and something had


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

    @property
    def trouble(self) -> Trouble | None:
        """The trouble that it ended with; None where it worked."""
        return Trouble(reason=self.reason, facts=self.facts or {}) if self.reason else None

    @property
    def is_lying(self) -> bool:
        """Whether the site said that its list had not changed, although it had."""
        return self.reason is None and (self.facts or {}).get(CASE) == LYING


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
