"""indexer.search.tantivy.query: terms and phrases only, so that nothing typed is ever parsed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tantivy

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.items import ItemKind
from indexer.search.chinese import asked, characters
from indexer.search.port import Query
from indexer.search.tantivy.folder import schema
from indexer.search.tantivy.index import TantivyIndex
from indexer.search.tantivy.query import QueryBuilder, every, plain, unscored
from tests.facets import entry as made_entry
from tests.facets import query as made_query

DAY = datetime(2026, 9, 17, tzinfo=UTC)
SCHEMA = schema()
BUILDER = QueryBuilder(SCHEMA)
FIVE = "望远镜 火山 珊瑚 台风 恐龙"
Put = Callable[..., TantivyIndex]


@pytest.fixture(scope="module")
def index() -> tantivy.Index:
    """Four documents: their texts, topics, days, publications and places are told apart by number."""
    made = tantivy.Index(SCHEMA)
    writer = made.writer(num_threads=1)
    texts = ["月球车如何过夜", "月球的夜晚", "车展", "过夜须知：月球"]
    for number, text in enumerate(texts):
        document = tantivy.Document()
        document.add_text("item", f"i{number}")
        document.add_text("title_chars", " ".join(characters(text)))
        document.add_text("title_words", " ".join(asked(text).words))
        document.add_text("topics", f"t{number}")
        document.add_text("units", "u")
        document.add_text("kinds", "video" if number == 2 else "article")
        document.add_integer("published", int(DAY.timestamp()) + number)
        document.add_integer("publication", number)
        document.add_integer("place", number % 2)
        document.add_integer("shared", int(number < 2))
        document.add_integer("key", 100 + number)
        writer.add_document(document)
    writer.commit()
    made.reload()
    return made


def found(index: tantivy.Index, query: tantivy.Query) -> list[str]:
    searcher = index.searcher()
    return [searcher.doc(address)["item"][0] for _, address in searcher.search(query, limit=10).hits]


def test_every_word_must_stand_in_a_row_of_characters(index: tantivy.Index) -> None:
    assert set(found(index, BUILDER.all_words(asked("月球")))) == {"i0", "i1", "i3"}
    assert set(found(index, BUILDER.all_words(asked("月球 过夜")))) == {"i0", "i3"}
    assert found(index, BUILDER.all_words(asked("球月"))) == []


@pytest.mark.parametrize("typed", ['"', "月球 AND (", "title_chars:月", "*", "[a TO b]", "\\", "\ud800"])
def test_nothing_typed_is_parsed(index: tantivy.Index, typed: str) -> None:
    words = asked(typed)
    query = BUILDER.most_words(words) if words.words else every(())

    assert len(found(index, query)) <= 4


def test_most_of_the_words_are_enough_for_a_long_question(index: tantivy.Index) -> None:
    assert "i0" in found(index, BUILDER.most_words(asked("月球车 过夜 恐龙")))
    assert "i2" not in found(index, BUILDER.most_words(asked("月球车 过夜 恐龙")))


def test_a_phrase_in_the_title_comes_before_words_that_stand_apart(index: tantivy.Index) -> None:
    wanted = asked("月球过夜")
    matching = BUILDER.most_words(wanted)

    assert found(index, BUILDER.scored(matching, asked("过夜须知")))[0] == "i3"


def test_values_of_a_filter_are_joined_by_or_and_only_those_asked_for_are_filters(index: tantivy.Index) -> None:
    filters = BUILDER.filters(made_query(topics=("t0", "t2"), units=("u",), kinds=(ItemKind.VIDEO,)))

    assert list(filters) == ["topics", "kinds", "units"]
    assert set(found(index, filters["topics"])) == {"i0", "i2"}
    assert found(index, every(filters.values())) == ["i2"]


def test_dates_bound_and_the_end_is_excluded(index: tantivy.Index) -> None:
    since, until = DAY.replace(second=1), DAY.replace(second=3)

    assert set(found(index, every(BUILDER.limits(Query(since=since, until=until))))) == {"i1", "i2"}
    assert set(found(index, every(BUILDER.limits(Query(since=since))))) == {"i1", "i2", "i3"}
    assert BUILDER.limits(Query()) == []


@pytest.mark.parametrize(("publication", "before"), [(2, {"i0", "i1"}), (-5, set()), (2**70, {"i0", "i1", "i2", "i3"})])
def test_a_list_is_read_on_below_a_publication(index: tantivy.Index, publication: int, before: set[str]) -> None:
    assert set(found(index, BUILDER.before(publication))) == before


def test_pieces_with_copies_are_told_from_those_without(index: tantivy.Index) -> None:
    assert set(found(index, BUILDER.shared(is_shared=True))) == {"i0", "i1"}
    assert set(found(index, BUILDER.shared(is_shared=False))) == {"i2", "i3"}


def test_originals_are_listed_with_those_that_stand_in(index: tantivy.Index) -> None:
    assert set(found(index, BUILDER.one_a_cluster([]))) == {"i0", "i2"}
    assert set(found(index, BUILDER.one_a_cluster([103]))) == {"i0", "i2", "i3"}


def test_no_query_means_all_items(index: tantivy.Index) -> None:
    assert len(found(index, every(()))) == 4
    assert len(found(index, unscored(every(())))) == 4


def test_half_a_character_does_not_reach_the_engine() -> None:
    assert plain("水\ud800") == "水?"


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """An index of items, each given as its title and text."""

    def made(**pieces: tuple[str, str]) -> TantivyIndex:
        index = TantivyIndex(tmp_path)
        index.put([
            made_entry(item=ItemId(item), version=1, title=title, text=text, unit="u1", unit_name="示例馆",
                  kind="article", cluster=ClusterId(item))
            for item, (title, text) in pieces.items()
        ])  # fmt: skip
        return index

    return made


def test_the_nearest_to_a_question_hold_at_least_three_of_its_five_words(put: Put) -> None:
    index = put(three=("讲座", "望远镜。火山。珊瑚。"), two=("讲座", "望远镜。火山。"))

    answer = index.find(Query(text=FIVE))

    assert [hit.item for hit in answer.hits] == ["three"]
    assert answer.is_nearest


def test_words_that_stand_apart_weigh_more_in_the_title(put: Put) -> None:
    words, other = "望远镜很大，天上的火山也不小。", "今日讲座和明日讲座各有一场。"
    index = put(text=(other, words), title=(words, other), again=(other, words))

    [first, *_] = index.find(Query(text="火山望远镜")).hits

    assert first.item == "title"


def test_a_filter_value_that_is_no_text_finds_nothing(put: Put) -> None:
    index = put(any=("讲座", "望远镜"))

    assert index.find(made_query(topics=("\ud800",))).total == 0
