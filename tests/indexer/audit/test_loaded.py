"""A row a change of the rules: which policy and taxonomy are in force."""

from datetime import datetime
from pathlib import Path

import pytest

from config.settings import SHIPPED, Settings
from indexer.audit.loaded import note_loaded, note_start
from indexer.base.changes import ChangeKind
from indexer.records import ledger
from indexer.records.database import Database
from tests.operators import OPERATOR


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    policy = tmp_path / "policy.yaml"
    policy.write_bytes((SHIPPED / "policy.yaml").read_bytes())
    return Settings(data_folder=tmp_path, policy_file=policy, _env_file=None)


def kinds(database: Database) -> list[ChangeKind]:
    with database.reading() as tx:
        return [row.kind for row in reversed(ledger.recent(tx, limit=10))]


def test_the_first_start_notes_both_and_the_next_nothing(database: Database, settings: Settings, now: datetime) -> None:
    note_loaded(database, settings, by=OPERATOR, now=now)
    note_loaded(database, settings, by=OPERATOR, now=now)

    assert kinds(database) == [ChangeKind.POLICY_LOADED, ChangeKind.TAXONOMY_LOADED]


def test_other_bytes_are_one_more_row_with_their_digest(database: Database, settings: Settings, now: datetime) -> None:
    note_loaded(database, settings, by=OPERATOR, now=now)
    settings.policy_file.write_bytes(settings.policy_file.read_bytes() + b"# other\n")
    note_loaded(database, settings, by=OPERATOR, now=now)

    assert kinds(database)[2:] == [ChangeKind.POLICY_LOADED]
    with database.reading() as tx:
        newest, _, first = ledger.recent(tx, limit=3)
    assert newest.facts["file"] == first.facts["file"] == "policy.yaml"
    assert newest.facts["digest"] != first.facts["digest"]


@pytest.mark.parametrize("records_on", ["sqlite"])
def test_what_starts_goes_on_where_the_records_are_down(
    database: Database, settings: Settings, tmp_path: Path, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "records" / "carnival.db").unlink()

    note_start(database, settings, by=OPERATOR, now=now)

    assert "rules_not_noted" in capsys.readouterr().out
