"""indexer.catalogue.media: a copy is there whole or not at all."""

import os
from pathlib import Path

import pytest

from indexer.base.files import PART, parts
from indexer.catalogue import media
from indexer.catalogue.media import MediaStore, MediaStoreDown
from indexer.catalogue.pictures import Picture

HASH = "ab" * 32
NAMES = (f"{HASH}-480.webp", f"{HASH}-480.jpg")


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path)


def test_copies_lie_by_their_hash_readable_by_their_owner_alone(store: MediaStore) -> None:
    store.put(dict.fromkeys(NAMES, b"copy"))

    path = store.path(NAMES[0])
    assert path == store.folder / "ab" / NAMES[0]
    assert (path.read_bytes(), path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (
        b"copy",
        0o600,
        0o700,
    )
    assert (list(store.names()), list(parts(store.folder))) == (sorted(NAMES), [])
    assert (store.has(NAMES[0]), store.has(f"{'cd' * 32}-480.jpg")) == (True, False)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", f"{HASH}.jpg", f"{HASH}-480.svg", f"{HASH}-0.jpg", "", f"{HASH}-480.jpg/"]
)
def test_a_name_that_no_copy_has_leads_nowhere(store: MediaStore, name: str) -> None:
    with pytest.raises(ValueError, match="no copy"):
        store.path(name)


def test_what_fails_while_it_is_written_is_not_there(store: MediaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.base.files.os.fsync", full)

    with pytest.raises(MediaStoreDown, match="space"):
        store.put({NAMES[0]: b"copy"})

    assert (list(store.names()), list(parts(store.folder))) == ([], [])


def test_all_copies_of_a_picture_are_removed_together_and_no_other_s(store: MediaStore) -> None:
    other = f"{'ab' + 'cd' * 31}-480.jpg"
    store.put(dict.fromkeys((*NAMES, other), b"copy"))

    store.remove(HASH)

    assert list(store.names()) == [other]


def test_what_a_killed_process_was_writing_is_no_copy(store: MediaStore) -> None:
    store.put({NAMES[0]: b"copy"})
    (store.folder / "ab" / f"{PART}0").write_bytes(b"half")

    assert (list(store.names()), len(list(parts(store.folder)))) == ([NAMES[0]], 1)
    with store.lock():
        assert os.path.exists(store.folder / media.LOCK)


def test_a_picture_names_its_copies() -> None:
    picture = Picture(hash=HASH, width=480, height=300, widths=(480,), formats=("webp", "jpg"), bytes=2)

    assert picture.names == list(NAMES)
