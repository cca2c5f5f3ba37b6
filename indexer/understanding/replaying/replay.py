"""Rules replayed over past decisions: what would be found now, what that flips, and whether editors thought so too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from config.policy import Policy
from indexer.base.ids import ItemId, UnitId
from indexer.records import understood
from indexer.records.database import Database
from indexer.records.decided import Decided, decided
from indexer.records.findings import findings_of
from indexer.review.records import Move
from indexer.understanding.policies.check import NO_MEANING, Meaning, make_ready
from indexer.understanding.results import Finding
from indexer.understanding.sayings import hosts_of, subject_of

DECISIONS = 1000  # looked at, the newest
SAMPLE = 10  # pieces of a rule that are shown
Key = tuple[ItemId, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A piece in which a rule finds something now, or did when it was checked. excerpt: empty where it no longer does.

    is_flip: it finds something and did not, or the other way round.
    """

    item: ItemId
    version: int
    title: str
    move: Move
    excerpt: str
    is_flip: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One rule over the pieces that were decided. refused: of the pieces, those kept from the public.

    found: pieces in which it finds something; right: of these, those refused. appears, vanishes: pieces that flip.
    """

    rule: str
    version: int
    pieces: int
    refused: int
    found: int
    right: int
    appears: int
    vanishes: int
    sample: tuple[Seen, ...]

    @property
    def precision(self) -> float | None:
        """Of the pieces that it marks, the part that was refused; None where it marks none."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Of the pieces that were refused, for whatever cause, the part that it marks; None where none was."""
        return self.right / self.refused if self.refused else None


def replay(
    database: Database, policy: Policy, *, limit: int = DECISIONS, meaning: Meaning = NO_MEANING
) -> list[Replayed]:
    """Return each rule of the policy over the last decisions, in the policy's order; nothing is written.

    limit: decisions looked at, the newest. meaning: of the rules by examples, which read the vectors that are kept of
    the items; without it they find nothing.
    """
    with database.reading() as tx:
        past, hosts = decided(tx, limit=limit), hosts_of(tx)
        items = {one.item.id for one in past}
        before, vectors = findings_of(tx, items), understood.vectors_of(tx, meaning.embedder, items)
    return replayed(policy, past, before=before, hosts=hosts, meaning=meaning, vectors=vectors)


def replayed(
    policy: Policy,
    past: Sequence[Decided],
    *,
    before: Mapping[Key, Iterable[Finding]],
    hosts: Mapping[UnitId, frozenset[str]],
    meaning: Meaning = NO_MEANING,
    vectors: Mapping[ItemId, bytes] = MappingProxyType({}),
) -> list[Replayed]:
    """Do the same over what was read. before: what each version's checks found when it was understood. Pure.

    vectors: of the items, float32.
    """
    plain = [(one.item.id, subject_of(one.version, hosts.get(one.item.unit, frozenset()))) for one in past]
    subjects = [
        replace(subject, vector=np.frombuffer(vectors[item], dtype=np.float32)) if item in vectors else subject
        for item, subject in plain
    ]
    said: list[Replayed] = []
    for rule, check in zip(policy.rules, make_ready(policy, meaning), strict=True):
        seen = []
        for one, subject in zip(past, subjects, strict=True):
            found = check.findings(subject)
            was_found = any(each.rule == rule.id for each in before.get((one.item.id, one.version.number), ()))
            if found or was_found:
                seen.append(_seen(one, found, is_flip=bool(found) != was_found))
        said.append(_counted(rule.id, rule.version, past, seen))
    return said


def _seen(one: Decided, found: Sequence[Finding], *, is_flip: bool) -> Seen:
    return Seen(
        item=one.item.id,
        version=one.version.number,
        title=one.version.title,
        move=one.move,
        excerpt=(found[0].excerpt or found[0].message) if found else "",
        is_flip=is_flip,
    )


def _counted(rule: str, version: int, past: Sequence[Decided], seen: Sequence[Seen]) -> Replayed:
    marked = [one for one in seen if one.excerpt]
    flips = [one for one in seen if one.is_flip]
    return Replayed(
        rule=rule,
        version=version,
        pieces=len(past),
        refused=sum(one.is_refused for one in past),
        found=len(marked),
        right=sum(one.move is not Move.APPROVE for one in marked),
        appears=sum(bool(one.excerpt) for one in flips),
        vanishes=sum(not one.excerpt for one in flips),
        sample=tuple(sorted(seen, key=lambda one: not one.is_flip)[:SAMPLE]),
    )
