"""indexer.search.rebuild: the whole index anew; what is decided meanwhile is put right after the swap."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search import rebuild as module
from indexer.search.publish import publish
from indexer.search.rebuild import rebuild
from indexer.search.tantivy.index import TantivyIndex


@pytest.fixture
def index(tmp_path: Path) -> TantivyIndex:
    return TantivyIndex(tmp_path / "search")


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
    database: Database, index: TantivyIndex, items: list[Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)

    assert list(rebuild(database, index)) == [2, 1]
    assert index.held().keys() == {item.id for item in items[:3]}


def test_what_is_published_while_it_runs_stands_in_the_new_index_too(
    database: Database,
    index: TantivyIndex,
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


def test_a_catalogue_without_a_public_piece_leaves_an_empty_index(
    database: Database, index: TantivyIndex, make_item: Callable[..., Item]
) -> None:
    make_item()
    list(rebuild(database, index))

    assert index.held() == {}
