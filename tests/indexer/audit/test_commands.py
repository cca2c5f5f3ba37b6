"""`carnival audit …` as an operator types it: words, JSON, exit codes."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.audit.commands import audit_group
from indexer.catalogue.items import Item
from indexer.records.database import Database
from tests.indexer.conftest import UNITS, flip, log_of, units_in

ON_SQLITE = pytest.mark.parametrize("records_on", ["sqlite"])  # tests of its file


@pytest.fixture(autouse=True)
def _records(database: Database, records_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "records"))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)


def audit(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(audit_group, list(arguments), input=answer)


def test_whole_records_end_with_0(make_item: Callable[..., Item]) -> None:
    make_item()

    said, as_json = audit("verify"), audit("verify", "--json")

    assert (said.exit_code, said.stdout) == (0, "1 items checked, 0 faults\n")
    assert (as_json.exit_code, json.loads(as_json.stdout)) == (0, {"items": 1, "faults": []})


@ON_SQLITE
def test_a_fault_is_a_line_of_its_item_and_the_exit_code_is_1(make_item: Callable[..., Item], tmp_path: Path) -> None:
    item = make_item()
    with closing(sqlite3.connect(tmp_path / "records" / "carnival.db")) as raw, raw:
        raw.execute("UPDATE items SET public = 1, state = 'approved'")

    said, as_json = audit("verify"), audit("verify", "--json")

    lines = said.stdout.splitlines()
    assert (said.exit_code, as_json.exit_code) == (1, 1)
    assert any(line.startswith(f"{item.id}: ") and "no decision explains" in line for line in lines)
    assert lines[-1] == f"1 items checked, {len(lines) - 1} faults"
    assert {fault["item"] for fault in json.loads(as_json.stdout)["faults"]} == {item.id}


@ON_SQLITE
def test_a_loss_is_accepted_only_after_a_yes(crashed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", f"sqlite:///{crashed}")
    flip(log_of(crashed), int(log_of(crashed).stat().st_size * 0.6))

    asked, done = audit("accept-loss", answer="n\n"), audit("accept-loss", answer="y\n")
    again = audit("accept-loss", "--yes")

    assert (asked.exit_code, done.exit_code, again.exit_code) == (1, 0, 0)
    assert "Give up what cannot be read" in asked.stderr
    assert "pages of the log. The files as they were: " in done.stdout
    assert "Now run `carnival audit verify` and `carnival reindex`." in done.stdout
    assert again.stdout == "Nothing is damaged; nothing was changed.\n"
    assert 0 < units_in(crashed) < UNITS


@pytest.mark.parametrize("records_on", ["postgresql"])
def test_records_on_a_server_have_no_log_of_ours() -> None:
    said = audit("accept-loss", "--yes")

    assert said.exit_code == 1
    assert "their server keeps its own log" in said.stderr
