"""indexer.search.ranker.scoring: how well an item answers."""

import pytest

from indexer.base.ids import ItemId
from indexer.catalogue.facets import NO_VALUES
from indexer.search.engine import Held
from indexer.search.ranker.reading import read
from indexer.search.ranker.scoring import PASSAGE_CHARS, SCORED_CHARS, Rarity, rank

RARITY = Rarity(items=1000, holders={"月球": 500, "过夜": 3, "月食": 10})


def held(item: str, title: str, text: str = "", *, names: str = "", publication: int = 0) -> Held:
    return Held(
        item=ItemId(item),
        version=1,
        publication=publication,
        cluster=item,
        place=0,
        title=title,
        text=text,
        names=names,
        values=NO_VALUES,
    )


def order(typed: str, *items: Held) -> list[str]:
    return [one.held.item for one in rank(items, read(typed), RARITY)]


def test_an_exact_title_comes_first_then_the_phrase_in_a_title_then_in_a_text_then_words_apart() -> None:
    pieces = [
        held("apart", "月球", "能过夜 " * 9),
        held("text", "讲座", "讲月球过夜。"),
        held("names", "讲座", names="月球过夜社"),
        held("title", "月球，过夜！的历史"),
        held("exact", "月球过夜"),
    ]

    assert order("月球过夜", *pieces) == ["exact", "title", "text", "names", "apart"]


def test_what_stands_as_it_was_typed_comes_before_what_a_sign_parts() -> None:
    assert order("月食", held("parted", "蟹月，食之"), held("whole", "看月食")) == ["whole", "parted"]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    assert order("月球 过夜", held("common", "题", "月球" + "水" * 8), held("rare", "题", "过夜" + "水" * 8)) == [
        "rare",
        "common",
    ]


def test_a_word_in_the_title_weighs_more_and_so_does_a_shorter_text() -> None:
    assert order("过夜 月球", held("text", "水" * 9, "过夜"), held("title", "过夜" + "水" * 7, "水水"))[0] == "title"
    assert order("过夜 月球", held("long", "题", "过夜" + "水" * 500), held("short", "题", "过夜"))[0] == "short"


@pytest.mark.parametrize("before", [0, PASSAGE_CHARS // 2 - 3, PASSAGE_CHARS])
def test_what_stands_in_one_passage_weighs_more_than_what_is_scattered(before: int) -> None:
    scattered = "月球" + "水" * 2 * PASSAGE_CHARS + "过夜"
    near = ("水" * before + "月球人能过夜").ljust(len(scattered), "水")

    assert order("月球的过夜", held("scattered", "题", scattered, publication=9), held("near", "题", near))[0] == "near"


def test_where_a_word_meets_one_that_says_nothing_a_repeated_phrase_is_told() -> None:
    assert order("月球的过夜", held("other", "题", "月球在过夜"), held("same", "题", "过夜月球的"))[0] == "same"


def test_the_pairs_within_a_long_word_weigh_less_than_one_between_two_words() -> None:
    rarity = Rarity(items=1000, holders={"科技": 3, "技馆": 3, "馆月": 3, "月球": 3})
    pieces = [held("inner", "题", "科技水"), held("between", "题", "馆月水")]

    assert [one.held.item for one in rank(pieces, read("科技馆月球"), rarity)] == ["between", "inner"]


def test_the_score_of_an_item_is_the_same_in_whatever_order_items_come() -> None:
    pieces = [held(f"i{number}", "月食" * (number % 3), "过夜月球，" * number + "月球的") for number in range(40)]
    asked = read("月球的过夜与月食")

    forwards, backwards = rank(pieces, asked, RARITY), rank(pieces[::-1], asked, RARITY)

    assert [(one.held.item, one.score) for one in forwards] == [(one.held.item, one.score) for one in backwards]


def test_what_holds_everything_once_reaches_one() -> None:
    [only] = rank([held("all", "", "月球的过夜")], read("月球的过夜"), RARITY)

    assert only.reach == pytest.approx(1.0)
    assert only.share == 1.0


def test_of_equals_the_latest_comes_first_then_the_lower_item() -> None:
    pieces = [held("b", "月食", publication=1), held("a", "月食", publication=1), held("c", "月食", publication=2)]

    assert order("月食", *pieces) == ["c", "a", "b"]


def test_of_an_endless_text_the_beginning_is_looked_at() -> None:
    far = held("far", "题", "水" * SCORED_CHARS + "过夜")

    [only] = rank([far], read("过夜"), RARITY)

    assert only.score == 0


@pytest.mark.parametrize(("parts", "rarer"), [(["过夜"], ["月球"]), (["无"], ["过夜"]), (["月球", "过夜"], ["月食"])])
def test_the_rarest_part_tells_how_rare_a_term_is(parts: list[str], rarer: list[str]) -> None:
    assert RARITY.of(parts) > RARITY.of(rarer) > 0


def test_nothing_to_rank_is_nothing() -> None:
    assert rank([], read("月食"), RARITY) == []
