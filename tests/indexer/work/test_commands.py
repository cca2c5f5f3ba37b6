"""`carnival work` as a process: it does what waits, and ends when it is told to."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from config.settings import Settings
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import heartbeats, outbox, understood
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search.factory import open_index
from indexer.understanding.prepared import load_recipe
from indexer.work.commands import work_command

WAIT_SECONDS, LOOK_SECONDS = 60.0, 0.05
Work = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def work(tmp_path: Path, records_url: str) -> Iterator[Work]:
    """Start `carnival work …` on the records of the test; what still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []
    seen = os.environ | {"CARNIVAL_DATA_FOLDER": str(tmp_path / "data"), "CARNIVAL_DATABASE_URL": records_url}

    def start(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "config", "work", *words]
        running.append(subprocess.Popen(command, env=seen, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def approve(
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    database: Database,
    tmp_path: Path,
    now: datetime,
) -> Callable[[], Item]:
    """Approve an item that needs no more understanding, which the outbox then holds."""

    def make() -> Item:
        item = make_item()
        recipe = load_recipe(Settings(data_folder=tmp_path / "data")).text
        with database.transaction() as tx:
            understood.renew(tx, item.id, item.latest, tags=None, findings=None, recipe=recipe, at=now)
        move_on(item, Move.APPROVE, who=make_user())
        return item

    return make


def wait_until(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(LOOK_SECONDS)
    return False


def is_worked_off(database: Database) -> bool:
    with database.reading() as tx:
        return outbox.depth(tx) == 0


# The looks at channels and the day's digest are done by the clock.
OF_PIECES = (
    "connections",
    "inbox",
    "learn",
    "picture_sweep",
    "pictures",
    "platform_events",
    "publish",
    "reconcile",
    "trials",
    "understand",
)


def of_pieces(said: dict[str, Any]) -> dict[str, Any]:
    assert said.keys() == {*OF_PIECES, "digest", "health"}
    return {name: said[name] for name in OF_PIECES}


def is_at_work(database: Database) -> bool:
    with database.reading() as tx:
        return heartbeats.last_beat(tx, heartbeats.WORKER) is not None


def test_once_does_all_that_waits_and_says_how_much(work: Work, approve: Callable[[], Item], tmp_path: Path) -> None:
    item = approve()

    process = work("--once", "--json")
    said, troubles = process.communicate(timeout=WAIT_SECONDS)

    assert process.returncode == 0, troubles
    assert of_pieces(json.loads(said)) == dict.fromkeys(OF_PIECES, 0) | {"publish": 1}
    assert open_index(Settings(data_folder=tmp_path / "data")).held() == {item.id: 1}


def test_once_says_in_words_how_much_was_done_of_each_step(
    approve: Callable[[], Item], tmp_path: Path, records_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)
    approve()

    answers = [CliRunner().invoke(work_command, ["--once"], catch_exceptions=False) for _ in range(2)]

    said = [dict(part.split(" ") for part in answer.stdout.splitlines()[-1].split(", ")) for answer in answers]
    done = [dict.fromkeys(OF_PIECES, "0") | {"publish": published} for published in ("1", "0")]
    assert [of_pieces(each) for each in said] == done


def test_it_publishes_what_is_decided_while_it_runs_and_ends_cleanly_when_it_is_told_to(
    work: Work, approve: Callable[[], Item], database: Database
) -> None:
    process = work()
    assert wait_until(lambda: is_at_work(database))
    approve()

    is_published = wait_until(lambda: is_worked_off(database))
    process.send_signal(signal.SIGTERM)
    _, troubles = process.communicate(timeout=WAIT_SECONDS)

    assert (is_published, process.returncode) == (True, 0), troubles
    assert "Traceback" not in troubles
