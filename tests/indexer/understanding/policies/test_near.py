"""indexer.understanding.policies.near: whether a word stands close to a span."""

import pytest

from indexer.understanding.policies.near import Nearness, Words


def has(text: str, span: str, words: tuple[str, ...] = ("手机",), distance: int = 3) -> bool:
    near = Nearness(words, distance=distance)
    start = text.index(span)
    return near.has((start, start + len(span)), near.spans(text))


@pytest.mark.parametrize(
    ("text", "is_near"),
    [
        ("手机：139", True),
        ("手机号是：139", True),
        ("手机号码是：139", False),
        ("139是手机", True),
        ("139", False),
    ],
)
def test_the_distance_is_counted_between_the_nearest_ends_on_either_side(text: str, *, is_near: bool) -> None:
    assert has(text, "139") is is_near


def test_all_places_of_all_words_are_known_overlapping_ones_too() -> None:
    words = Words(("优惠", "最优", "ＡＢ"))

    assert words.spans("最优惠ab最优") == [(0, 2), (1, 3), (3, 5), (5, 7)]
    assert words.longest == 2


def test_a_text_without_the_words_cannot_have_one_near() -> None:
    assert Nearness(("元",), distance=3).is_possible("一元")
    assert not Nearness(("元",), distance=3).is_possible("一角")
    assert Nearness((), distance=3).is_possible("")


def test_no_words_stand_nowhere() -> None:
    words = Words(())

    assert (words.spans("最优惠"), words.longest) == ([], 0)


@pytest.mark.parametrize(
    ("first", "last", "held"),
    [
        (4, 5, [(2, 4), (5, 7)]),
        (7, 7, [(5, 7)]),
        (7, 8, [(5, 7), (8, 10)]),
        (0, 0, []),
        (20, 30, []),
        (0, 30, [(2, 4), (5, 7), (8, 10)]),
    ],
)
def test_only_places_that_may_touch_the_characters_are_looked_at(
    first: int, last: int, held: list[tuple[int, int]]
) -> None:
    assert list(Words(("优惠",)).between([(2, 4), (5, 7), (8, 10)], first, last)) == held


@pytest.mark.parametrize(
    ("span", "is_near"),
    [((14, 16), True), ((15, 17), False), ((6, 8), True), ((5, 7), False), ((9, 11), True), ((11, 13), True)],
    ids=["behind", "far_behind", "before", "far_before", "overlapping_its_begin", "overlapping_its_end"],
)
def test_a_span_is_near_where_at_most_so_many_characters_lie_between(span: tuple[int, int], is_near: bool) -> None:
    near = Nearness(("售价",), distance=2)

    assert near.has(span, near.spans("字" * 10 + "售价" + "字" * 10)) is is_near


def test_a_word_inside_the_span_does_not_count_and_without_words_everything_is_near() -> None:
    near, always = Nearness(("售价",), distance=9), Nearness((), distance=0)

    assert not near.has((0, 5), near.spans("字售价字字"))
    assert not near.has((0, 5), near.spans("售价字字字"))
    assert not near.has((0, 5), near.spans("字字字售价"))
    assert always.has((0, 5), [])
    assert always.spans("售价") == []
