"""The shipped policy over its own examples, and over hostile text."""

import pytest

from config.policy import load_policy
from config.settings import SHIPPED
from indexer.catalogue.items import CleanHtml
from indexer.understanding.policies.check import Check, findings, make_ready
from indexer.understanding.policies.examples import Tried, try_examples
from indexer.understanding.policies.parts import Subject

POLICY = load_policy(SHIPPED / "policy.yaml")


@pytest.fixture(scope="module")
def checks() -> tuple[Check, ...]:
    """Those of the shipped rules."""
    return make_ready(POLICY)


@pytest.mark.parametrize("tried", list(try_examples(POLICY)), ids=lambda one: f"{one.rule}-{one.text[:20]!r}")
def test_a_shipped_rule_does_what_its_examples_say(tried: Tried) -> None:
    assert tried.is_right, tried.excerpt


@pytest.mark.parametrize(
    "text",
    ["", "\0", "\ud800", "1" * 100_000, "1-" * 50_000, "最高" * 50_000, "http://" * 20_000, "😀" * 100_000,
     "刷." * 50_000, "shuadan" * 20_000, "@a." * 30_000, "微信" * 50_000, "\u0301" * 100_000, "￥a1B" * 20_000],
    ids=lambda text: repr(text[:4]),
)  # fmt: skip
def test_hostile_text_is_checked_all_the_same(text: str, checks: tuple[Check, ...]) -> None:
    found = findings(checks, Subject(title=text[:500], text=text, html=CleanHtml("<a href='http://[x'>x</a>")))

    assert all(0 <= finding.start <= finding.end for finding in found)
    assert all(finding.end <= len(text) for finding in found if finding.where == "text")


@pytest.mark.parametrize("text", ["", "🎈" * 5_000, "\ud800\x00" * 100, "看月亮。" * 20_000])
def test_the_shipped_rules_take_any_text(text: str) -> None:
    checks = make_ready(load_policy(SHIPPED / "policy.yaml"))

    assert {one.rule for one in findings(checks, Subject(title=text[:50], text=text))} <= {"empty-body"}
