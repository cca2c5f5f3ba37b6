"""The shipped policy over its own examples, and over hostile text."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

import config
from config.policy import load_policy
from indexer.catalogue.items import CleanHtml
from indexer.understanding.policies.check import findings, make_ready
from indexer.understanding.policies.parts import Subject

SHIPPED = Path(config.__file__).parent / "shipped" / "policy.yaml"
EXAMPLES = [
    pytest.param(rule["id"], text, kind == "finds", id=f"{rule['id']}-{kind}-{number}")
    for rule in YAML(typ="safe").load(SHIPPED)["rules"]
    for kind in ("finds", "passes")
    for number, text in enumerate(rule.get(kind, ()))
]


@pytest.mark.parametrize(("rule", "text", "expected"), EXAMPLES)
def test_a_shipped_rule_does_what_its_examples_say(rule: str, text: str, expected: bool) -> None:
    checks = make_ready(load_policy(SHIPPED))

    found = findings(checks, Subject(title=text, text=text))

    assert any(finding.rule == rule for finding in found) is expected


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800", "1" * 100_000, "1-" * 50_000, "最高" * 50_000, "http://" * 20_000], ids=lambda t: t[:4]
)
def test_hostile_text_is_checked_all_the_same(text: str) -> None:
    checks = make_ready(load_policy(SHIPPED))

    found = findings(checks, Subject(title=text[:500], text=text, html=CleanHtml("<a href='http://[x'>x</a>")))

    assert all(finding.start <= finding.end for finding in found)
