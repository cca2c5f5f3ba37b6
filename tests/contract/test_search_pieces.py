"""What every adapter of the SearchIndex port promises of a piece that has copies."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from indexer.base.ids import ClusterId, ItemId, UnitId
from indexer.search.port import Entry, Order, SearchIndex
from tests.facets import found, query

Make = Callable[..., Entry]
DAY = datetime(2026, 9, 17, 2, tzinfo=UTC)


@pytest.fixture
def copies(index: SearchIndex, make: Make) -> None:
    """Three copies of one piece, the original with words that no other has, and a piece without copies."""
    story = {"cluster": ClusterId("c1"), "shared": True}
    index.put([
        make("repost", "转载：月球车", "月球车的夜晚，馆藏", unit=UnitId("u2"), topics=("space",), place=1,
             publication=1, **story),
        make("second", "月球车", "月球车的夜晚", unit=UnitId("u3"), topics=("it",), place=2, publication=2, **story),
        make("original", "月球车原题", "月球车的夜晚", topics=("space",), published=DAY, publication=3, **story),
        make("alone", "火星车的夜晚", topics=("it",), publication=4, published=DAY),
    ])  # fmt: skip


@pytest.mark.usefixtures("copies")
@pytest.mark.parametrize(
    ("text", "filters", "shown"),
    [
        ("月球车原题", {}, ["original"]),
        ("月球车", {}, ["original"]),
        ("转载 月球车", {}, ["repost"]),
        ("馆藏", {"order": Order.NEWEST}, ["repost"]),
        ("夜晚", {"order": Order.NEWEST}, ["alone", "original"]),
        ("夜晚", {"units": (UnitId("u2"),)}, ["repost"]),
        ("夜晚", {"units": (UnitId("u3"), UnitId("u2"))}, ["repost"]),
        ("", {"topics": ("it",), "order": Order.NEWEST}, ["alone", "second"]),
        ("", {"since": DAY, "order": Order.NEWEST}, ["alone", "original"]),
        ("原题", {"units": (UnitId("u2"),)}, []),
    ],
)
def test_a_piece_is_found_by_any_of_its_copies_and_listed_once_by_the_most_original_that_matches(
    index: SearchIndex, text: str, filters: dict[str, object], shown: list[str]
) -> None:
    answer = index.find(query(text=text, **filters))

    assert [hit.item for hit in answer.hits] == shown
    assert answer.total == len(shown)


@pytest.mark.usefixtures("copies")
def test_reading_on_from_a_publication_meets_no_piece_twice(index: SearchIndex) -> None:
    first = index.find(query(text="夜晚", order=Order.NEWEST, limit=1))
    second = index.find(query(text="夜晚", order=Order.NEWEST, limit=1, before=first.hits[0].publication))
    third = index.find(query(text="夜晚", order=Order.NEWEST, limit=1, before=second.hits[0].publication))

    assert [[hit.item for hit in page.hits] for page in (first, second, third)] == [["alone"], ["original"], []]
    assert {page.total for page in (first, second, third)} == {2}


@pytest.mark.usefixtures("copies")
def test_all_copies_are_listed_where_they_are_asked_for(index: SearchIndex) -> None:
    answer = index.find(query(text="月球车", collapse=False))

    assert sorted(hit.item for hit in answer.hits) == ["original", "repost", "second"]
    assert answer.total == 3
    assert answer.facets["units"] == {"u1": 1, "u2": 1, "u3": 1}


@pytest.mark.usefixtures("copies")
@pytest.mark.parametrize("filters", [{}, {"topics": ("it",)}, {"units": (UnitId("u2"),), "topics": ("space",)}])
def test_the_count_of_a_value_is_what_choosing_it_would_list(index: SearchIndex, filters: dict[str, object]) -> None:
    facets = index.find(query(text="夜晚", **filters)).facets

    would_list = {
        name: {value: index.find(query(text="夜晚", **(filters | {name: (value,)}))).total for value in counts}
        for name, counts in facets.items()
    }
    assert facets == would_list


@pytest.mark.usefixtures("copies")
def test_facets_count_a_piece_once_a_value_though_several_copies_have_it(index: SearchIndex) -> None:
    facets = index.find(query(text="夜晚")).facets

    assert facets["topics"] == {"space": 1, "it": 2}
    assert facets["units"] == {"u1": 2, "u2": 1, "u3": 1}
    assert facets["kinds"] == {"article": 2}


def test_pages_of_pieces_with_copies_have_neither_repeats_nor_holes(index: SearchIndex, make: Make) -> None:
    index.put([
        make(f"i{number}-{copy}", f"讲座{number}", unit=UnitId(f"u{copy}"), cluster=ClusterId(f"c{number}"),
             shared=True, place=(copy + number) % 3, publication=number * 3 + copy)
        for number in range(11) for copy in range(3)
    ])  # fmt: skip

    for order in Order:
        for units in ((), (UnitId("u1"), UnitId("u2"))):
            pages = [
                index.find(query(text="讲座", units=units, order=order, offset=offset, limit=4)) for offset in (0, 4, 8)
            ]
            hits = [hit.item for page in pages for hit in page.hits]
            assert {page.total for page in pages} == {11}
            assert len(hits) == len(set(hits)) == len({hit.partition("-")[0] for hit in hits}) == 11


def test_a_copy_that_leaves_leaves_the_others_to_be_found(index: SearchIndex, make: Make) -> None:
    story = {"cluster": ClusterId("c1")}
    index.put([make("i1", "月球车", shared=True, **story), make("i2", "月球车", shared=True, place=1, **story)])

    index.remove([ItemId("i1")])
    index.put([make("i2", "月球车", **story)])

    assert found(index, "月球车") == ["i2"]
    assert index.find(query(text="月球车")).facets["units"] == {"u1": 1}
