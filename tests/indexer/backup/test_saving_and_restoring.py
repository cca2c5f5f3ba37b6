"""A backup while everything runs, a restore after whatever happened: whole, checked, and nothing deleted."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from config.settings import Settings
from indexer.audit import verify
from indexer.backup import archive, restoring
from indexer.backup.archive import BackupRefused
from indexer.backup.restoring import restore
from indexer.backup.saving import save
from indexer.records import copying
from indexer.records.database import Database, RecordsDown, RecordsRefused
from indexer.records.sqlite_file import beside, integrity
from indexer.times import now
from tests.indexer.backup.conftest import ITEMS, decisions_in

SAVED, MORE = 25, 40


@pytest.fixture
def backup(settings: Settings, deployment: Path, tmp_path: Path) -> Path:
    """A backup of the stopped deployment."""
    file = tmp_path / "backup.zip"
    save(settings, file, now=now())
    return file


def read_lines(process: subprocess.Popen[str], number: int) -> None:
    assert process.stdout is not None
    for _ in range(number):
        process.stdout.readline()


def faults(settings: Settings) -> list[str]:
    database = Database.open(settings.records_url)
    found = [fault.what for _, some in verify(database) for fault in some]
    database.close()
    return found


def put_back(settings: Settings, file: Path, *, replace: bool = True) -> Path | None:
    return restore(settings, file, replace=replace, stamp="20260917-100000").aside


def test_a_backup_while_another_process_decides_is_of_one_moment(
    settings: Settings, deployment: Path, deciding: subprocess.Popen[str], tmp_path: Path
) -> None:
    read_lines(deciding, SAVED)
    before = decisions_in(deployment)
    save(settings, tmp_path / "backup.zip", now=now())
    read_lines(deciding, 5)
    deciding.kill()
    deciding.wait()

    put_back(settings, tmp_path / "backup.zip")

    assert before <= decisions_in(deployment)
    assert len(before) >= SAVED
    assert faults(settings) == []


@pytest.mark.parametrize("left", ["as the kill left it", "without the index", "log of another moment", "rubbish"])
def test_after_a_crash_the_restored_records_are_whole(
    settings: Settings, deployment: Path, deciding: subprocess.Popen[str], tmp_path: Path, left: str
) -> None:
    """The issue's case: an old write-ahead log beside the file that is put back."""
    read_lines(deciding, SAVED)
    save(settings, tmp_path / "backup.zip", now=now())
    archive.extract(tmp_path / "backup.zip", _made(tmp_path / "copy"))
    saved = decisions_in(tmp_path / "copy" / "carnival.db")
    read_lines(deciding, MORE)
    deciding.send_signal(signal.SIGKILL)
    deciding.wait()
    log, index = beside(deployment, "-wal"), beside(deployment, "-shm")
    assert log.stat().st_size > 100_000
    if left == "without the index":
        index.unlink()
    if left == "log of another moment":
        deployment.unlink()  # somebody tried by hand first
    if left == "rubbish":
        log.write_bytes(os.urandom(50_000))
        beside(deployment, "-journal").write_bytes(os.urandom(5_000))

    aside = put_back(settings, tmp_path / "backup.zip")

    assert aside is not None
    assert (aside / "carnival.db-wal").exists()
    assert not log.exists() or log.stat().st_size == 0
    assert integrity(deployment) == []
    assert decisions_in(deployment) == saved
    assert len(saved) >= SAVED + ITEMS
    assert faults(settings) == []


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_backup_holds_what_cannot_be_made_again(backup: Path, tmp_path: Path) -> None:
    manifest = archive.extract(backup, _made(tmp_path / "out"))

    assert set(manifest.members) == {"carnival.db", "secret-key", "whitelist-imported"}
    assert manifest.counts["items"] == manifest.counts["decisions"] == ITEMS
    assert (tmp_path / "out" / "secret-key").read_text() == "k" * 64


