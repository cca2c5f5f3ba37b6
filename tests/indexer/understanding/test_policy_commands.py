"""`carnival policy test`: every example of every rule, and a faulty file."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.understanding.policy_commands import policy_group

RULE = "{id: r, version: 1, kind: words, severity: low, message: m, basis: b, words: [最好], finds: [%s], passes: [%s]}"


def written(folder: Path, finds: str, passes: str) -> str:
    (folder / "p.yaml").write_text(f"version: 1\nrules:\n  - {RULE % (finds, passes)}\n", encoding="utf-8")
    return str(folder / "p.yaml")


def test_the_rules_of_the_deployment_do_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path))

    answer = CliRunner().invoke(policy_group, ["test"])

    assert answer.exit_code == 0, answer.output
    assert answer.output.endswith("examples, 0 not met\n")


def test_an_example_that_is_not_met_is_shown_and_ends_with_one(tmp_path: Path) -> None:
    answer = CliRunner().invoke(policy_group, ["test", "--file", written(tmp_path, "好", "最好")])

    assert answer.exit_code == 1
    assert answer.output.splitlines() == [
        "r: should find something in: 好",
        "r: should leave: 最好 (found: 最好)",
        "1 rules, 2 examples, 2 not met",
    ]


def test_the_result_is_json_where_it_is_asked_for(tmp_path: Path) -> None:
    answer = CliRunner().invoke(policy_group, ["test", "--json", "--file", written(tmp_path, "最好", "")])

    assert json.loads(answer.output) == {"rules": 1, "examples": 1, "wrong": [], "without_examples": ["r"]}
