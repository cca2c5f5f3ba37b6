"""What machines say of one version: its tags and the findings of its checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from config.words import Severity

# So that one of high severity outweighs any usual number of low ones, and so on.
WEIGHT: Mapping[Severity, int] = MappingProxyType(
    {Severity.HOLD: 1_000_000, Severity.HIGH: 10_000, Severity.LOW: 100, Severity.NOTE: 1}
)
MOST_WEIGHT = 10**9  # what a column of whole numbers holds


class Facet(StrEnum):
    """The taxonomy a tag belongs to."""

    TOPIC = "topic"
    AUDIENCE = "audience"
    ACTION = "action"
    FORM = "form"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A suggestion with a score (0 to 1) until an editor sets it; by: `machine`, or a user."""

    facet: Facet
    id: str
    score: float
    by: str = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What an automatic check said of one version.

    where: `title`, `text` or `links`. start, end: characters in that field, end excluded. message: for the editor.
    """

    rule: str
    rule_version: int
    severity: Severity
    where: str
    start: int
    end: int
    excerpt: str
    message: str


def weight_of(findings: Iterable[Finding]) -> int:
    """Return a number that is larger the more an editor should look at a version at once. Pure."""
    return min(sum(WEIGHT[finding.severity] for finding in findings), MOST_WEIGHT)