def test_a_backup_brings_nobody_s_session_back(
    settings: Settings, deployment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "LEFT_OUT", ("findings", "no_such_table"))  # any table: sessions are another's matter
    with closing(sqlite3.connect(deployment)) as raw, raw:
        raw.execute(
            "INSERT INTO findings (item, version, position, rule, rule_version, severity, field, start, end, excerpt,"
            " message) SELECT item, number, 0, 'r', 1, 'low', 'text', 0, 1, 'geheime Marke', '' FROM versions"
        )

    save(settings, tmp_path / "backup.zip", now=now())

    assert b"geheime Marke" in deployment.read_bytes()
    assert b"geheime Marke" not in (tmp_path / "backup.zip").read_bytes()
    assert put_back(settings, tmp_path / "backup.zip") is not None


def test_a_backup_is_readable_by_its_owner_alone(settings: Settings, deployment: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        save(settings, tmp_path / "backup.zip", now=now())
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "backup.zip").stat().st_mode) == 0o600
    assert sorted(tmp_path.glob(".backup*")) == []


def test_a_backup_never_writes_over_a_file(settings: Settings, backup: Path) -> None:
    before = backup.read_bytes()

    with pytest.raises(BackupRefused, match="is there already"):
        save(settings, backup, now=now())

    assert backup.read_bytes() == before


def test_damaged_records_are_not_saved_as_if_they_were_whole(
    settings: Settings, deployment: Path, tmp_path: Path
) -> None:
    raw = bytearray(deployment.read_bytes())
    raw[8192 : 8192 + 40_000] = os.urandom(40_000)
    deployment.write_bytes(raw)

    with pytest.raises((BackupRefused, RecordsDown)):
        save(settings, tmp_path / "backup.zip", now=now())

    assert not (tmp_path / "backup.zip").exists()


def test_a_restore_into_a_new_folder_gives_it_to_its_owner_alone(settings: Settings, backup: Path, data: Path) -> None:
    shutil.rmtree(data)

    assert put_back(settings, backup, replace=False) is None

    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in data.iterdir()}
    assert {modes[name] for name in ("carnival.db", "secret-key", "whitelist-imported")} == {0o600}
    assert (data / "secret-key").read_text() == "k" * 64


def test_records_that_are_there_are_not_replaced_unasked(settings: Settings, backup: Path, deployment: Path) -> None:
    before = deployment.read_bytes()

    with pytest.raises(BackupRefused, match="--replace"):
        put_back(settings, backup, replace=False)

    assert deployment.read_bytes() == before


def test_what_stood_there_is_moved_aside_with_its_search_index(
    settings: Settings, backup: Path, deployment: Path, data: Path
) -> None:
    (data / "search").mkdir()
    (data / "search" / "current.json").write_text("{}")
    before = deployment.read_bytes()

    aside = put_back(settings, backup)

    assert aside == data / "replaced-20260917-100000"
    assert (aside / "carnival.db").read_bytes() == before
    assert (aside / "search" / "current.json").exists()
    assert not (data / "search").exists()


def test_a_restore_under_a_process_that_has_the_records_open_is_refused(
    settings: Settings, backup: Path, deployment: Path, deciding: subprocess.Popen[str]
) -> None:
    with pytest.raises(RecordsDown, match="are in use"):
        put_back(settings, backup)

    deciding.kill()
    deciding.wait()
    assert put_back(settings, backup) is not None


def test_a_restore_under_carnival_up_is_refused(settings: Settings, backup: Path, data: Path) -> None:
    with FileLock(data / "up.lock"), pytest.raises(BackupRefused, match="`carnival up` runs"):
        put_back(settings, backup)


def test_a_restore_that_was_killed_halfway_is_told_and_can_be_run_again(
    settings: Settings, backup: Path, deployment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(restoring, "_put", killed)
        with pytest.raises(KeyboardInterrupt):
            put_back(settings, backup)
    with pytest.raises(RecordsRefused, match="stopped halfway"):
        Database.open(settings.records_url)

    restore(settings, backup, replace=False, stamp="later")

    assert faults(settings) == []
    assert len(decisions_in(deployment)) == ITEMS


def test_a_full_disk_leaves_no_half_backup(settings: Settings, deployment: Path, tmp_path: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from config.settings import Settings\n"
        "from indexer.backup.saving import save; from indexer.times import now\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))\n"
        "save(Settings(), Path(sys.argv[1]), now=now())"
    )
    target = tmp_path / "out" / "backup.zip"
    target.parent.mkdir()

    ended = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=False)

    assert "RecordsDown" in ended.stderr.splitlines()[-1]
    assert list(target.parent.iterdir()) == []
