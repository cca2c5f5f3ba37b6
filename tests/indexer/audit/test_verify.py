"""`carnival audit verify`: what somebody wrote by hand is named, what the desk wrote is not."""

# ruff: noqa: S608 - statements of somebody who writes into the file by hand

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from indexer.audit import commands as audit_commands
from indexer.audit import verify as audit
from indexer.base.actors import operator
from indexer.base.ids import ChannelId, ItemId
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.records.filed import FiledChannel, FiledDecision, FiledItem
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.whitelist.desk import step
from indexer.whitelist.states import WhitelistMove

UNLOCK = "DROP TRIGGER {table}_no_{change}; "
DECISIONS, TEXTS = UNLOCK.format(table="decisions", change="update"), UNLOCK.format(table="versions", change="update")
OF_ITEM, OF_TEXT = "WHERE item = '{item}' AND move", "WHERE item = '{item}' AND number"
ON_SQLITE = pytest.mark.parametrize("records_on", ["sqlite"])  # tests of its file
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
    "UPDATE items SET publication = 99 WHERE id = '{item}'": "it is listed by publication 99 of ",
    "UPDATE items SET publication = NULL WHERE id = '{item}'": "listed by publication none, but its decisions say",
    "UPDATE items SET version_since = public_since WHERE id = '{item}'": "but its decisions say",
    "UPDATE items SET publication = 99 WHERE id = '{waiting}'": "of None, but its decisions say none",
    "UPDATE items SET reposted = true WHERE id = '{item}'": "its place among its copies is not what",
    "DROP TRIGGER decisions_no_delete": "the trigger decisions_no_delete is gone",
}


@pytest.fixture(autouse=True)
def _records(database: Database, records_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "records"))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)


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


@pytest.fixture
def write_by_hand(records_on: str, records_url: str, database: Database, tmp_path: Path) -> Callable[[str], None]:
    """Run statements as somebody can who owns the database: its checks of foreign keys do not stop them."""

    def on_sqlite(script: str) -> None:
        with closing(sqlite3.connect(tmp_path / "records" / "carnival.db")) as raw:
            raw.executescript(script)

    def on_postgresql(script: str) -> None:
        engine = create_engine(records_url)
        with engine.begin() as raw:
            raw.execute(text("SET session_replication_role = replica"))
            raw.execute(text(re.sub(r"DROP TRIGGER ([a-z]+)_no_\w+", r"\g<0> ON \1", script)))
        engine.dispose()

    return on_sqlite if records_on == "sqlite" else on_postgresql


def verified(*arguments: str) -> Result:
    return CliRunner().invoke(audit_commands.audit_group, ["verify", *arguments])


@pytest.mark.usefixtures("item", "waiting")
def test_what_the_desk_wrote_has_no_fault() -> None:
    said = verified()

    assert (said.exit_code, said.stdout) == (0, "2 items checked, 0 faults\n")
    assert json.loads(verified("--json").stdout) == {"items": 2, "faults": []}


@pytest.mark.parametrize(("script", "words"), DAMAGES.items())
def test_what_was_written_by_hand_is_named_with_its_item(
    write_by_hand: Callable[[str], None], item: Item, waiting: Item, script: str, words: str
) -> None:
    hit = waiting.id if "{waiting}" in script else item.id if "{item}" in script else "records"
    write_by_hand(script.format(item=item.id, waiting=waiting.id))

    said, as_json = verified(), verified("--json")

    assert (said.exit_code, as_json.exit_code) == (1, 1)
    assert [line for line in said.stdout.splitlines() if line.startswith(f"{hit}: ") and words in line]
    assert [one for one in json.loads(as_json.stdout)["faults"] if one["item"] == hit and words in one["what"]]


def test_decisions_of_nothing_are_named(write_by_hand: Callable[[str], None], item: Item) -> None:
    write_by_hand("DELETE FROM items")

    said = verified()

    assert said.exit_code == 1
    assert f"{item.id}: decision " in said.stdout


