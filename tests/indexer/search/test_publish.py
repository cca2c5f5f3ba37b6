"""From decisions over the outbox to the index, and the index anew."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import clusters, outbox, understood
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search.port import IndexDown, Meant
from indexer.search.publish import publish
from indexer.search.rebuild import rebuild
from indexer.search.tantivy.index import TantivyIndex
from indexer.understanding.results import Facet, Tag
from tests.contract.meant import bytes_of, meaning
from tests.facets import query

MakeItem = Callable[..., Item]
Decide = Callable[..., Decision]


@pytest.fixture
def index(tmp_path: Path) -> TantivyIndex:
    return TantivyIndex(tmp_path / "search", lock_seconds=0.1)


@pytest.fixture
def decide(make_user: Callable[..., User], move_on: Callable[..., Decision]) -> Decide:
    editor = make_user()
    return lambda item, move: move_on(item, move, who=editor)


def waiting(database: Database) -> int:
    with database.reading() as tx:
        return outbox.depth(tx)


def test_an_approved_item_is_found_with_its_tags(
    database: Database, index: TantivyIndex, make_item: MakeItem, decide: Decide, now: datetime
) -> None:
    item = make_item(tags=(Tag(facet=Facet.TOPIC, id="it", score=0.9),))
    decide(item, Move.APPROVE)

    publish(database, index, now=now)

    found = index.find(query(text="月球车", topics=("it",)))
    assert [hit.item for hit in found.hits] == [item.id]
    assert waiting(database) == 0


def test_a_pending_item_never_reaches_the_index(
    database: Database, index: TantivyIndex, make_item: MakeItem, now: datetime
) -> None:
    make_item()

    publish(database, index, now=now)

    assert index.held() == {}


def test_a_withdrawn_item_leaves_the_index(
    database: Database, index: TantivyIndex, make_item: MakeItem, decide: Decide, now: datetime
) -> None:
    item = make_item()
    decide(item, Move.APPROVE)
    publish(database, index, now=now)
    decide(item, Move.WITHDRAW)

    publish(database, index, now=now)

    assert index.held() == {}


@pytest.fixture
def pair(database: Database, make_item: MakeItem) -> tuple[Item, Item]:
    """An original with words of its own, and a repost that was collected before it."""
    repost = make_item(url="http://a.example/art/2.html", title="转载：月球车", text="（转自：示例日报）月球的夜晚。")
    original = make_item(title="月球车原题", text="月球的夜晚。")
    with database.transaction() as tx:
        clusters.move(tx, original.id, repost.cluster)
    return original, repost


def listed(index: TantivyIndex, text: str = "月球") -> list[str]:
    return [hit.item for hit in index.find(query(text=text)).hits]


def test_an_original_approved_after_its_repost_is_found_by_its_own_title(
    database: Database, index: TantivyIndex, pair: tuple[Item, Item], decide: Decide, now: datetime
) -> None:
    original, repost = pair
    decide(repost, Move.APPROVE)
    publish(database, index, now=now)
    before = listed(index)
    decide(original, Move.APPROVE)
    publish(database, index, now=now)

    assert before == [repost.id]
    assert listed(index, "原题") == [original.id]
    assert listed(index) == [original.id]
    assert listed(index, "转载") == [repost.id]


def test_when_the_original_is_withdrawn_the_repost_is_listed(
    database: Database, index: TantivyIndex, pair: tuple[Item, Item], decide: Decide, now: datetime
) -> None:
    original, repost = pair
    decide(original, Move.APPROVE)
    decide(repost, Move.APPROVE)
    publish(database, index, now=now)
    before = listed(index)
    decide(original, Move.WITHDRAW)
    publish(database, index, now=now)

    assert before == [original.id]
    assert listed(index) == [repost.id]
    assert index.find(query(text="月球")).facets["units"] == {"unit-a": 1}


def test_an_edit_that_makes_another_copy_the_original_reaches_the_index_of_both(
    database: Database, index: TantivyIndex, pair: tuple[Item, Item], make_item: MakeItem, decide: Decide, now: datetime
) -> None:
    original, repost = pair
    decide(original, Move.APPROVE)
    decide(repost, Move.APPROVE)
    publish(database, index, now=now)
    make_item(url="http://a.example/art/2.html", title="月球车", text="月球的夜晚。")
    make_item(title="月球车原题", text="（转自：示例日报）月球的夜晚。")
    with database.transaction() as tx:
        for item in pair:
            clusters.move(tx, item.id, repost.cluster)
    decide(original, Move.APPROVE)
    decide(repost, Move.APPROVE)

    publish(database, index, now=now)

    assert listed(index) == [repost.id]


def test_a_copy_approved_while_the_index_is_built_anew_is_counted_with_the_others(
    database: Database, index: TantivyIndex, pair: tuple[Item, Item], decide: Decide
) -> None:
    original, repost = pair
    decide(original, Move.APPROVE)
    building = rebuild(database, index)
    next(building)
    decide(repost, Move.APPROVE)

    assert sum(building) == 0
    assert listed(index) == [original.id]
    assert index.find(query(text="月球")).total == 1


class LateDecision(TantivyIndex):
    """An index before whose first writing another process withdraws the item."""

    def __init__(self, folder: Path, withdraw: Callable[[], object]) -> None:
        super().__init__(folder)
        self._withdraw: Callable[[], object] | None = withdraw

    def put(self, entries: object) -> None:
        if self._withdraw is not None:
            self._withdraw()
            self._withdraw = None
        super().put(entries)  # type: ignore[arg-type]


def test_an_item_withdrawn_while_it_is_written_does_not_stay_in_the_index(
    database: Database, tmp_path: Path, make_item: MakeItem, decide: Decide, now: datetime
) -> None:
    item = make_item()
    decide(item, Move.APPROVE)
    index = LateDecision(tmp_path / "search", lambda: decide(item, Move.WITHDRAW))

    publish(database, index, now=now)

    assert index.held() == {}


def test_while_the_index_is_down_the_outbox_keeps_its_rows(
    database: Database, index: TantivyIndex, make_item: MakeItem, decide: Decide, tmp_path: Path, now: datetime
) -> None:
    decide(make_item(), Move.APPROVE)
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "current.json").write_text("broken")

    with pytest.raises(IndexDown, match="carnival reindex"):
        publish(database, index, now=now)

    assert waiting(database) == 1


def test_publishing_in_small_steps_empties_the_outbox(
    database: Database, index: TantivyIndex, make_item: MakeItem, decide: Decide, now: datetime
) -> None:
    for number in range(5):
        decide(make_item(url=f"http://a.example/art/{number}.html"), Move.APPROVE)

    steps = [publish(database, index, now=now, limit=2) for _ in range(4)]

    assert steps == [2, 2, 1, 0]
    assert len(index.held()) == 5


def test_a_rebuild_holds_exactly_what_is_public_and_mends_a_damaged_index(
    database: Database, index: TantivyIndex, make_item: MakeItem, decide: Decide, tmp_path: Path
) -> None:
    item = make_item()
    decide(item, Move.APPROVE)
    make_item(url="http://a.example/art/2.html")
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "current.json").write_text('{"schema": 0, "folder": "g-old"}')

    written = sum(rebuild(database, index))

    assert written == 1
    assert index.held() == {item.id: 1}


def test_what_is_published_or_built_anew_is_found_by_what_it_means(
    database: Database, make_item: MakeItem, decide: Decide, now: datetime, tmp_path: Path
) -> None:
    index, asked = TantivyIndex(tmp_path / "meant", meaning=meaning()), query(text="晚上在野外能不能睡觉")
    item, other = make_item(), make_item(url="http://a.example/art/2.html")
    with database.transaction() as tx:
        for one, vector, embedder in ((item, bytes_of("过夜"), "subjects"), (other, bytes_of("食品"), "another")):
            understood.save(
                tx, one.id, 1, tags=(), findings=(), vector=vector, embedder=embedder, cluster=one.cluster, at=now
            )
    for one in (item, other):
        decide(one, Move.APPROVE)

    publish(database, index, now=now)
    found = [index.find(asked)]
    list(rebuild(database, index))
    found.append(index.find(asked))

    assert [(one.meant, [hit.item for hit in one.hits]) for one in found] == [(Meant.MIXED, [item.id])] * 2
