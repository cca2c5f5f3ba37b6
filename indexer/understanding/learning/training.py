"""Train the tagger again from what people corrected, try it on what was held back, and let it speak or wait."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import structlog

from config.errors import Refused
from indexer.base.actors import Actor
from indexer.base.changes import Change, ChangeKind, changed
from indexer.records import ledger, tagger_versions
from indexer.records.database import Database, Transaction
from indexer.records.tagger_versions import Standing, TaggerVersion
from indexer.records.turns import Turn, take_turn
from indexer.understanding.learning.lessons import corrected, of_items
from indexer.understanding.learning.live import LiveVersion, digest_of, live_version
from indexer.understanding.learning.replay import replay, split
from indexer.understanding.results import Facet
from indexer.understanding.tags.port import Lesson, Tagger

FACETS = frozenset(Facet) - {Facet.DISTRICT}  # districts are read, not learned
STANDING, SCORE, BEFORE, LESSONS = "standing", "score", "score_before", "lessons"  # facts of a row of the ledger
log = structlog.get_logger()


class School(Protocol):
    """Makes taggers, and reads them again. Both raise TaggerBroken."""

    embedder: str

    def learn(self, lessons: Sequence[Lesson]) -> bytes:
        """Return the tagger that these lessons teach together with those that ship, as it is stored."""
        ...

    def open(self, live: LiveVersion | None) -> Tagger:
        """Return a stored tagger; None: the one that ships."""
        ...


class NothingToLearn(Refused):
    """Nobody corrected a tag yet, or what was corrected has no vector of this model."""


def waiting_corrections(database: Database) -> int:
    """Return how many corrections no version of the tagger knows."""
    with database.reading() as tx:
        return ledger.count_after(tx, ChangeKind.TAGS_CORRECTED, _learned_to(tx))


def _learned_to(tx: Transaction) -> int:
    newest = tagger_versions.newest_first(tx, limit=1)
    return newest[0].learned_to if newest else 0


def train(database: Database, school: School, *, by: Actor, now: datetime, again: bool = True) -> TaggerVersion:
    """Train a version, and make it live where it is at least as good as the one that is, on items that neither saw.

    A quarter of the corrected items is held back: always the same ones, so nothing that is tried was ever learned. One
    that is worse waits for an administrator. Raises NothingToLearn, TaggerBroken.

    again: also where a version knows all corrections; else, where another process made one meanwhile, that is returned.
    """
    with database.reading() as tx:
        learned_to = ledger.last_number(tx, ChangeKind.TAGS_CORRECTED)
        given = corrected(tx, embedder=school.embedder, facets=FACETS)
    learned, held = split(given.lessons)
    if not learned:
        raise NothingToLearn("No corrected item to learn from: correct the tags of some at the desk.")
    before = live_version(database, embedder=school.embedder)
    weights = school.learn(of_items(given.lessons, learned))
    digest, tried = digest_of(weights), of_items(given.lessons, held)
    old = replay(school.open(before), tried)
    new = replay(school.open(LiveVersion(0, digest, weights)), tried)
    with database.transaction() as tx:
        take_turn(tx, Turn.RULES)
        if not again and _learned_to(tx) >= learned_to:
            return tagger_versions.newest_first(tx, limit=1)[0]
        made = TaggerVersion(
            number=tagger_versions.next_number(tx),
            standing=Standing.LIVE if new.f1 >= old.f1 else Standing.WAITING,
            embedder=school.embedder,
            digest=digest,
            lessons=len(learned),
            held_back=len(held),
            score=new.f1,
            score_before=old.f1,
            learned_to=learned_to,
            who=by.name,
            made_at=now,
        )
        tagger_versions.add(tx, made, weights=weights)
        ledger.append(tx, _trained(made, by=by))
    log.info("tagger_trained", version=made.number, standing=made.standing, score=made.score, before=made.score_before)
    return made


def _trained(made: TaggerVersion, *, by: Actor) -> Change:
    facts = {
        STANDING: made.standing.value,
        SCORE: f"{made.score:.3f}",
        BEFORE: f"{made.score_before:.3f}",
        LESSONS: str(made.lessons),
    }
    return changed(ChangeKind.TAGGER_TRAINED, str(made.number), facts, by=by, now=made.made_at)
