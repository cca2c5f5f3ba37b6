"""indexer.search.tantivy.query: terms and phrases only, so that nothing typed is ever parsed."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import tantivy

from indexer.catalogue.facets import Values
from indexer.catalogue.items import ItemKind
from indexer.search.chinese import characters
from indexer.search.engine import Base, Needle, Part
from indexer.search.tantivy.folder import schema
from indexer.search.tantivy.query import RUNS, QueryBuilder, every, plain, unscored, without
from indexer.search.terms import runs

DAY = datetime(2026, 9, 17, tzinfo=UTC)
SCHEMA = schema()
BUILDER = QueryBuilder(SCHEMA)
Holders = Callable[[Needle], set[str]]


@pytest.fixture(scope="module")
def index() -> tantivy.Index:
    """Four documents: their texts, topics, days, publications and places are told apart by number."""
    made = tantivy.Index(SCHEMA)
    writer = made.writer(num_threads=1)
    texts = ["月球车如何过夜", "月球的夜晚", "车展", "过夜须知：月球"]
    for number, text in enumerate(texts):
        document = tantivy.Document()
        document.add_text("item", f"i{number}")
        for length, name in RUNS.items():
            document.add_text(name, runs(characters(text), length))
        document.add_text("title_short", runs(text[:2], 2))
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


@pytest.fixture
def holders(index: tantivy.Index) -> Holders:
    return lambda needle: set(found(index, BUILDER.needle(needle)))


def test_a_needle_of_any_length_is_found_where_it_stands(holders: Holders) -> None:
    text = "月球车如何过夜"
    pieces = [text[start:end] for start in range(len(text)) for end in range(start + 1, len(text) + 1)]

    assert [needle for needle in pieces if "i0" not in holders(Needle(needle))] == []
    assert holders(Needle("球月")) == holders(Needle("月球夜")) == holders(Needle("月球车过夜")) == set()


def test_a_long_needle_is_looked_for_in_its_order_though_all_its_runs_stand(index: tantivy.Index) -> None:
    long = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    needle = BUILDER.needle(Needle(long + long[:9]))
    writer = index.writer(num_threads=1)
    for name, text in (("in order", f"水{long}{long[:9]}"), ("apart", f"{long}水{long[-2:]}{long[:9]}")):
        document = tantivy.Document()
        document.add_text("item", name)
        document.add_text("three", runs(text, 3))
        writer.add_document(document)
    writer.commit()
    index.reload()

    assert found(index, needle) == ["in order"]
    writer.delete_documents_by_term("item", "in order")
    writer.delete_documents_by_term("item", "apart")
    writer.commit()
    index.reload()


def test_a_part_is_looked_in_alone(holders: Holders) -> None:
    assert holders(Needle("月球")) == {"i0", "i1", "i3"}
    assert holders(Needle("月球", Part.TITLE)) == {"i0", "i1"}
    assert holders(Needle("月球", Part.NAMES)) == set()


def test_all_needles_must_stand_in_an_item_and_none_of_those_left_out(index: tantivy.Index) -> None:
    def texts(base: Base) -> set[str]:
        return set(found(index, every(BUILDER.text(base))))

    both = Base(needles=(Needle("月球"), Needle("过夜")))

    assert texts(both) == {"i0", "i3"}
    assert texts(Base(needles=both.needles, without=(Needle("须知"),))) == {"i0"}
    assert texts(Base(without=(Needle("月球"),))) == {"i2"}
    assert BUILDER.text(Base()) == []


@pytest.mark.parametrize("typed", ['"', "AND (", "title_short:月", "*", "[a TO b]", "\\"])
def test_nothing_typed_is_parsed(holders: Holders, typed: str) -> None:
    assert holders(Needle(typed)) == set()


def test_values_of_a_filter_are_joined_by_or_and_only_those_asked_for_are_filters(index: tantivy.Index) -> None:
    filters = BUILDER.filters(Base(filters=Values(topics=("t0", "t2"), units=("u",), kinds=(ItemKind.VIDEO,))))

    assert list(filters) == ["topics", "kinds", "units"]
    assert set(found(index, filters["topics"])) == {"i0", "i2"}
    assert found(index, every(filters.values())) == ["i2"]


def test_dates_bound_and_the_end_is_excluded(index: tantivy.Index) -> None:
    since, until = DAY.replace(second=1), DAY.replace(second=3)

    assert set(found(index, every(BUILDER.limits(Base(since=since, until=until))))) == {"i1", "i2"}
    assert set(found(index, every(BUILDER.limits(Base(since=since))))) == {"i1", "i2", "i3"}
    assert BUILDER.limits(Base()) == []


@pytest.mark.parametrize(("publication", "before"), [(2, {"i0", "i1"}), (-5, set()), (2**70, {"i0", "i1", "i2", "i3"})])
def test_a_list_is_read_on_below_a_publication(index: tantivy.Index, publication: int, before: set[str]) -> None:
    assert set(found(index, BUILDER.before(publication))) == before


def test_pieces_with_copies_are_told_from_those_without(index: tantivy.Index) -> None:
    assert set(found(index, BUILDER.shared(is_shared=True))) == {"i0", "i1"}
    assert set(found(index, BUILDER.shared(is_shared=False))) == {"i2", "i3"}


def test_originals_are_listed_with_those_that_stand_in(index: tantivy.Index) -> None:
    assert set(found(index, BUILDER.one_a_cluster([]))) == {"i0", "i2"}
    assert set(found(index, BUILDER.one_a_cluster([103]))) == {"i0", "i2", "i3"}


def test_items_are_left_out_by_their_keys(index: tantivy.Index) -> None:
    assert set(found(index, without(every(()), BUILDER.keys([100, 102])))) == {"i1", "i3"}


def test_no_query_means_all_items(index: tantivy.Index) -> None:
    assert len(found(index, every(()))) == 4
    assert len(found(index, unscored(every(())))) == 4


def test_half_a_character_does_not_reach_the_engine() -> None:
    assert plain("水\ud800") == "水?"
