"""indexer.search.ranker.finding, on an engine that holds items in memory."""

import pytest

from indexer.search.engine import MOST_LISTED
from indexer.search.port import Found, Order
from indexer.search.ranker.finding import FEW, NOTHING, find, window
from indexer.search.ranker.whole import READ
from tests.facets import query
from tests.held import Memory, piece


def items(found: Found) -> list[str]:
    return [hit.item for hit in found.hits]


def test_what_holds_all_words_is_counted_exactly_and_the_phrase_comes_first() -> None:
    view = Memory([piece("a", "水", "过夜 与 月球"), piece("b", "水", "月球过夜"), piece("c", "月球")])

    found = find(view, query(text="月球 过夜"))

    assert (items(found), found.total, found.is_nearest, found.near) == (["b", "a"], 2, False, 0)


def test_where_no_item_holds_all_words_the_nearest_are_shown_and_it_is_said() -> None:
    view = Memory([piece("a", "月球过夜"), piece("b", "火山")])

    found = find(view, query(text="月球 过夜 恐龙"))

    assert (items(found), found.is_nearest, found.near) == (["a"], True, 1)


def test_a_sentence_that_few_items_hold_whole_shows_those_that_hold_most_of_it_after_them() -> None:
    view = Memory([piece("all", "月球车过夜要保温"), piece("most", "月球车过夜")])

    found = find(view, query(text="月球车过夜怎么保温"))

    assert (items(found), found.total, found.is_nearest, found.near) == (["all", "most"], 2, False, 1)


def test_of_a_sentence_that_many_hold_whole_only_those_are_counted() -> None:
    whole = [piece(f"i{number}", f"{number}月球车过夜要保温", publication=number) for number in range(FEW)]
    view = Memory([*whole, piece("most", "月球车过夜")])

    assert find(view, query(text="月球车过夜怎么保温")).total == FEW


def test_all_words_between_spaces_are_no_sentence() -> None:
    view = Memory([piece("all", "望远镜与月球车"), piece("one", "月球车")])

    assert items(find(view, query(text="望远镜 月球车"))) == ["all"]


def test_a_minus_word_and_a_filter_in_words_narrow() -> None:
    view = Memory([piece("a", "月食", names="甲馆"), piece("b", "月食", "红色", names="甲馆"), piece("c", "月食")])

    assert items(find(view, query(text="月食 -红色 单位:甲馆"))) == ["a"]


def test_what_only_looks_like_an_operator_is_found_as_text() -> None:
    view = Memory([piece("a", "单位：甲馆的人")])

    assert items(find(view, query(text="单位：甲馆"))) == ["a"]


@pytest.mark.parametrize(
    "typed",
    ["“疫苗流感”", '"疫苗流感"', "流感 -疫苗 -通告", "流感 单位:乙馆", "单位:乙馆", "标题:血压 流感", "流感 -“疫苗”"],
)
def test_nothing_goes_beyond_an_operator_where_it_leaves_nothing(typed: str) -> None:
    view = Memory([piece("a", "流感", "单位乙馆，疫苗，血压", names="甲馆"), piece("b", "流感的疫苗通告", "标题血压")])

    assert find(view, query(text=typed)).total == 0


@pytest.mark.parametrize("typed", ["，。", "\u200b", " - ", "“”"])
def test_signs_alone_find_nothing_and_ask_nobody(typed: str) -> None:
    view = Memory([piece("a", "月食")])

    assert find(view, query(text=typed)) == NOTHING
    assert view.asked == 0


def test_pages_go_on_after_the_ranked_ones_with_the_newest_and_repeat_nothing() -> None:
    count = READ + 30
    view = Memory([piece(f"i{number:03}", "月食", publication=number) for number in range(count)])

    pages = [find(view, query(text="月食", offset=offset, limit=20)) for offset in range(0, count, 20)]
    shown = [item for page in pages for item in items(page)]

    assert {page.total for page in pages} == {count}
    assert shown == [f"i{number:03}" for number in reversed(range(count))]


@pytest.mark.parametrize("leave", [0, 3, 19])
def test_a_page_goes_on_behind_what_the_one_before_ended_with_whatever_left_meanwhile(leave: int) -> None:
    pieces = [piece(f"i{number:03}", "月食", publication=number) for number in range(READ + 40)]
    shown: list[str] = []
    after: tuple[int, ...] = ()

    for offset in range(0, len(pieces), 20):
        found = find(Memory(pieces), query(text="月食", offset=offset, limit=20, after=after))
        shown += items(found)
        after = tuple(hit.publication for hit in found.hits[:-4:-1])
        pieces = [one for one in pieces if leave == 0 or one.item != shown[-1 - leave]]

    assert shown == [f"i{number:03}" for number in reversed(range(READ + 40))]


def test_a_page_of_the_nearest_goes_on_so_too() -> None:
    pieces = [piece(f"i{number}", "月球过夜", publication=number) for number in range(6)]

    found = find(Memory(pieces[:5]), query(text="月球 过夜 恐龙", offset=2, limit=2, after=(9, 4)))

    assert items(found) == ["i3", "i2"]


def test_no_list_is_read_beyond_its_bound() -> None:
    assert window(query(offset=10**15, limit=5)) == (MOST_LISTED, 0)
    assert window(query(offset=MOST_LISTED - 3, limit=20)) == (MOST_LISTED - 3, 3)
    assert window(query(offset=-5, limit=-1)) == (0, 0)


def test_the_newest_of_the_nearest_come_first_where_that_order_is_asked_for() -> None:
    view = Memory([piece("old", "月球过夜", publication=1), piece("new", "月球过夜了", publication=2)])

    found = find(view, query(text="月球 过夜 恐龙", order=Order.NEWEST))

    assert items(found) == ["new", "old"]
    assert items(find(view, query(text="月球 过夜 恐龙", before=2))) == ["old"]


def test_facets_of_the_nearest_are_counted_over_what_is_shown_each_without_its_own_filter() -> None:
    view = Memory([piece("a", "月球过夜", topics=("x",)), piece("b", "月球过夜", topics=("y",))])

    found = find(view, query(text="月球 过夜 恐龙", topics=("x",), counted=("topics", "kinds")))

    assert items(found) == ["a"]
    assert found.facets == {"topics": {"x": 1, "y": 1}, "kinds": {}}
