"""The measure of blind sentences: marks become spans, and every family has a finder."""

import sys

import pytest

from tests.quality.understanding import blind
from tests.quality.understanding.blind import finders, measured, sets, unmarked


def test_marks_become_spans_of_the_text_without_them() -> None:
    row = unmarked({"family": "f", "text": "ab[[cd]]e[[f]]g"})

    assert row["text"] == "abcdefg"
    assert [(one["start"], one["end"]) for one in row["expect"]] == [(2, 4), (5, 6)]


def test_every_family_of_every_set_has_a_finder_and_sentences_of_both_kinds() -> None:
    families: dict[str, set[bool]] = {}
    for _, rows in sets():
        for row in rows:
            families.setdefault(row["family"], set()).add(bool(row["expect"]))

    assert families.keys() <= finders().keys()
    assert {family for family, kinds in families.items() if kinds != {True, False}} == set()


def test_sets_come_oldest_first() -> None:
    names = [name for name, _ in sets()]

    assert names == [f"blind_{number}" for number in range(1, len(names) + 1)]


def test_a_part_of_a_set_is_held_to_the_bound_of_its_families_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"text": "a", "expect": [{"start": 0, "end": 1}]}
    rows = [{**row, "family": "good"}] * 2 + [{**row, "family": "fair"}] * 3
    found = iter([[(0, 1)], [(0, 1)], []] * 3)  # two thirds of "fair"
    monkeypatch.setattr(blind, "sets", lambda: iter([("set", rows)]))
    monkeypatch.setattr(blind, "finders", lambda: {"good": lambda _: [(0, 1)], "fair": lambda _: next(found)})

    [(_, of_part, low_of_part)] = measured(["fair"])
    [(_, of_all, low_of_all)] = measured([])

    assert (list(of_part), low_of_part) == (["fair"], [])
    assert (list(of_all), low_of_all) == (["good", "fair"], ["all"])


def test_nothing_measured_is_no_success(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["blind", "no such family"])

    assert blind.main() == 1
