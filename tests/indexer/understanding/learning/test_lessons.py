"""What corrected items teach: each facet that a person touched, whole, and nothing else."""

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest

from config.settings import SHIPPED
from config.taxonomy import load_taxonomy
from indexer.base.ids import ItemId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import items, understood
from indexer.records.database import Database
from indexer.understanding.corrections import Correction, correct
from indexer.understanding.learning.lessons import WEIGHT, corrected, of_items
from indexer.understanding.results import Facet, Tag

FACETS = frozenset(Facet)


def understand(database: Database, item: ItemId, *tags: Tag, now: datetime) -> None:
    with database.transaction() as tx:
        found = items.item(tx, item)
        assert found is not None
        vector = np.ones(3, dtype=np.float32).tobytes()
        understood.save(tx, item, 1, tags=tags, findings=(), vector=vector, embedder="m", cluster=found.cluster, at=now)


@pytest.fixture
def fix(database: Database, make_user: Callable[..., User], now: datetime) -> Callable[..., None]:
    taxonomy, by = load_taxonomy(SHIPPED / "taxonomy.yaml"), make_user().actor

    def correct_one(item: ItemId, *added: tuple[Facet, str]) -> None:
        correct(database, taxonomy, item=item, correction=Correction(added=frozenset(added)), by=by, now=now)

    return correct_one


def test_a_facet_that_was_touched_is_taught_whole(
    database: Database, make_item: Callable[..., Item], fix: Callable[..., None], now: datetime
) -> None:
    item, other = make_item().id, make_item(url="http://a.example/2.html", title="火星车").id
    said = [Tag(facet=Facet.TOPIC, id="it", score=0.6), Tag(facet=Facet.FORM, id="lecture", score=0.6)]
    for each in (item, other):
        understand(database, each, *said, now=now)
    fix(item, (Facet.TOPIC, "health"))

    with database.reading() as tx:
        found = corrected(tx, embedder="m", facets=FACETS)

    assert list(found.lessons) == [item]
    [lesson] = of_items(found.lessons, [item])
    assert lesson.tags == {Facet.TOPIC: {"it", "health"}}
    assert (lesson.weight, lesson.piece.vector.tolist()) == (WEIGHT, [1, 1, 1])


def test_without_a_vector_of_this_model_there_is_no_lesson(
    database: Database, make_item: Callable[..., Item], fix: Callable[..., None], now: datetime
) -> None:
    item = make_item().id
    understand(database, item, now=now)
    fix(item, (Facet.TOPIC, "health"))

    with database.reading() as tx:
        assert corrected(tx, embedder="n", facets=FACETS).without_vector == 1
        assert corrected(tx, embedder="m", facets=frozenset({Facet.FORM})).lessons == {}
