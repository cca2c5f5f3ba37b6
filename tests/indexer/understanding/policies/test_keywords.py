"""The exact-keyword rule on names."""

import pytest

from config.policy import NameRule
from config.words import Severity
from indexer.understanding.policies.keywords import NameCheck, counts, places
from indexer.understanding.policies.parts import Subject

RULE = NameRule(
    id="name",
    version=1,
    severity=Severity.NOTE,
    message="不计入",
    basis="法",
    contains="食品安全",
    hints=("食品之安全", "食安"),
)


@pytest.mark.parametrize("name", ["科普日“食品安全”活动", "主食品安全课", "食品安全"])
def test_a_name_that_holds_the_keyword_in_a_row_counts_and_has_no_finding(name: str) -> None:
    assert counts(RULE, name)
    assert NameCheck(RULE).findings(Subject(title=name, text="")) == []


@pytest.mark.parametrize(
    ("name", "excerpt"),
    [
        ("科普日食品之安全常识", "食品之安全"),
        ("食品 安全讲座", "食品 安全"),
        ("食品\u200b安全进校园", "食品\u200b安全"),
        ("“食品”“安全”", "食品”“安全"),
        ("食安北京", "食安"),
    ],
)
def test_a_name_that_misses_it_does_not_count_and_gets_a_hint(name: str, excerpt: str) -> None:
    [finding] = NameCheck(RULE).findings(Subject(title=name, text=""))

    assert not counts(RULE, name)
    assert (finding.where, finding.excerpt) == ("title", excerpt)


def test_the_body_neither_counts_nor_gets_a_hint() -> None:
    assert NameCheck(RULE).findings(Subject(title="秋季讲座", text="食品之安全常识")) == []


def test_every_place_of_the_keyword_is_known() -> None:
    assert places(RULE, "食品安全看食品安全") == [(0, 4), (5, 9)]
    assert places(RULE, "食品 安全") == []
