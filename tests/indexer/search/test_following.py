"""indexer.search.following: what was taken back is neither found nor counted, though the index holds it still."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import clusters
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Decision, Move
from indexer.search.following import Following
from indexer.search.port import Found, SearchIndex
from indexer.search.publish import publish
from indexer.search.tantivy.index import TantivyIndex
from indexer.understanding.results import Facet, Tag
from tests.facets import query

IT = Tag(facet=Facet.TOPIC, id="it", score=0.9)
Decide = Callable[[Item, Move], Decision]


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    return TantivyIndex(tmp_path / "search")


@pytest.fixture
def reader(index: SearchIndex, database: Database) -> Following:
    return Following(index, database)


@pytest.fixture
def editor(make_user: Callable[..., User]) -> User:
    return make_user()


@pytest.fixture
def decide(editor: User, move_on: Callable[..., Decision]) -> Decide:
    return lambda item, move: move_on(item, move, who=editor)


@pytest.fixture
def published(
    database: Database, index: SearchIndex, make_item: Callable[..., Item], decide: Decide, now: datetime
) -> list[Item]:
    """Three pieces that the index holds; the second and the third are one piece, the second the original."""
    texts = ["月球的夜晚。", "月球的背面。", "（转自：示例日报）月球的背面。"]
    made = [make_item(url=f"http://a.example/{n}.html", text=text, tags=(IT,)) for n, text in enumerate(texts)]
    with database.transaction() as tx:
        clusters.move(tx, made[2].id, made[1].cluster)
    for item in made:
        decide(item, Move.APPROVE)
    while publish(database, index, now=now):
        pass
    return made


def told(found: Found) -> tuple[list[str], int, int]:
    return [hit.item for hit in found.hits], found.total, found.facets["topics"].get("it", 0)


def test_a_withdrawn_piece_is_neither_listed_nor_counted_before_the_index_follows(
    reader: Following, index: SearchIndex, published: list[Item], decide: Decide
) -> None:
    before = told(reader.find(query(text="月球")))
    decide(published[0], Move.WITHDRAW)

    assert (before[1:], told(index.find(query(text="月球")))[1:]) == ((2, 2), (2, 2))
    assert told(reader.find(query(text="月球"))) == ([published[1].id], 1, 1)
    assert told(reader.find(query(topics=("it",)))) == ([published[1].id], 1, 1)


def test_where_the_original_was_withdrawn_its_copy_stands_for_the_piece(
    reader: Following, published: list[Item], decide: Decide
) -> None:
    decide(published[1], Move.WITHDRAW)

    assert told(reader.find(query(text="背面"))) == ([published[2].id], 1, 1)


def test_a_piece_back_before_the_index_followed_is_found(
    reader: Following, published: list[Item], decide: Decide
) -> None:
    decide(published[0], Move.WITHDRAW)
    decide(published[0], Move.APPROVE)

    assert told(reader.find(query(text="夜晚"))) == ([published[0].id], 1, 1)


def test_a_newer_text_whose_approval_was_taken_back_is_not_found_by_its_words(
    database: Database,
    reader: Following,
    index: SearchIndex,
    published: list[Item],
    make_item: Callable[..., Item],
    decide: Decide,
    editor: User,
    now: datetime,
) -> None:
    make_item(url="http://a.example/0.html", text="新的秘密。", tags=(IT,))
    approval = decide(published[0], Move.APPROVE)
    publish(database, index, now=now)
    seen = told(reader.find(query(text="秘密")))

    desk.undo(database, item=published[0].id, decision=approval.id, who=editor, now=now)

    assert seen == ([published[0].id], 1, 1)
    assert index.find(query(text="秘密")).total == 1
    assert reader.find(query(text="秘密")).total == 0


def test_what_is_held_is_told_as_it_is(reader: Following, published: list[Item], decide: Decide) -> None:
    decide(published[0], Move.WITHDRAW)

    assert reader.held().keys() == {item.id for item in published}
