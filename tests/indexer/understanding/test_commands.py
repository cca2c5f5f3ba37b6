"""`carnival understand`."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.records import to_understand, understood
from indexer.records.database import Database
from indexer.records.findings import findings
from indexer.understanding.commands import understand_command
from indexer.whitelist.records import Channel


@pytest.fixture(autouse=True)
def _deployment(database: Database, records_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "records").mkdir(exist_ok=True)
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "records"))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)


def said(*options: str) -> str:
    answer = CliRunner().invoke(understand_command, options, catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.stdout.splitlines()[-1]


def test_what_is_new_and_what_another_recipe_understood_is_understood_until_nothing_waits(
    database: Database,
    channel: Channel,
    make_item: Callable[..., Item],
    make_candidate: Callable[..., Candidate],
    now: datetime,
) -> None:
    by_none = make_item(text="联系人手机13800000000。" * 3)
    new = take_in(database, make_candidate(url=f"{channel.address}/2.html"), now=now).item

    first, second, again = said("--json"), said(), said("--all", "--json")

    with database.reading() as tx:
        rules = {finding.rule for finding in findings(tx, by_none.id, 1)}
        done = understood.understood_of(tx, [by_none.id] if new is None else [by_none.id, new])
    assert json.loads(first) == {"understood": 2}
    assert second == "0 pieces understood"
    assert json.loads(again) == {"understood": 2}
    assert "phone-number" in rules
    assert len(done) == 2


def test_a_faulty_policy_is_named_and_nothing_is_understood(
    database: Database, make_item: Callable[..., Item], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_item()
    faulty = tmp_path / "policy.yaml"
    faulty.write_text("version: 1\nrules:\n  - {id: a, kind: odd}\n", encoding="utf-8")
    monkeypatch.setenv("CARNIVAL_POLICY_FILE", str(faulty))

    answer = CliRunner().invoke(understand_command, [])

    with database.reading() as tx:
        waiting = to_understand.count_waiting(tx)
    assert answer.exit_code == 2
    assert "policy.yaml:3" in answer.stderr
    assert waiting == 0
