"""What can be said of a channel's health: its conditions, whose business each is, and which alarm it rings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from indexer.catalogue.troubles import CASE, Trouble
from indexer.health.records import AlarmKind


class Condition(StrEnum):
    """How a channel stands, the worst first: a channel of several conditions is listed by the first of them.

    error: it cannot be read. ended: its authorisation is over. frozen, lying, stale: it answers, and what it answers is
    old. ending: its authorisation ends soon. missing: the platform names pieces that are not here. silent: it
    publishes nothing against its own rhythm. failing: as error, not for long. renamed: the platform calls it otherwise.
    waits: today's calls are spent. new: never read. off: not approved. pushed: nothing reads it by itself.
    """

    ERROR = "error"
    ENDED = "ended"
    FROZEN = "frozen"
    STALE = "stale"
    ENDING = "ending"
    MISSING = "missing"
    SILENT = "silent"
    LYING = "lying"
    FAILING = "failing"
    RENAMED = "renamed"
    WAITS = "waits"
    NEW = "new"
    OFF = "off"
    PUSHED = "pushed"
    GOOD = "good"


class Grade(StrEnum):
    """How much it matters: wrong wants a person; note is to be known; good is good."""

    GOOD = "good"
    NOTE = "note"
    WRONG = "wrong"


class Whose(StrEnum):
    """Who has something to do."""

    NOBODY = "nobody"
    UNIT = "unit"
    ORGANISER = "organiser"


C = Condition
ORDER: Mapping[Condition, int] = MappingProxyType({condition: place for place, condition in enumerate(Condition)})
RINGS: Mapping[Condition, AlarmKind] = MappingProxyType(
    {
        C.ERROR: AlarmKind.ERROR,
        C.ENDED: AlarmKind.ENDING,
        C.ENDING: AlarmKind.ENDING,
        C.FROZEN: AlarmKind.FROZEN,
        C.STALE: AlarmKind.FROZEN,
        C.LYING: AlarmKind.FROZEN,
        C.MISSING: AlarmKind.MISSING,
        C.SILENT: AlarmKind.SILENT,
    }
)
GRADES: Mapping[Condition, Grade] = MappingProxyType(
    {condition: Grade.WRONG if condition in RINGS else Grade.NOTE for condition in Condition}
    | {C.GOOD: Grade.GOOD, C.PUSHED: Grade.GOOD}
)
DISCONNECTED = "disconnected"  # case of ENDED: a person of ours ended it, which is no alarm


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One condition of a channel with its facts: names in `words.WORDS` → what stands there, times as in Beijing.

    trouble: what its last read ended with, whose words say what is to be done; None where the condition's own do.
    remark: the words of a read from before troubles were kept.
    """

    condition: Condition
    whose: Whose = Whose.NOBODY
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    trouble: Trouble | None = None
    remark: str = ""

    @property
    def case(self) -> str:
        """Which of a condition's words are meant; empty for its usual ones."""
        return self.facts.get(CASE, "")

    @property
    def alarm(self) -> AlarmKind | None:
        """The alarm that it rings."""
        return None if self.case == DISCONNECTED else RINGS.get(self.condition)

    @property
    def grade(self) -> Grade:
        """How much it matters."""
        return Grade.NOTE if self.case == DISCONNECTED else GRADES[self.condition]
