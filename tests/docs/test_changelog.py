"""CHANGELOG.md: the form of Keep a Changelog, unreleased changes first."""

import re

from tests.docs.pages import ROOT

TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
KINDS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")


def test_what_is_not_released_stands_first_and_releases_name_their_day() -> None:
    first, *releases = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)

    assert first == "[Unreleased]"
    assert [one for one in releases if not re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", one)] == []


def test_changes_stand_under_their_kind_in_the_usual_order() -> None:
    versions = [re.findall(r"^### (.+)$", part, re.MULTILINE) for part in TEXT.split("\n## ")[1:]]

    assert [kinds for kinds in versions if kinds != [kind for kind in KINDS if kind in kinds]] == []
