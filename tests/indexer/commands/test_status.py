"""`carnival status`, `carnival index …`, `carnival reindex`."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from config.settings import load_settings
from indexer.base import times
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.commands import status as commands
from indexer.people.accounts import User
from indexer.records import outbox, reads
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.search.factory import open_index
from indexer.whitelist.records import Channel


@pytest.fixture(autouse=True)
def _deployment(database: Database, records_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "records").mkdir(exist_ok=True)
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "records"))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)


@pytest.fixture
def approved(database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime) -> Item:
    """An approved item that search was not told of yet."""
    item = make_item()
    desk.decide(
        database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=make_user(), why="", now=now
    )
    return item


def test_status_counts_items_channels_and_what_waits(database: Database, approved: Item, now: datetime) -> None:
    with database.transaction() as tx:
        reads.record_read(tx, approved.channel, at=now, error="打不开")

    status = json.loads(CliRunner().invoke(commands.status_command, ["--json"]).stdout)

    assert status["items"] == {
        "pending": 0,
        "approved": 1,
        "held": 0,
        "rejected": 0,
        "withdrawn": 0,
        "changed": 0,
    }
    assert status["channels"] == {"applied": 0, "approved": 1, "suspended": 0, "revoked": 0}
    assert status["outbox"] == 1
    assert status["refusals"] == {}
    assert status["pictures"] == {"kept": 0, "bytes": 0, "waiting": 0}
    assert status["last_reads"] == [
        {
            "channel": "channel-a",
            "name": "示例馆网站",
            "at": "2026-09-17T02:00:00+00:00",
            "failures": 1,
            "error": "打不开",
        }
    ]


def test_status_is_readable_text(database: Database, approved: Item, now: datetime) -> None:
    with database.transaction() as tx:
        reads.record_read(tx, approved.channel, at=now + timedelta(hours=1), error="打不开")

    lines = CliRunner().invoke(commands.status_command).stdout.splitlines()

    assert lines[0] == "items    0 pending, 1 approved, 0 held, 0 rejected, 0 withdrawn, 0 changed"
    assert lines[-4:] == [
        "outbox   1 waiting",
        "alarms   0 links at whose source something is wrong",
        "pictures 0 kept, 0 MB; 0 to be fetched",
        "read     2026-09-17T03:00:00+00:00  channel-a  示例馆网站  failed 1 times; the unit reads: “打不开”",
    ]


def test_status_says_that_the_clock_was_ahead(database: Database, approved: Item) -> None:
    with database.transaction() as tx:
        reads.record_read(tx, approved.channel, at=times.now() + timedelta(days=3))

    lines = CliRunner().invoke(commands.status_command).stdout.splitlines()

    assert "clock    was ahead when it noted the read of channel-a: due at once, nobody waits" in lines


def test_an_index_that_lacks_an_approved_item_fails_the_check(approved: Item) -> None:
    checked = CliRunner().invoke(commands.index_group, ["check", "--json"])

    assert checked.exit_code == 1
    assert json.loads(checked.stdout) == {"missing": [approved.id], "extra": [], "other_version": []}


def test_a_published_index_passes_the_check(database: Database, approved: Item) -> None:
    published = CliRunner().invoke(commands.index_group, ["publish"])
    checked = CliRunner().invoke(commands.index_group, ["check"])

    assert (published.exit_code, published.stdout) == (0, "1 changes published\n")
    assert (checked.exit_code, checked.stdout) == (0, "missing: 0\nextra: 0\nother_version: 0\n")


def test_an_item_that_is_public_no_longer_fails_the_check_until_published(
    database: Database, approved: Item, make_user: Callable[..., User], now: datetime
) -> None:
    CliRunner().invoke(commands.index_group, ["publish"])
    desk.decide(
        database,
        item=approved.id,
        version=1,
        state=State.APPROVED,
        move=Move.WITHDRAW,
        who=make_user("乙"),
        why="撤",
        now=now,
    )

    before = json.loads(CliRunner().invoke(commands.index_group, ["check", "--json"]).stdout)
    CliRunner().invoke(commands.index_group, ["publish"])
    after = CliRunner().invoke(commands.index_group, ["check"])

    assert (before["extra"], after.exit_code) == ([approved.id], 0)


def test_reindex_builds_what_the_records_say(database: Database, approved: Item) -> None:
    built = CliRunner().invoke(commands.reindex_command)

    assert (built.exit_code, built.stdout) == (0, "1 approved items indexed\n")
    assert open_index(load_settings()).held() == {approved.id: 1}


def test_following_publishes_what_comes_and_ends_on_a_signal(database: Database, approved: Item) -> None:
    command = [sys.executable, "-m", "config", "index", "publish", "--follow"]

    with subprocess.Popen(command, env=os.environ, stderr=subprocess.PIPE) as following:
        assert following.stderr is not None
        said = following.stderr.readline()
        following.send_signal(signal.SIGTERM)
        ended = following.wait(timeout=60)

    assert b"published" in said
    assert ended == 0
    with database.reading() as tx:
        assert outbox.depth(tx) == 0


def test_status_counts_refusals_by_reason_the_most_frequent_first(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    for url in ("http://b.example/1", "http://b.example/2", "http://a.example/3"):
        take_in(database, make_candidate(url=url, text=""), now=now)

    lines = CliRunner().invoke(commands.status_command).stdout.splitlines()

    assert "refused  2 foreign_host, 1 no_body" in lines
