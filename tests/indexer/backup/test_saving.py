"""A backup while everything runs: whole, of one moment, for its owner alone."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from config.settings import Settings
from indexer.backup import archive
from indexer.backup.archive import BackupRefused
from indexer.backup.saving import save
from indexer.base.ids import ItemId
from indexer.base.times import now
from indexer.catalogue.evidence import EvidenceStore, Received
from indexer.records import copying
from indexer.records.database import RecordsDown
from tests.indexer.backup.conftest import ITEMS, decisions_in, faults, made_folder, put_back, read_lines

SAVED = 25


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


def test_a_backup_holds_what_cannot_be_made_again(backup: Path, tmp_path: Path) -> None:
    manifest = archive.extract(backup, made_folder(tmp_path / "out"))

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


def test_a_full_disk_leaves_no_half_backup(settings: Settings, deployment: Path, tmp_path: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from config.settings import Settings\n"
        "from indexer.backup.saving import save; from indexer.base.times import now\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))\n"
        "save(Settings(), Path(sys.argv[1]), now=now())"
    )
    target = tmp_path / "out" / "backup.zip"
    target.parent.mkdir()

    ended = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=False)

    assert "RecordsDown" in ended.stderr.splitlines()[-1]
    assert list(target.parent.iterdir()) == []


def test_a_backup_holds_the_evidence_and_a_restore_brings_it_back(
    settings: Settings, deployment: Path, tmp_path: Path
) -> None:
    store, body = EvidenceStore(settings.data_folder), "网页".encode() * 999
    with store.prepared(Received(url="http://a.example/0.html", body=body, at=now(), headers={})) as prepared:
        row = prepared.keep(ItemId("item"), 1)
    (store.folder / ".part-of-a-killed-process").write_bytes(b"half")
    save(settings, tmp_path / "backup.zip", now=now())
    store.path(row.sha256).write_bytes(b"damaged since")

    aside = put_back(settings, tmp_path / "backup.zip")

    assert store.read(row) == body
    assert aside is not None
    assert (aside / "evidence").is_dir()
    assert not (store.folder / ".part-of-a-killed-process").exists()
