"""Line 3: a backup put back after a crash, by the way that the attacked tree documents."""

import contextlib
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.attack.deployment import Deployment, site_channel
from tests.attack.hostile_site import article, hostile_site
from tests.attack.tries import Try, report

CRASHES = 4
READY = "written"
# Writes to the record file without an end, and never folds the write-ahead log back: as a server that is then killed.
WRITER = """
import sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("PRAGMA wal_autocheckpoint = 0")
for turn in range(10**9):
    raw.execute("UPDATE units SET note = note || ?", ("x" * 20000,))
    if turn == int(sys.argv[2]):
        print("written", flush=True)
"""


def attack(folder: Path) -> Iterator[Try]:
    """Back up, write on, crash, restore; four times with logs of different lengths."""
    with hostile_site() as site:
        deployment = Deployment(folder, private_hosts=json.dumps([site.host]))
        deployment.add_editors()
        links = {f"/a/{number}.html": f"备份文章{number}" for number in range(30)}
        for path, title in links.items():
            site.page(path, article(title))
        site.listing("/list.html", links)
        deployment.whitelist([site_channel("kept", site.host)])
        deployment.crawl()
    for turn in range(CRASHES):
        yield _crash(deployment, folder / f"backup-{turn}", turn)


def _crash(deployment: Deployment, backup: Path, turn: int) -> Try:
    before = _content(deployment.folder / "carnival.db")
    _back_up(deployment, backup)
    _write_and_die(deployment.folder / "carnival.db", 2 + 3 * turn)
    words = _restore(deployment, backup)
    saw = words or _look(deployment.folder / "carnival.db", before)
    return Try(part="3", kind="restores after a crash", what=f"crash {turn + 1}", held=not saw, saw=saw)


def _has_command(deployment: Deployment) -> bool:
    return deployment.carnival("backup", "--help").returncode == 0


def _back_up(deployment: Deployment, backup: Path) -> None:
    if _has_command(deployment):
        deployment.must("backup", str(backup))
        return
    with (
        contextlib.closing(sqlite3.connect(deployment.folder / "carnival.db")) as source,
        contextlib.closing(sqlite3.connect(backup)) as copy,
    ):
        source.backup(copy)


def _restore(deployment: Deployment, backup: Path) -> str:
    """Put it back; what the command says where it does not."""
    if not _has_command(deployment):
        shutil.copyfile(backup, deployment.folder / "carnival.db")  # "put both back", as the page on operating said
        return ""
    done = deployment.carnival("restore", str(backup), "--replace")
    return "" if done.returncode == 0 else done.stderr.strip()


def _write_and_die(records: Path, turns: int) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(records), str(turns)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    if writer.stdout.readline().strip() != READY:
        raise RuntimeError("the writer wrote nothing: what follows would show nothing")
    writer.send_signal(signal.SIGKILL)
    writer.wait()


def _content(records: Path) -> list[object]:
    with contextlib.closing(sqlite3.connect(records)) as raw:
        return [
            *raw.execute("SELECT item, number, title, html FROM versions ORDER BY 1, 2"),
            *raw.execute("SELECT id, name, note FROM units ORDER BY 1"),
        ]


def _look(records: Path, before: list[object]) -> str:
    try:
        with contextlib.closing(sqlite3.connect(records)) as raw:
            (verdict,) = raw.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            return f"integrity_check: {verdict}"
        return "" if _content(records) == before else "what stands in the records is not what was backed up"
    except sqlite3.DatabaseError as error:
        return str(error)


if __name__ == "__main__":
    report(attack)
