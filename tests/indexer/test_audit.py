"""`carnival audit verify`: what somebody wrote by hand is named, what the desk wrote is not."""

# ruff: noqa: S608 - statements of somebody who writes into the file by hand

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import audit, audit_commands
from indexer.accounts import User
from indexer.items import Item, Media, MediaKind, Move, State
from indexer.records.database import Database
from indexer.records.filed import FiledDecision, FiledItem
from indexer.review import desk

UNLOCK = "DROP TRIGGER {table}_no_{change}; "
DECISIONS, TEXTS = UNLOCK.format(table="decisions", change="update"), UNLOCK.format(table="versions", change="update")
OF_ITEM, OF_TEXT = "WHERE item = '{item}' AND move", "WHERE item = '{item}' AND number"
DAMAGES = {
    "UPDATE items SET public = 1, state = 'approved' WHERE id = '{waiting}'": "no decision explains",
    "UPDATE items SET public = 2 WHERE id = '{item}'": "no decision explains",
    "UPDATE items SET public = NULL WHERE id = '{item}'": "its decisions do not explain",
    "UPDATE items SET state = 'odd' WHERE id = '{item}'": "it stands at “odd”",
    "UPDATE items SET latest = 9 WHERE id = '{item}'": "version is number 9, but the versions there are 1, 2",
    f"{TEXTS} UPDATE versions SET text = text || '。' {OF_TEXT} = 2": "version 2 is not the text",
    f"{TEXTS} UPDATE versions SET title = '别' {OF_TEXT} = 1": "version 1 is not the text",
    f"{TEXTS} UPDATE versions SET content_hash = 'x' {OF_TEXT} = 1": "version 1 is not the text",
    "UPDATE media SET url = 'http://evil.example/' WHERE item = '{item}' AND version = 1": "version 1 is not the text",
    f"{DECISIONS} UPDATE decisions SET version = 7 {OF_ITEM} = 'hold'": "is of version 7, which",
    f"{DECISIONS} UPDATE decisions SET after = 'held' {OF_ITEM} = 'approve'": "but it leads to “approved”",
    f"{DECISIONS} UPDATE decisions SET move = 'withdraw' {OF_ITEM} = 'hold'": "but it is not open there",
    f"{DECISIONS} UPDATE decisions SET before = 'pending' {OF_ITEM} = 'approve'": "but the item stood at",
    f"{UNLOCK.format(table='decisions', change='delete')} DELETE FROM decisions {OF_ITEM} = 'hold'": "item stood at",
    "DROP TRIGGER decisions_no_replace": "the trigger decisions_no_replace is gone",
}


@pytest.fixture(autouse=True)
def _data_folder(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "records"))


@pytest.fixture
def item(database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime) -> Item:
    """Held, approved, edited at the source, the edit approved and taken back: what the desk does in its days."""
    picture = Media(kind=MediaKind.IMAGE, url="http://a.example/1.png")
    made, editor = make_item(media=(picture,)), make_user()
    desk.decide(database, item=made.id, version=1, state=State.PENDING, move=Move.HOLD, who=editor, why="等", now=now)
    desk.decide(database, item=made.id, version=1, state=State.HELD, move=Move.APPROVE, who=editor, why="", now=now)
    make_item(text="改过的文字")
    seen = State.CHANGED
    last = desk.decide(database, item=made.id, version=2, state=seen, move=Move.APPROVE, who=editor, why="", now=now)
    desk.undo(database, item=made.id, decision=last.id, who=editor, now=now + timedelta(minutes=1))
    return made


@pytest.fixture
def waiting(make_item: Callable[..., Item]) -> Item:
    return make_item(url="http://a.example/waiting.html", text="等待")


def verified(*arguments: str) -> Result:
    return CliRunner().invoke(audit_commands.audit_group, ["verify", *arguments])


@pytest.mark.usefixtures("item", "waiting")
def test_what_the_desk_wrote_has_no_fault() -> None:
    said = verified()

    assert (said.exit_code, said.stdout) == (0, "2 items checked, 0 faults\n")
    assert json.loads(verified("--json").stdout) == {"items": 2, "faults": []}


@pytest.mark.parametrize(("script", "words"), DAMAGES.items())
def test_what_was_written_by_hand_is_named_with_its_item(
    tmp_path: Path, item: Item, waiting: Item, script: str, words: str
) -> None:
    hit = waiting.id if "{waiting}" in script else item.id if "{item}" in script else "records"
    with closing(sqlite3.connect(tmp_path / "records" / "carnival.db")) as raw:
        raw.executescript(script.format(item=item.id, waiting=waiting.id))

    said, as_json = verified(), verified("--json")

    assert (said.exit_code, as_json.exit_code) == (1, 1)
    assert [line for line in said.stdout.splitlines() if line.startswith(f"{hit}: ") and words in line]
    assert [one for one in json.loads(as_json.stdout)["faults"] if one["item"] == hit and words in one["what"]]


def test_decisions_and_versions_of_nothing_are_named(tmp_path: Path, item: Item) -> None:
    with closing(sqlite3.connect(tmp_path / "records" / "carnival.db")) as raw, raw:
        raw.execute("DELETE FROM items")

    said = verified()

    assert said.exit_code == 1
    assert f"{item.id}: decision " in said.stdout
    assert "of versions points to a row of items that is not there" in said.stdout


def test_damage_deep_in_a_file_that_still_opens_is_named(tmp_path: Path, item: Item, database: Database) -> None:
    database.close()
    file = tmp_path / "records" / "carnival.db"
    raw = bytearray(file.read_bytes())
    raw[-4096 * 3 : -4096] = b"\xff" * 8192
    file.write_bytes(raw)

    said = verified()

    assert said.exit_code == 1
    assert "records: database disk image is malformed" in said.stdout


def test_a_damaged_file_is_named(tmp_path: Path, item: Item, database: Database) -> None:
    database.close()
    file = tmp_path / "records" / "carnival.db"
    raw = bytearray(file.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    file.write_bytes(raw)

    said = verified()

    assert said.exit_code == 2
    assert "carnival.db are damaged. Stop everything. Restore the last backup" in said.stderr


def test_without_records_none_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "new"))

    said = verified()

    assert (said.exit_code, (tmp_path / "new").exists()) == (2, False)
    assert "there are no records at" in said.stderr


def test_an_undo_of_what_never_was_is_named() -> None:
    undo = FiledDecision(
        id="d",
        version=1,
        move="undo",
        before="pending",
        after="approved",
        public_before=None,
        public_after=1,
        undoes="another",
    )
    item = FiledItem(id="i", state="approved", latest=1, public=1, versions=(), decisions=(undo,))  # type: ignore[arg-type]

    assert any("but it is not open there" in what for what in audit.faults_of(item))
