"""`carnival tags`: versions, and which one speaks."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.records.database import Database
from indexer.records.tagger_versions import Standing
from indexer.understanding.learning.commands import tags_group
from indexer.understanding.learning.live import live_number
from tests.tagger_versions import keep_version


@pytest.fixture(autouse=True)
def _deployment(records_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "records").mkdir(exist_ok=True)
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "records"))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)


def run(*options: str) -> Result:
    return CliRunner().invoke(tags_group, options)


def test_a_version_is_listed_made_live_and_taken_back(database: Database) -> None:
    before = run("versions").stdout
    keep_version(database, standing=Standing.WAITING)

    listed, facts = run("versions").stdout, json.loads(run("versions", "--json").stdout)
    live, back, again = run("activate", "1"), run("rollback"), run("rollback")

    assert before.splitlines() == ["0  live  what ships", "0 corrections since"]
    assert "F1 0.512 (before 0.731) on 4 held back" in listed
    assert [one["number"] for one in facts["versions"]] == [1]
    assert (live.exit_code, live.stdout) == (0, "version 1 is live\n")
    assert (back.exit_code, back.stdout) == (0, "version 0 is live\n")
    assert (again.exit_code, live_number(database)) == (2, None)
    assert "nothing to take back" in again.stderr


def test_an_unknown_version_is_refused(database: Database) -> None:
    answer = run("activate", "7")

    assert answer.exit_code == 2
    assert "There is no version 7" in answer.stderr


def test_without_corrections_there_is_nothing_to_train(database: Database) -> None:
    answer = run("train")

    assert answer.exit_code == 2
    assert "correct the tags of some at the desk" in answer.stderr
