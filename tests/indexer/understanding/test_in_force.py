"""indexer.understanding.in_force: rules are in force by file and switch, without a restart."""

import os
from datetime import datetime
from pathlib import Path

from config.settings import Settings
from indexer.records.database import Database
from indexer.understanding.in_force import RulesInForce
from indexer.understanding.switches import switch
from tests.indexer.understanding.ruled import policy, rule
from tests.operators import OPERATOR

RULE = "{id: %s, version: 1, kind: words, severity: low, message: m, basis: b, words: [最好]}"


def write(path: Path, *ids: str) -> None:
    path.write_text("version: 1\nrules:\n" + "".join(f"  - {RULE % id}\n" for id in ids), encoding="utf-8")
    os.utime(path, ns=(len(ids), len(ids)))


def ids(rules: RulesInForce) -> list[str]:
    return [one.id for one in rules.policy.rules] if rules.policy else []


def test_a_switch_and_a_changed_file_are_noticed_at_the_next_look(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    write(tmp_path / "p.yaml", "a")
    rules = RulesInForce(Settings(data_folder=tmp_path, policy_file=tmp_path / "p.yaml"), database)

    assert (rules.is_changed(), rules.is_changed(), ids(rules)) == (True, False, ["a"])
    write(tmp_path / "p.yaml", "a", "b")
    assert (rules.is_changed(), ids(rules)) == (True, ["a", "b"])
    switch(database, policy(rule("a", "最好")), "a", on=False, why="误报多", by=OPERATOR, now=now)
    assert (rules.is_changed(), rules.is_changed(), ids(rules)) == (True, False, ["b"])
