"""A deployment with decisions in its records, and another process that keeps deciding."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from config.settings import Settings
from indexer.audit.verify import verify
from indexer.backup.restoring import restore
from indexer.backup.saving import save
from indexer.base import times
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State

ITEMS = 6
DECIDING = """
import itertools, os, sys
from indexer.records import people, understood
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.base.times import now

database = Database.open(sys.argv[1])
with database.reading() as tx:
    editor = people.by_name(tx, "编辑甲")
    known = [item for item, _ in understood.all_latest(tx, after=None, limit=50)]
print("ready", flush=True)
for turn in itertools.count(1):
    for item in known:
        seen, move = (State.APPROVED, Move.WITHDRAW) if turn % 2 else (State.WITHDRAWN, Move.APPROVE)
        desk.decide(database, item=item.id, version=1, state=seen, move=move, who=editor, why="理由", now=now())
        print(item.id, flush=True)
"""


@pytest.fixture
def records_on() -> str:
    """A backup is of the file that SQLite keeps; a server has its own means."""
    return "sqlite"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def settings(data: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A deployment's settings, also seen by commands."""
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(data))
    return Settings()


@pytest.fixture
def deployment(
    settings: Settings,
    database: Database,
    tmp_path: Path,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> Path:
    """A stopped deployment with ITEMS approved items, its key and its marks; gives the record file."""
    editor = make_user()
    for number in range(ITEMS):
        item = make_item(url=f"http://a.example/{number}.html", title=f"月球车{number}", text=f"月夜{number}" * 20)
        desk.decide(
            database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
        )
    database.close()
    shutil.copytree(tmp_path / "records", settings.data_folder)
    (settings.data_folder / "secret-key").write_text("k" * 64, encoding="ascii")
    (settings.data_folder / "whitelist-imported").touch()
    return settings.data_folder / "carnival.db"


@pytest.fixture
def backup(settings: Settings, deployment: Path, tmp_path: Path) -> Path:
    """A backup of the stopped deployment."""
    file = tmp_path / "backup.zip"
    save(settings, file, now=times.now())
    return file


@pytest.fixture
def deciding(deployment: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that decides without a pause, each decision printed once it is safe; killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", DECIDING, f"sqlite:///{deployment}"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def decisions_in(records: Path) -> set[str]:
    """The ids of all decisions, read without changing anything."""
    with closing(sqlite3.connect(f"{records.as_uri()}?mode=ro", uri=True)) as raw:
        return {row[0] for row in raw.execute("SELECT id FROM decisions")}


def read_lines(process: subprocess.Popen[str], number: int) -> None:
    """Wait until it has printed so many lines more."""
    assert process.stdout is not None
    for _ in range(number):
        process.stdout.readline()


def faults(settings: Settings) -> list[str]:
    """What an audit of the records finds."""
    database = Database.open(settings.records_url)
    found = [fault.what for _, some in verify(database) for fault in some]
    database.close()
    return found


def put_back(settings: Settings, file: Path, *, replace: bool = True) -> Path | None:
    """Restore a backup; gives the folder with what stood there before."""
    return restore(settings, file, replace=replace, stamp="20260917-100000").aside


def made_folder(folder: Path) -> Path:
    """Make the folder and give it."""
    folder.mkdir()
    return folder
