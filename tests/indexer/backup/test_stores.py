"""A backup holds the pictures, and a restore shows them again."""

import shutil
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from config.settings import Settings
from indexer.backup import archive
from indexer.backup.archive import BackupRefused
from indexer.backup.saving import save
from indexer.base import times
from indexer.base.files import parts
from indexer.catalogue.media import LOCK, MediaStore
from indexer.records import copying
from tests.indexer.backup.conftest import put_back

NAMES = [f"{'ab' * 32}-480.webp", f"{'ab' * 32}-480.jpg", f"{'cd' * 32}-1080.jpg"]


@pytest.fixture
def with_pictures(settings: Settings, deployment: Path, tmp_path: Path) -> Path:
    """A backup of a deployment with pictures, one of which was being written."""
    store = MediaStore(settings.data_folder)
    store.put({name: name.encode() for name in NAMES})
    (store.folder / "ab" / ".part-0").write_bytes(b"half")
    save(settings, tmp_path / "backup.zip", now=times.now())
    return tmp_path / "backup.zip"


def test_a_restore_puts_every_picture_back_and_what_was_there_aside(settings: Settings, with_pictures: Path) -> None:
    store = MediaStore(settings.data_folder)
    shutil.rmtree(store.folder)
    store.put({NAMES[0]: b"another deployment's"})

    aside = put_back(settings, with_pictures)

    assert [store.path(name).read_bytes() for name in store.names()] == [name.encode() for name in sorted(NAMES)]
    assert list(parts(store.folder)) == []
    assert store.path(NAMES[0]).stat().st_mode & 0o777 == 0o600
    assert aside is not None
    assert (aside / "media" / "ab" / NAMES[0]).read_bytes() == b"another deployment's"


def test_no_picture_is_removed_between_the_records_and_their_pictures(
    settings: Settings, deployment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, copy = MediaStore(settings.data_folder), copying.copy
    store.put({NAMES[0]: b"copy"})

    def copied_while_held(source: Path, target: Path) -> None:
        with pytest.raises(Timeout):
            FileLock(store.folder / LOCK).acquire(timeout=0)
        copy(source, target)

    monkeypatch.setattr(copying, "copy", copied_while_held)

    assert save(settings, tmp_path / "backup.zip", now=times.now()).counts["items"] > 0


@pytest.mark.parametrize(
    "name", ["media/../carnival.db", "media/ab/x.svg", f"media/ab/{NAMES[0]}/x", "/etc/passwd", f"media/{NAMES[0]}"]
)
def test_a_member_of_another_form_is_refused(with_pictures: Path, name: str) -> None:
    with zipfile.ZipFile(with_pictures, "a") as changed:
        changed.writestr(name, b"x")

    with pytest.raises(BackupRefused, match="no backup of this program"):
        archive.extract(with_pictures, None)


def test_a_picture_that_was_changed_in_the_backup_is_noticed(with_pictures: Path, tmp_path: Path) -> None:
    inside = NAMES[2].encode()
    raw = with_pictures.read_bytes()
    at = raw.rindex(inside, 0, raw.index(b"PK\x01\x02"))  # what it holds is its own name: the last before the index
    broken = tmp_path / "broken.zip"
    broken.write_bytes(raw[:at] + b"X" * len(inside) + raw[at + len(inside) :])

    with pytest.raises(BackupRefused):
        archive.extract(broken, None)
