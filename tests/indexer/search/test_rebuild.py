"""indexer.search.rebuild: the whole index anew; what is decided meanwhile is put right after the swap."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from config.settings import SHIPPED
from config.taxonomy import Taxonomy, load_taxonomy
from indexer.base.actors import Actor, ActorKind
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import clusters
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search import rebuild as module
from indexer.search.port import SearchIndex
from indexer.search.publish import publish
from indexer.search.rebuild import rebuild
from indexer.search.tantivy.index import TantivyIndex
from indexer.understanding.corrections import Correction, correct
from indexer.understanding.results import Facet
from tests.engines import ENGINES, empty_index
from tests.facets import query


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    return TantivyIndex(tmp_path / "search")


@pytest.fixture(params=ENGINES)
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchIndex]:
    """An index of each engine."""
    with empty_index(request.param, tmp_path / "search") as made:
        yield made


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(SHIPPED / "taxonomy.yaml")


@pytest.fixture
def decide(move_on: Callable[..., Decision], make_user: Callable[..., User]) -> Callable[..., None]:
    user = make_user()

    def make(item: Item, move: Move) -> None:
        move_on(item, move, who=user)

    return make


@pytest.fixture
def items(make_item: Callable[..., Item], decide: Callable[..., None]) -> list[Item]:
    """Three public pieces and one that waits."""
    made = [make_item(url=f"http://a.example/{n}.html", title=f"第{n}篇", text=f"正文{n}" * 9) for n in range(4)]
    for item in made[:3]:
        decide(item, Move.APPROVE)
    return made


def test_only_what_is_public_is_written_a_batch_at_a_time(
    database: Database, index: SearchIndex, items: list[Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)

    assert list(rebuild(database, index)) == [2, 1]
    assert index.held().keys() == {item.id for item in items[:3]}


def test_what_is_published_while_it_runs_stands_in_the_new_index_too(
    database: Database,
    index: SearchIndex,
    items: list[Item],
    decide: Callable[..., None],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "BATCH", 1)
    steps = rebuild(database, index)
    next(steps)
    decide(items[0], Move.WITHDRAW)
    publish(database, index, now=now)
    list(steps)

    assert index.held().keys() == {item.id for item in items[1:3]}


def test_tags_texts_copies_and_decisions_that_change_while_it_runs_stand_in_the_new_index(
    database: Database,
    either: SearchIndex,
    items: list[Item],
    make_item: Callable[..., Item],
    decide: Callable[..., None],
    taxonomy: Taxonomy,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether a piece was written already or comes later, and whether the change was published meanwhile or not."""
    monkeypatch.setattr(module, "BATCH", 1)
    correction = Correction(added=frozenset({(Facet.TOPIC, "it")}), removed=frozenset())
    by = Actor(kind=ActorKind.OPERATOR, name="示例", id="example")

    steps = rebuild(database, either)
    next(steps)
    correct(database, taxonomy, item=items[0].id, correction=correction, by=by, now=now)
    correct(database, taxonomy, item=items[2].id, correction=correction, by=by, now=now)
    publish(database, either, now=now)
    make_item(url="http://a.example/0.html", title="新题", text="改过的正文" * 9)
    decide(items[0], Move.APPROVE)
    decide(items[1], Move.WITHDRAW)
    decide(items[3], Move.APPROVE)
    with database.transaction() as tx:
        clusters.move(tx, items[3].id, items[2].cluster)
    publish(database, either, now=now)
    correct(database, taxonomy, item=items[3].id, correction=correction, by=by, now=now)
    list(steps)
    before = either.find(query(topics=("it",)))
    publish(database, either, now=now)

    assert either.held() == {items[0].id: 2, items[2].id: 1, items[3].id: 1}
    assert [hit.item for hit in either.find(query(text="改过")).hits] == [items[0].id]
    assert before.total == 2
    assert (either.find(query()).total, either.find(query(topics=("it",))).total) == (2, 2)
    assert either.find(query(topics=("it",), collapse=False)).total == 3


def test_a_catalogue_without_a_public_piece_leaves_an_empty_index(
    database: Database, index: SearchIndex, make_item: Callable[..., Item]
) -> None:
    make_item()
    list(rebuild(database, index))

    assert index.held() == {}
