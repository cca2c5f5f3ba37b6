"""indexer.search.help.rewriting: what may have been meant, and what may follow."""

import pytest

from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.rewriting import Correction, Help, Suggestion, Why
from indexer.search.help.synonyms import Synonyms

HELP = Help(
    Known(
        [
            Phrase(text="航空航天", kind=Kind.TOPIC, key="aerospace"),
            Phrase(text="示例天文馆", kind=Kind.UNIT, key="u1"),
            Phrase(text="食品安全进社区", kind=Kind.TITLE, key="i1"),
            Phrase(text="秋天的银杏什么时候变黄", kind=Kind.TITLE, key="i2"),
            Phrase(text="北京天文馆观测夜", kind=Kind.TITLE, key="i3"),
            Phrase(text="怎么", kind=Kind.WORD, count=9),
            Phrase(text="夜场", kind=Kind.WORD, count=2),
            Phrase(text="WiFi信号穿墙", kind=Kind.TITLE, key="i4"),
        ]
    ),
    Synonyms([["航天", "太空"]]),
)


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("spaq", "食品安全", Why.SPELLED),
        ("银杳什么时候变黄", "银杏什么时候变黄", Why.MISTYPED),
        ("银杳怎么观测", "银杏怎么观测", Why.MISTYPED),
        ("测也场", "测夜场", Why.MISTYPED),  # 也 may stand anywhere, but not between two that stand beside nothing
        ("tianwenguan guance", "天文馆观测", Why.SPELLED),
        ("guance shipin", "观测 食品", Why.SPELLED),
        ("太空", "航天", Why.SYNONYM),
        ("shípǐn ānquán", "食品安全", Why.SPELLED),
        ("shípǐnānquán", "食品安全", Why.SPELLED),
        ("shi2pin3 an1quan2", "食品安全", Why.SPELLED),
        ("shipin anqu", "食品安全", Why.SPELLED),  # still being typed
        ("sipinganquan", "食品安全", Why.SPELLED),  # as who mixes up s and sh, in and ing spells it
        ("食p安q", "食品安全", Why.SPELLED),
        ("天w馆", "天文馆", Why.SPELLED),
        ("WiFi信耗", "wifi信号", Why.MISTYPED),
        ("家里的WiFi信耗不好", "家里的wifi信号不好", Why.MISTYPED),
        ("银杳 -变黄", "银杏 -变黄", Why.MISTYPED),
        ("单位：示例馆 银杳", "银杏 单位:示例馆", Why.MISTYPED),
    ],
)
def test_a_query_is_put_right_as_a_whole_or_in_parts(typed: str, meant: str, why: Why) -> None:
    assert HELP.rewrite(typed)[0] == Correction(meant, why)


@pytest.mark.parametrize(
    "typed", ["", "   ", "食品安全", "银杏", "，。", "zzzz qqqq", "\u200b\u202e", "恐龙", "观测银的", "观测也展"]
)
def test_what_needs_no_help_or_cannot_be_helped_stays_as_it_is(typed: str) -> None:
    assert HELP.rewrite(typed) == []


def test_of_many_parts_only_the_first_are_put_right() -> None:
    [told] = HELP.rewrite("银杳甲 银杳乙 银杳丙 银杳丁")

    assert told.text == "银杏甲 银杏乙 银杏丙 银杳丁"


def test_no_more_is_told_than_asked_for_and_nothing_twice() -> None:
    told = [one.text for one in HELP.rewrite("tw", limit=2)]

    assert len(told) == len(set(told)) <= 2


def test_what_begins_so_is_suggested_names_before_titles() -> None:
    assert HELP.suggest("天文")[:2] == [
        Suggestion("示例天文馆", Kind.UNIT, "u1"),
        Suggestion("北京天文馆观测夜", Kind.TITLE, "i3"),
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ship", "食品"),
        ("sipin", "食品"),
        ("食品a", "食品安全进社区"),
        ("shípǐn", "食品"),
        ("银杳", "银杏"),
        ("hangk", "航空"),
    ],
)
def test_pinyin_and_errors_are_suggested_for_as_one_types(typed: str, first: str) -> None:
    assert HELP.suggest(typed)[0].text.startswith(first)


def test_nothing_typed_suggests_nothing() -> None:
    assert HELP.suggest(" ，") == []


@pytest.mark.parametrize("typed", ["的" * 5000, "a" * 5000, "shi " * 2000, "\ud800食品", "食\n品"])
def test_hostile_queries_are_answered(typed: str) -> None:
    assert isinstance(HELP.rewrite(typed), list)
    assert isinstance(HELP.suggest(typed), list)