@ON_SQLITE
def test_versions_of_nothing_are_named(write_by_hand: Callable[[str], None], item: Item) -> None:
    write_by_hand("DELETE FROM items")

    assert "of versions points to a row of items that is not there" in verified().stdout


@ON_SQLITE
def test_damage_deep_in_a_file_that_still_opens_is_named(tmp_path: Path, item: Item, database: Database) -> None:
    database.close()
    file = tmp_path / "records" / "carnival.db"
    with closing(sqlite3.connect(file)) as opened:
        ((page,),) = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_reports_item_id'")
    raw = bytearray(file.read_bytes())
    with closing(sqlite3.connect(file)) as read:
        [(page,)] = read.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_decisions_who_at'")
    raw[4096 * (page - 1) : 4096 * page] = b"\xff" * 4096  # of an index that the audit's own queries do not use
    file.write_bytes(raw)

    said = verified()

    assert said.exit_code == 1
    assert "records: database disk image is malformed" in said.stdout


@ON_SQLITE
def test_a_damaged_file_is_named(tmp_path: Path, item: Item, database: Database) -> None:
    database.close()
    file = tmp_path / "records" / "carnival.db"
    raw = bytearray(file.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    file.write_bytes(raw)

    said = verified()

    assert said.exit_code == 2
    assert "carnival.db are damaged. Stop everything. Restore the last backup" in said.stderr


@ON_SQLITE
def test_without_records_none_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "new"))
    monkeypatch.delenv("CARNIVAL_DATABASE_URL")

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
        sequence=1,
        at="",
    )
    item = FiledItem(
        id=ItemId("i"),
        state="approved",
        latest=1,
        public=1,
        publication=(1, "", ""),
        order=(None, False),
        true_order=None,
        versions=(),
        decisions=(undo,),
    )

    assert any("but it is not open there" in what for what in audit.faults_of(item))


@pytest.mark.parametrize(
    ("status", "steps", "what"),
    [
        ("approved", [], None),
        ("approved", [(None, "applied"), ("applied", "approved")], None),
        ("suspended", [("applied", "suspended")], None),
        ("revoked", [(None, "applied"), ("applied", "approved")], "but its steps end at “approved”"),
        ("approved", [(None, "applied"), ("suspended", "approved")], "but it stood at “applied”"),
        ("suspended", [(None, "revoked"), ("revoked", "suspended")], "which is not open"),
        ("odd", [(None, "odd"), ("odd", "odd")], "which is not open"),
    ],
)
def test_a_channel_s_status_is_that_of_its_steps(
    status: str, steps: list[tuple[str | None, str]], what: str | None
) -> None:
    channel = FiledChannel(id=ChannelId("c"), status=status, steps=steps)

    found = list(audit.faults_of_channel(channel))

    assert [what in one for one in found if what] == [True] * bool(what)
    assert bool(found) is bool(what)


@ON_SQLITE
def test_a_status_that_was_written_by_hand_is_named(
    write_by_hand: Callable[[str], None], item: Item, database: Database, now: datetime
) -> None:
    step(database, item.channel, WhitelistMove.SUSPEND, who=operator("运维"), why="停更", now=now)
    write_by_hand("UPDATE channels SET status = 'approved'")

    said = verified()

    assert said.exit_code == 1
    assert "records: the channel channel-a stands at “approved”, but its steps end at “suspended”" in said.stdout


def test_the_ledger_names_what_was_done_and_by_whom(item: Item, database: Database, now: datetime) -> None:
    step(database, item.channel, WhitelistMove.SUSPEND, who=operator("运维"), why="停更", now=now + timedelta(days=1))

    said = CliRunner().invoke(audit_commands.audit_group, ["ledger", "--json"])
    lines = CliRunner().invoke(audit_commands.audit_group, ["ledger", "--limit", "1"]).stdout.splitlines()

    assert {one["by"] for one in json.loads(said.stdout)} == {"person", "operator", "collector"}
    assert lines[0] == "2026-09-18T10:00:00+08:00  operator 运维  channel-a → suspended"
