"""Word lists and expressions: what they find, what they leave."""

import re

import pytest

from config.policy import PatternRule, WordsRule
from config.rule_fields import Where
from config.words import Severity
from indexer.understanding.policies.parts import MOST_FINDINGS, Subject
from indexer.understanding.policies.patterns import PatternCheck
from indexer.understanding.policies.words import WordsCheck


def rule(**more: object) -> WordsRule:
    known: dict[str, object] = {"id": "r", "version": 3, "severity": Severity.LOW, "message": "看看", "basis": "法"}
    known |= {"where": (Where.TITLE, Where.TEXT)}
    return WordsRule(**(known | {"words": ("最高", "最高级")} | more))


def said(found: WordsRule, *, title: str = "", text: str = "") -> list[str]:
    return [finding.excerpt for finding in WordsCheck(found).findings(Subject(title=title, text=text))]


def test_a_finding_names_rule_version_field_and_span() -> None:
    subject = Subject(title="茶", text="这是最高级的茶")

    [finding] = WordsCheck(rule()).findings(subject)

    assert (finding.rule, finding.rule_version, finding.where, finding.message) == ("r", 3, "text", "看看")
    assert subject.text[finding.start : finding.end] == finding.excerpt == "最高级"


def test_a_word_inside_a_harmless_one_is_left() -> None:
    assert said(rule(except_in=("最高峰",)), text="世界最高峰，最高的山") == ["最高"]


@pytest.mark.parametrize(("gap", "expected"), [(4, ["最高"]), (5, [])], ids=["near", "far"])
def test_a_word_counts_only_near_another(gap: int, expected: list[str]) -> None:
    assert said(rule(near=("售价",), distance=4), text="最高" + "一" * gap + "售价") == expected


def test_a_near_word_inside_the_word_itself_is_no_neighbour() -> None:
    assert said(rule(words=("最优惠",), near=("优惠",)), text="最优惠的课") == []


def test_full_width_and_capitals_are_found_at_their_place() -> None:
    subject = Subject(title="加ＶX领取", text="")

    [finding] = WordsCheck(rule(words=("加vx",))).findings(subject)

    assert subject.title[finding.start : finding.end] == "加ＶX"


def test_the_tail_is_counted_in_the_whole_text() -> None:
    subject = Subject(title="", text="最高" + "。" * 50 + "最高")

    [finding] = WordsCheck(rule(where=(Where.TAIL,), tail_characters=50)).findings(subject)

    assert (finding.where, finding.start) == ("text", 52)


def test_body_and_tail_together_are_read_once() -> None:
    assert said(rule(where=(Where.TEXT, Where.TAIL)), text="最高") == ["最高"]


def test_a_word_repeated_without_end_is_found_a_bounded_number_of_times() -> None:
    assert len(said(rule(), text="最高" * 500)) == MOST_FINDINGS


def test_an_expression_finds_its_matches_and_no_empty_one() -> None:
    pattern = PatternRule(
        id="p",
        version=1,
        severity=Severity.LOW,
        message="看",
        basis="法",
        where=(Where.TITLE,),
        pattern=re.compile("[!！]*"),
    )

    found = PatternCheck(pattern).findings(Subject(title="快看！！", text=""))

    assert [(finding.start, finding.end) for finding in found] == [(2, 4)]


def test_words_are_found_in_title_and_text() -> None:
    subject = Subject(title="最高的山", text="更高、最高级")

    made = WordsCheck(rule()).findings(subject)

    assert [(one.where, one.start, one.end) for one in made] == [("title", 0, 2), ("text", 3, 6)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("世界最高峰", []), ("世界最高，峰顶", ["最高"]), ("最高峰最高", ["最高"]), ("ＶＩＰ最高峰", [])],
)
def test_only_the_whole_harmless_word_makes_a_word_harmless(text: str, expected: list[str]) -> None:
    assert said(rule(except_in=("最高峰",)), text=text) == expected


def test_whole_words_are_those_of_their_own_in_no_other_sense() -> None:
    whole = rule(words=("节水", "志愿"), whole=True)
    check = WordsCheck(whole, other_senses=("高考志愿",))
    text = "春节水果大促，节水知识。高考志愿，科技志愿"

    assert [one.start for one in check.findings(Subject(title="", text=text))] == [7, 19]


def test_a_disguised_word_is_found_beside_the_plain_one() -> None:
    assert said(rule(words=("刷单",), disguised=("spaced",)), text="刷单，刷.单。") == ["刷单", "刷.单"]
