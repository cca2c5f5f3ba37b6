"""indexer.search.help.mistyped: what stands one error away from what was typed."""

import pytest

from indexer.search.help.alike import LOOKS_ALIKE, SAME_SOUND, UNLIKE
from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.mistyped import ADDED, ADDED_AT_END, MISSING, SWAPPED, UNLIKE_AT_END, Typing, one_error

TITLES = (
    "银杏果为什么臭",
    "什么是碳达峰碳中和",
    "植物园温室夜游",
    "萤火虫之夜",
    "北京植物园的春天",
    "数字人民币钱包怎么用",
)
TYPING = Typing(Known([Phrase(text=title, kind=Kind.TITLE) for title in TITLES]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("银杳", "银杏"),
        ("杏银", "银杏"),
        ("檀达峰", "碳达峰"),
        ("植物温园室", "植物园温室"),
        ("萤虫之夜", "萤火虫之夜"),
        ("人民钱包", "人民币钱包"),
        ("植物园的温室夜游", "植物园温室夜游"),
        ("碳达锋", "碳达峰"),
    ],
)
def test_one_error_is_put_right(typed: str, meant: str) -> None:
    assert TYPING.meant(typed)[0].text == meant


@pytest.mark.parametrize("typed", ["", "银", "银杏", "，。！", "恐龙化石展", "天地", "银杏" * 30])
def test_what_stands_there_or_is_far_from_everything_means_nothing_else(typed: str) -> None:
    assert TYPING.meant(typed) == []


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("银杏树", "银杏树", None),
        ("望远境", "望远镜", SAME_SOUND),
        ("银杳树", "银杏树", LOOKS_ALIKE),
        ("望天镜", "望远镜", UNLIKE),
        ("望远天", "望远镜", UNLIKE_AT_END),
        ("望镜远", "望远镜", SWAPPED),
        ("望镜", "望远镜", MISSING),
        ("望远", "望远镜", None),
        ("望远远镜", "望远镜", ADDED),
        ("望远镜天", "望远镜", ADDED_AT_END),
        ("天地人", "望远镜", None),
    ],
)
def test_an_error_costs_what_it_is_and_two_are_none(typed: str, meant: str, cost: float | None) -> None:
    assert one_error(typed, meant) == cost
