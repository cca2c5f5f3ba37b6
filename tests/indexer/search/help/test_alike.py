"""indexer.search.help.alike: what one character costs where another one was meant."""

import pytest

from indexer.search.help.alike import (
    LIKE_SOUND,
    LOOKS_ALIKE,
    SAME_SOUND,
    UNLIKE,
    exchanged,
    look_alike,
    look_alikes,
    taken_for,
)


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("镜", "镜", 0.0),
        ("境", "镜", SAME_SOUND),
        ("杳", "杏", LOOKS_ALIKE),
        ("星", "新", LIKE_SOUND),
        ("天", "地", UNLIKE),
    ],
)
def test_the_liker_two_characters_are_the_less_it_costs(typed: str, meant: str, cost: float) -> None:
    assert exchanged(typed, meant) == cost


@pytest.mark.parametrize(("one", "other"), [("末", "未"), ("鸟", "乌"), ("盗", "盔"), ("土", "士")])
def test_characters_that_are_mixed_up_by_eye_look_alike_both_ways(one: str, other: str) -> None:
    assert look_alike(one, other)
    assert look_alike(other, one)


def test_what_a_character_is_taken_for_sounds_or_looks_like_it() -> None:
    assert "杏" in taken_for("杳")
    assert "境" in taken_for("镜")
    assert "杳" not in taken_for("杳")
    assert set(look_alikes()["杳"]) <= taken_for("杳")
