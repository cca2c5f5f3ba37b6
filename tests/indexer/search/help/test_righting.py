"""indexer.search.help.righting: an error in the middle of a longer query, told by what stands around it."""

import pytest

from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.righting import MOST_CHARS, Change, Righted, Righting

TITLES = (
    "流感季来了怎么办",
    "永定河的水",
    "旅馆里的昆虫",
    "荒漠化与治沙",
    "蟾蜍和青蛙",
    "岩芯库开放",
    "延庆的湿地观鸟",
)
RIGHTING = Righting(Known([Phrase(text=title, kind=Kind.TITLE) for title in TITLES]))


def first(typed: str) -> Righted | None:
    return next(iter(RIGHTING.righted(typed)), None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("小孩得了留感怎么治", "小孩得了流感怎么治"),  # of the same sound
        ("小孩得了硫感怎么治", "小孩得了流感怎么治"),  # that looks alike
        ("请问旅渐馆里有什么", "请问旅馆里有什么"),  # one too many
        ("昆昆虫吃什么", "昆虫吃什么"),  # twice
        ("哪里可以去湿观鸟", "哪里可以去湿地观鸟"),  # one missing
        ("什么是荒化漠", "什么是荒漠化"),  # two turned round
        ("蜍蟾有毒吗", "蟾蜍有毒吗"),
    ],
)
def test_an_error_of_every_kind_is_put_right_in_the_middle_of_a_question(typed: str, meant: str) -> None:
    righted = first(typed)

    assert righted is not None
    assert (righted.text, righted.is_sure) == (meant, True)


def test_two_errors_of_one_question_are_put_right() -> None:
    righted = first("小孩得了留感能去湿弟观鸟吗")

    assert righted is not None
    assert righted.text == "小孩得了流感能去湿地观鸟吗"
    assert len(righted.changes) == 2


def test_where_only_words_of_one_character_stand_it_is_not_sure() -> None:
    righted = first("请问永定地河在哪儿")

    assert righted is not None
    assert (righted.text, righted.is_sure) == ("请问永定河在哪儿", False)


def test_what_was_changed_is_told_with_what_stands_beside_it() -> None:
    righted = first("请问永定地河在哪儿")

    assert righted is not None
    assert righted.changes == (Change("定地河", "定河", "定地河"),)


@pytest.mark.parametrize("typed", ["孩子能看什么书", "秋天到底看什么鸟", "老人怎么去医院", "哪一位老师讲得好"])
def test_words_of_one_character_are_no_errors(typed: str) -> None:
    assert [one for one in RIGHTING.righted(typed) if one.is_sure] == []


@pytest.mark.parametrize("typed", ["", "感", "流感", "流" * (MOST_CHARS + 1), "saturn v", "🐼🐼🐼"])
def test_what_is_right_too_short_too_long_or_no_text_stays(typed: str) -> None:
    assert RIGHTING.righted(typed) == []


def test_nothing_is_put_right_by_nothing() -> None:
    assert Righting(Known([])).righted("小孩得了留感怎么治") == []
