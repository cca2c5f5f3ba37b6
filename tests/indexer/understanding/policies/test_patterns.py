"""indexer.understanding.policies.patterns: expressions of the deployment's rules."""

import re

from config.policy import PatternRule
from config.rule_fields import Marked, Where
from config.words import Severity
from indexer.understanding.policies.parts import MOST_FINDINGS, Subject
from indexer.understanding.policies.patterns import PatternCheck
from indexer.understanding.results import Finding


def found(pattern: str, text: str, *, near: tuple[str, ...] = (), title: str = "") -> list[tuple[str, int, int]]:
    rule = PatternRule(
        id="r",
        version=1,
        severity=Severity.LOW,
        message="示例",
        basis="示例依据",
        where=(Where.TITLE, Where.TEXT),
        tail_characters=100,
        pattern=re.compile(pattern),
        near=near,
        distance=4,
    )
    return [(each.where, each.start, each.end) for each in PatternCheck(rule).findings(Subject(title=title, text=text))]


def test_each_match_is_found_where_it_stands() -> None:
    assert found(r"\d+", "1 或 22", title="3") == [("title", 0, 1), ("text", 0, 1), ("text", 4, 6)]


def test_an_empty_match_is_none() -> None:
    assert found("x*", "axb") == [("text", 1, 2)]


def test_a_match_far_from_its_words_is_none() -> None:
    assert found(r"\d+", "编号 1，很远很远的 2", near=("编号",)) == [("text", 3, 4)]


def test_the_text_is_matched_as_it_is() -> None:
    assert found("a", "Ａ A a") == [("text", 4, 5)]


def check(pattern: str, *, near: tuple[str, ...] = (), distance: int = 3) -> PatternCheck:
    return PatternCheck(
        PatternRule(
            id="p", version=2, severity=Severity.LOW, message="看看", basis="示例依据", where=(Where.TITLE, Where.TEXT),
            pattern=re.compile(pattern), near=near, distance=distance,
        )
    )  # fmt: skip


def test_matches_are_found_in_title_and_text_as_whole_rows() -> None:
    found = check("加?微信").findings(Subject(title="加微信", text="请用微信"))

    assert found == [
        Finding(rule="p", rule_version=2, severity=Severity.LOW, where=where, start=start, end=end, excerpt=excerpt,
                message="看看")
        for where, start, end, excerpt in (("title", 0, 3, "加微信"), ("text", 2, 4, "微信"))
    ]  # fmt: skip


def test_a_match_counts_only_near_one_of_the_words() -> None:
    found = check("微信", near=("领取",)).findings(Subject(title="", text="微信一二三领取。" + "字" * 20 + "微信"))

    assert [one.start for one in found] == [0]


def test_a_match_repeated_without_end_is_found_a_bounded_number_of_times() -> None:
    assert len(check("微信").findings(Subject(title="微信", text="微信" * 100))) == 1 + MOST_FINDINGS


def test_further_expressions_find_too_and_matches_side_by_side_are_one_where_a_rule_joins_them() -> None:
    rule = PatternRule(
        id="p", version=1, severity=Severity.LOW, message="看", basis="例", pattern=re.compile("降压"),
        more=(re.compile("降糖"),),
    )  # fmt: skip
    subject = Subject(title="", text="能降压、降糖，孩子降压，不降糖")

    apart = PatternCheck(rule).findings(subject)
    joined = PatternCheck(rule.model_copy(update={"joined": True})).findings(subject)

    assert [one.excerpt for one in apart] == ["降压", "降糖", "降压", "降糖"]
    assert [one.excerpt for one in joined] == ["降压、降糖，孩子降压", "降糖"]


def test_phrases_that_come_to_stand_side_by_side_are_one() -> None:
    rule = PatternRule(
        id="p", version=1, severity=Severity.LOW, message="看看", basis="示例依据", where=(Where.TEXT,),
        pattern=re.compile("降[压糖]"), joined=True, marked=Marked.PHRASE,
    )  # fmt: skip
    found = PatternCheck(rule).findings(
        Subject(title="", text="降压见效很快的，九元。降压立刻见到效果、降糖也行，九元")
    )

    assert [one.excerpt for one in found] == ["降压", "降压立刻见到效果、降糖也行"]


def test_simplified_half_width_text_is_matched_with_its_capitals() -> None:
    found = check("AI生成").findings(Subject(title="", text="由ＡＩ生\u200b成，ai生成"))

    assert [(one.start, one.excerpt) for one in found] == [(1, "ＡＩ生\u200b成")]


def sure(text: str, *, joined: bool = False, once: bool = False) -> list[str]:
    rule = PatternRule(
        id="p", version=1, severity=Severity.LOW, message="看看", basis="示例依据", where=(Where.TEXT,),
        pattern=re.compile("治疗"), near=("床垫",), distance=4, unless=("医生",),
        sure=(re.compile("根治"), re.compile("治疗百病")), unless_sure=("骗",), joined=joined, once=once,
    )  # fmt: skip
    return [one.excerpt for one in PatternCheck(rule).findings(Subject(title="", text=text))]


def test_a_sure_match_needs_nothing_near_and_yields_to_its_own_exceptions_alone() -> None:
    assert sure("医生说能根治。治疗不好说。") == ["根治"]
    assert sure("说能根治的都是骗人。") == []
    assert sure("床垫治疗百病") == ["治疗百病"]


def test_of_a_sentence_only_the_first_place_is_marked_where_a_rule_asks_for_it() -> None:
    assert sure("床垫治疗，床垫治疗。床垫治疗", once=True) == ["治疗", "治疗"]
