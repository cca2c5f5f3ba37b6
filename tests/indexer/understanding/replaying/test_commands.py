"""`carnival policy backtest` and `switch` on real records."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.understanding.policy_commands import policy_group
from indexer.understanding.replaying.commands import backtest_command, switch_command
from indexer.understanding.switched import switched

FILE = """version: 1
rules:
  - {id: sale, version: 1, kind: words, severity: low, message: m, basis: b, words: [特价]}
  - {id: new, version: 4, kind: words, severity: low, message: m, basis: b, words: [旧书], draft: true}
"""


@pytest.fixture
def run(
    records_url: str,
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Result]:
    """Run a command over one piece that was rejected."""
    (tmp_path / "p.yaml").write_text(FILE, encoding="utf-8")
    monkeypatch.setenv("CARNIVAL_POLICY_FILE", str(tmp_path / "p.yaml"))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path))
    move_on(make_item(title="旧书市集", text="特价旧书" * 20), Move.REJECT, who=make_user(), why="理由")
    return lambda *words: CliRunner().invoke(policy_group, words)


def test_all_rules_are_replayed_in_a_line_each(run: Callable[..., Result]) -> None:
    answer = run("backtest")

    assert answer.exit_code == 0, answer.output
    assert answer.output.splitlines() == [
        "sale v1: found in 1, 1 of them refused; precision 1.00, recall 1.00; 1 appear, 0 vanish",
        "new v4: found in 1, 1 of them refused; precision 1.00, recall 1.00; 1 appear, 0 vanish",
        "2 rules over 1 decided pieces",
    ]


def test_a_named_rule_comes_with_a_sample_and_as_json(run: Callable[..., Result]) -> None:
    lines, said = run("backtest", "new").output.splitlines(), json.loads(run("backtest", "new", "--json").output)

    assert "旧书市集 旧书" in lines[1]
    assert [(one["rule"], one["precision"], len(one["sample"])) for one in said] == [("new", 1.0, 1)]


def test_a_rule_is_switched_with_its_replay(run: Callable[..., Result], database: Database) -> None:
    answer = run("switch", "new", "on", "--why", "看过回放")

    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith("new v4: found in 1")
    with database.reading() as tx:
        assert switched(tx) == {"new": True}


@pytest.mark.parametrize("words", [("backtest", "none"), ("switch", "none", "on", "--why", "理由")])
def test_a_rule_that_is_not_there_is_refused_in_a_line(run: Callable[..., Result], words: tuple[str, ...]) -> None:
    answer = run(*words)

    assert (answer.exit_code, answer.output.count("\n")) == (1, 1)
    assert answer.output.startswith("none: is no rule of the policy.")


def test_both_are_commands_of_the_policy() -> None:
    assert [policy_group.commands[name] for name in ("backtest", "switch")] == [backtest_command, switch_command]
