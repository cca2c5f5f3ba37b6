"""config.pages.rules: every shipped rule and every kind of rule stands in docs/rules.md."""

from pathlib import Path

from config.pages.rules import KINDS, render
from config.policy import load_policy
from config.settings import SHIPPED

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_the_page_is_what_the_policy_and_the_kinds_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: python -m config.pages.rules > docs/rules.md"


def test_every_kind_is_described_with_its_own_keys() -> None:
    page = render()

    assert "Its keys: `words`, `except_in`, `whole`, `disguised`, `context`.\n" in page
    assert "near: only where one of these stands within `distance` characters" in page
    assert "Its keys: `hosts`, `short_links`.\n" in page


def test_a_rule_is_shown_with_its_version_severity_message_and_basis() -> None:
    page = render()

    assert all(f"### `{kind}`\n" in page for kind in KINDS)
    for rule in load_policy(SHIPPED / "policy.yaml").rules:
        (section,) = [part for part in page.split("\n### ")[1:] if part.startswith(f"`{rule.id}`")]
        assert f"version {rule.version}, severity `{rule.severity}`" in section
        assert rule.message in section
        assert rule.basis in section
