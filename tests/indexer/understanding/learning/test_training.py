"""Training again: better or equal goes live by itself and says so, worse waits."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pytest

from config.settings import SHIPPED
from config.taxonomy import load_taxonomy
from indexer.base.changes import ChangeKind
from indexer.base.ids import ItemId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import items, ledger, tagger_versions, understood
from indexer.records.database import Database
from indexer.records.tagger_versions import Standing
from indexer.understanding.corrections import Correction, correct
from indexer.understanding.learning.live import LiveVersion
from indexer.understanding.learning.replay import is_held_back
from indexer.understanding.learning.training import NothingToLearn, train, waiting_corrections
from indexer.understanding.results import Facet
from indexer.understanding.tags.port import Lesson, Piece, Said, Tagger, TagSaid

HEALTH = (Facet.TOPIC, "health")


@dataclass
class Parrot:
    """A school whose pupils say of everything what they were told first; what ships says `shipped`."""

    shipped: str
    told: list[int] = field(default_factory=list)
    embedder: str = "m"

    def learn(self, lessons: Sequence[Lesson]) -> bytes:
        """Return the first topic of the first lesson."""
        self.told.append(len(lessons))
        return json.dumps(sorted(lessons[0].tags[Facet.TOPIC])).encode()

    def open(self, live: LiveVersion | None) -> Tagger:
        """Return who says it."""
        return Saying([self.shipped] if live is None else json.loads(live.weights))


class Saying:
    """Says these topics of every piece."""

    version = "saying"

    def __init__(self, topics: Sequence[str]) -> None:
        self._said = Said(tags=tuple(TagSaid(facet=Facet.TOPIC, id=id, confidence=1.0) for id in topics))

    def say(self, pieces: Sequence[Piece]) -> list[Said]:
        """Return it once a piece."""
        return [self._said] * len(pieces)


@pytest.fixture
def fix(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> Callable[..., ItemId]:
    """Take in a piece, understand it, and set its topic to health; gives its id."""
    taxonomy, by = load_taxonomy(SHIPPED / "taxonomy.yaml"), make_user().actor
    numbers = iter(range(100))

    def one() -> ItemId:
        number = next(numbers)
        item = make_item(url=f"http://a.example/{number}.html", title=f"第{number}篇")
        with database.transaction() as tx:
            found = items.item(tx, item.id)
            assert found is not None
            understood.save(
                tx,
                item.id,
                1,
                tags=(),
                findings=(),
                vector=np.ones(3, dtype=np.float32).tobytes(),
                embedder="m",
                cluster=found.cluster,
                at=now,
            )
        correct(database, taxonomy, item=item.id, correction=Correction(added=frozenset({HEALTH})), by=by, now=now)
        return item.id

    return one


def some(fix: Callable[..., ItemId]) -> list[ItemId]:
    """Correct pieces until some are held back and some are not."""
    made = [fix() for _ in range(3)]
    while len({is_held_back(item) for item in made}) < 2:
        made.append(fix())
    return made


def test_one_that_does_better_goes_live_and_the_ledger_says_so(
    database: Database, fix: Callable[..., ItemId], make_user: Callable[..., User], now: datetime
) -> None:
    made, school = some(fix), Parrot(shipped="it")
    assert waiting_corrections(database) == len(made)

    version = train(database, school, by=make_user("管理员").actor, now=now)

    assert (version.number, version.standing, version.score, version.score_before) == (1, Standing.LIVE, 1.0, 0.0)
    assert school.told == [version.lessons]
    assert version.lessons + version.held_back == len(made)
    assert waiting_corrections(database) == 0
    with database.reading() as tx:
        [row] = ledger.recent(tx, [ChangeKind.TAGGER_TRAINED], limit=9)
        assert tagger_versions.live(tx) == version
    assert (row.subject, row.who, row.facts["score"]) == ("1", "管理员", "1.000")


def test_one_that_does_worse_waits(
    database: Database, fix: Callable[..., ItemId], make_user: Callable[..., User], now: datetime
) -> None:
    some(fix)

    class Forgetful(Parrot):
        def learn(self, lessons: Sequence[Lesson]) -> bytes:
            """Return nothing at all."""
            return b"[]"

    version = train(database, Forgetful(shipped="health"), by=make_user("管理员").actor, now=now)

    assert (version.standing, version.score < version.score_before) == (Standing.WAITING, True)
    with database.reading() as tx:
        assert tagger_versions.live(tx) is None


def test_what_another_process_learned_meanwhile_is_not_learned_twice(
    database: Database, fix: Callable[..., ItemId], make_user: Callable[..., User], now: datetime
) -> None:
    some(fix)
    by, school = make_user("管理员").actor, Parrot(shipped="it")
    first = train(database, school, by=by, now=now)

    assert train(database, school, by=by, now=now, again=False) == first
    assert train(database, school, by=by, now=now).number == 2


def test_nothing_corrected_teaches_nothing(database: Database, make_user: Callable[..., User], now: datetime) -> None:
    with pytest.raises(NothingToLearn):
        train(database, Parrot(shipped="it"), by=make_user().actor, now=now)
