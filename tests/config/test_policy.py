"""config.policy: the shipped rules, and rules that are refused."""

from pathlib import Path

import pytest

from config.errors import ConfigRefused
from config.policy import PatternRule, Policy, load_policy
from config.rule_fields import Where
from config.settings import SHIPPED
from config.words import Severity


@pytest.fixture(scope="module")
def policy() -> Policy:
    """The shipped one."""
    return load_policy(SHIPPED / "policy.yaml")


def test_every_rule_names_its_basis_a_message_and_a_version(policy: Policy) -> None:
    assert [rule.id for rule in policy.rules if not (rule.basis and rule.message and rule.version >= 1)] == []


def test_every_rule_carries_examples_of_both_kinds(policy: Policy) -> None:
    assert [rule.id for rule in policy.rules if not (rule.finds and rule.passes)] == []


def test_superlatives_speak_softly_and_only_beside_a_sale(policy: Policy) -> None:
    rule = next(rule for rule in policy.rules if rule.id == "ad-superlative")

    assert isinstance(rule, PatternRule)
    assert rule.severity is Severity.LOW
    assert "价格" in rule.near


RULE = "version: 1\nrules:\n  - {id: r, version: 1, kind: %s, severity: low, message: m, basis: b, %s}\n"


@pytest.mark.parametrize(
    ("kind", "rest", "message"),
    [
        ("words", "words: [最高], except_in: [高峰]", "'高峰' holds none of the words"),
        ("pattern", "pattern: 12", "12 is no text"),
        ("links", "hosts: [Www.example.cn]", "is no host name"),
        ("name", "contains: 食品安全, hint: [食安]", "Did you mean `hints`"),
        ("name, kind2: 1", "contains: x", "is no known key"),
        ("words", "words: [刷单], disguised: [smell]", "is not known here"),
        ("words", "words: [刷单], unless_found: '('", "is no regular expression"),
        ("pattern", "pattern: a, more: ['(a+)+']", "can run without end"),
        ("personal", "looks_for: fax", "is not known here"),
        ("shop", "hosts: [https://shop.example]", "is no host name"),
        ("mark", "marks: [科普]", "at least 4 characters"),
        ("structure", "looks_for: no-sense", "is not known here"),
    ],
)
def test_a_wrong_rule_is_refused_in_plain_words(kind: str, rest: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(RULE % (kind, rest), encoding="utf-8")

    with pytest.raises(ConfigRefused, match=message):
        load_policy(tmp_path / "p.yaml")


def test_an_id_that_stands_twice_is_said_beside_the_other_faults(tmp_path: Path) -> None:
    twice = RULE % ("name", "contains: x") + "  - {id: r, version: 0, kind: name}\n"
    (tmp_path / "p.yaml").write_text(twice, encoding="utf-8")

    with pytest.raises(ConfigRefused) as refused:
        load_policy(tmp_path / "p.yaml")

    assert [problem.field for problem in refused.value.problems][-1] == "rules[1].id"
    assert "rules[1].severity" in {problem.field for problem in refused.value.problems}


def test_an_expression_is_compiled_once_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(RULE % ("pattern", "pattern: ' a[0-9] '"), encoding="utf-8")

    (rule,) = load_policy(tmp_path / "p.yaml").rules

    assert isinstance(rule, PatternRule)
    assert (rule.pattern.pattern, rule.where) == ("a[0-9]", (Where.TITLE, Where.TEXT))


def test_a_rule_that_cannot_compile_is_named_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(RULE % ("pattern", "pattern: 'a('"), encoding="utf-8")

    with pytest.raises(ConfigRefused) as refused:
        load_policy(tmp_path / "p.yaml")

    assert [(problem.file[-6:], problem.line, problem.field) for problem in refused.value.problems] == [
        ("p.yaml", 3, "rules[0].pattern")
    ]


def test_other_senses_are_the_files(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("version: 1\nother_senses: [高考志愿]\n", encoding="utf-8")

    assert load_policy(tmp_path / "p.yaml").other_senses == ("高考志愿",)


def test_rules_name_the_lists_of_the_file_among_words_and_in_expressions(tmp_path: Path) -> None:
    rules = RULE.partition("rules:")[2] % ("pattern", "pattern: 治<ills>, near: [买, <ills>]")
    (tmp_path / "p.yaml").write_text(f"version: 1\nlists:\n  ills: [癌, 风湿]\nrules:{rules}", encoding="utf-8")

    (rule,) = load_policy(tmp_path / "p.yaml").rules

    assert isinstance(rule, PatternRule)
    assert (rule.pattern.pattern, rule.near) == ("治(?:癌|风湿)", ("买", "癌", "风湿"))


@pytest.mark.parametrize("rest", ["pattern: 治<ills>", "pattern: a, near: [<ills>]"])
def test_a_list_that_is_not_in_the_file_is_named_with_its_line(rest: str, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(RULE % ("pattern", rest), encoding="utf-8")

    with pytest.raises(ConfigRefused, match="names the list <ills>"):
        load_policy(tmp_path / "p.yaml")
