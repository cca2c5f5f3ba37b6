"""A restore after whatever happened: whole, checked, and nothing deleted."""

import os
import shutil
import signal
import stat
import subprocess
from pathlib import Path

import pytest
from filelock import FileLock

from config.settings import Settings
from indexer.backup import archive, restoring
from indexer.backup.archive import BackupRefused
from indexer.backup.restoring import restore
from indexer.backup.saving import save
from indexer.base.times import now
from indexer.records.database import Database, RecordsDown, RecordsRefused
from indexer.records.sqlite_file import beside, integrity
from tests.indexer.backup.conftest import ITEMS, decisions_in, faults, made_folder, put_back, read_lines

SAVED, MORE = 25, 40


@pytest.mark.parametrize("left", ["as the kill left it", "without the index", "log of another moment", "rubbish"])
def test_after_a_crash_the_restored_records_are_whole(
    settings: Settings, deployment: Path, deciding: subprocess.Popen[str], tmp_path: Path, left: str
) -> None:
    """The issue's case: an old write-ahead log beside the file that is put back."""
    read_lines(deciding, SAVED)
    save(settings, tmp_path / "backup.zip", now=now())
    archive.extract(tmp_path / "backup.zip", made_folder(tmp_path / "copy"))
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
