"""indexer.understanding.policies.around: where a match counts, and how much of it is marked."""

import re

import pytest

from config.policy import WordsRule
from config.rule_fields import Marked
from config.words import Severity
from indexer.understanding.policies.around import Around
from indexer.understanding.policies.parts import MOST_FINDINGS, Part


def kept(text: str, **more: object) -> list[str]:
    known: dict[str, object] = {"id": "r", "version": 1, "severity": Severity.LOW, "message": "看", "basis": "法"}
    rule = WordsRule(**(known | {"words": ("最",)} | more))
    spans = [match.span() for match in re.finditer("最", text)]
    return [text[start:end] for start, end in Around(rule).kept(Part(field="text", shown=text), spans)]


def test_nothing_around_is_asked_for_unless_the_rule_says_so() -> None:
    assert kept("最好。最坏") == ["最", "最"]
    assert kept("无") == []


def test_a_word_of_the_same_sentence_makes_it_harmless() -> None:
    assert kept("谨防最好的骗局。最好的课", unless=("谨防",)) == ["最"]
    assert kept("最好的课！谨防受骗", unless=("谨防",)) == ["最"]
    assert kept("最好的课，谨防受骗", unless=("谨防",)) == []


def test_an_expression_anywhere_in_the_part_makes_all_harmless() -> None:
    assert kept("最好。最坏。本报记者", unless_found=re.compile("记者")) == []


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        (Marked.FOUND, ["最", "最"]),
        (Marked.SENTENCE, ["最好的。", "最坏的\n"]),
        (Marked.PARAGRAPH, ["头。最好的。最坏的\n"]),
    ],
)
def test_what_an_editor_sees_marked_is_each_once(marked: Marked, shown: list[str]) -> None:
    assert kept("头。最好的。最坏的\n尾", marked=marked) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("头，最好的课。", ["最好的课"]),
        ("全场最好的课", ["全场最好的课"]),
        ("一，最好，最坏！", ["最好", "最坏"]),
        ("这一句很长很长很长所以只标出最字本身", ["最"]),
    ],
)
def test_a_short_clause_is_marked_without_its_sign_and_of_a_long_one_what_was_found(
    text: str, shown: list[str]
) -> None:
    assert kept(text, marked=Marked.CLAUSE) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("最好的课，九元", ["最"]),
        ("能最快见效，九元", ["最快见效"]),
        ("最快见效", ["最快见效"]),
        ("最快见效！最", ["最快见效", "最"]),
        ("最一二三四五六七八，九元", ["最一二三四五六七八"]),
        ("最一二三四五六七八九，十元", ["最"]),
        ("最好用吗？", ["最"]),
    ],
)
def test_a_phrase_is_marked_to_its_sign_where_that_is_near_and_no_particle_between(text: str, shown: list[str]) -> None:
    assert kept(text, marked=Marked.PHRASE) == shown


@pytest.mark.parametrize(("near", "is_possible"), [((), True), (("课",), True), (("元",), False)])
def test_without_a_word_asked_for_nothing_counts(near: tuple[str, ...], *, is_possible: bool) -> None:
    rule = WordsRule(id="r", version=1, severity=Severity.LOW, message="看", basis="法", words=("最",), near=near)

    assert Around(rule).is_possible(Part(field="text", shown="最好的课")) is is_possible


def test_a_bounded_number_is_kept() -> None:
    assert len(kept("最。" * 50)) == MOST_FINDINGS
