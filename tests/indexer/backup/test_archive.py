"""A file that is no whole backup is refused by its name, and nothing in it can do harm."""

import hashlib
import io
import json
import os
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from config.settings import Settings
from indexer.backup import restoring
from indexer.backup.archive import BackupRefused
from indexer.backup.restoring import restore

Members = dict[str, bytes]


def members_of(file: Path) -> Members:
    with zipfile.ZipFile(file) as held:
        return {name: held.read(name) for name in held.namelist()}


def written(file: Path, members: Members, *, compression: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(file, "w", compression) as out:
        for name, content in members.items():
            out.writestr(name, content)


def telling(held: Members, **fields: object) -> Members:
    """The same with these fields of the manifest."""
    manifest = json.loads(held["manifest.json"]) | fields
    return held | {"manifest.json": json.dumps(manifest).encode()}


def consistent(members: Members, **fields: object) -> Members:
    """The same with a manifest that names every member as it is: forged with care."""
    named = {name: content for name, content in members.items() if name != "manifest.json"}
    with_hashes = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in named.items()
    }
    return telling(members, members=with_hashes, **fields)


def newer(members: Members, tmp_path: Path) -> Members:
    """Records of a program that is not written yet."""
    file = tmp_path / "newer.db"
    file.write_bytes(members["carnival.db"])
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    return consistent(members | {"carnival.db": file.read_bytes()})


def torn(members: Members) -> Members:
    raw = bytearray(members["carnival.db"])
    raw[20_000:60_000] = os.urandom(40_000)
    return consistent(members | {"carnival.db": bytes(raw)})


def overlapping(file: Path) -> None:
    """Two names over the same bytes: what zip bombs without compression are made of."""
    members = members_of(file)
    big = {"manifest.json": members["manifest.json"], "carnival.db": members["carnival.db"]}
    written(file, big)
    raw = file.read_bytes()
    at = raw.rfind(b"PK\5\6")
    start = struct.unpack("<I", raw[at + 16 : at + 20])[0]
    entry = raw[raw.rfind(b"PK\1\2", start, at) : at]
    doubled = entry.replace(b"carnival.db", b"demo-port\0\0").replace(b"demo-port\0\0", b"secret-key\0")
    end = bytearray(raw[at:])
    struct.pack_into("<HHI", end, 8, 3, 3, at - start + len(doubled))
    file.write_bytes(raw[:at] + doubled + bytes(end))


def rewrite(change: Callable[[Members], Members]) -> Callable[[Path], None]:
    return lambda file: written(file, change(members_of(file)))


def cut(share: float) -> Callable[[Path], None]:
    return lambda file: os.truncate(file, int(file.stat().st_size * share))


def flip_in_directory(file: Path) -> None:
    """One bit of what the end of the file says of its last member: the checksum."""
    raw = bytearray(file.read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 16] ^= 1
    file.write_bytes(raw)


def flip(share: float) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        raw = bytearray(file.read_bytes())
        raw[int(len(raw) * share)] ^= 1
        file.write_bytes(raw)

    return change


def add(name: str) -> Callable[[Path], None]:
    return rewrite(lambda members: members | {name: b"x"})


def zip_bomb(file: Path) -> None:
    members = members_of(file)
    written(file, members | {"secret-key": b"\0" * 50_000_000}, compression=zipfile.ZIP_DEFLATED)


def rubbish(file: Path) -> None:
    file.write_bytes(os.urandom(5000))


def bare_records(file: Path) -> None:
    file.write_bytes(members_of(file)["carnival.db"])


def twice(file: Path) -> None:
    raw = io.BytesIO(file.read_bytes())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(raw, "a") as out:
        out.writestr("secret-key", "other")
    file.write_bytes(raw.getvalue())


BAD: dict[str, Callable[[Path], None]] = {
    "empty": cut(0),
    "cut in the middle": cut(0.5),
    "cut near the end": cut(0.999),
    "one bit of the records": flip(0.4),
    "one bit of the end": flip_in_directory,
    "rubbish": rubbish,
    "a record file instead": bare_records,
    "another zip": lambda file: written(file, {"readme.txt": b"hello"}),
    "climbs out": add("../secret-key"),
    "absolute": add("/etc/carnival"),
    "a file of its own": add("carnival.db-wal"),
    "with a backslash": add("..\\secret-key"),
    "a bomb": zip_bomb,
    "twice": twice,
    "overlapping": overlapping,
    "no records": rewrite(lambda members: {name: members[name] for name in members if name != "carnival.db"}),
    "another key": rewrite(lambda members: members | {"secret-key": b"q" * 64}),
    "a manifest that is no JSON": rewrite(lambda members: members | {"manifest.json": b"[" * 60_000}),
    "a huge manifest": rewrite(lambda members: members | {"manifest.json": b" " * 100_000}),
    "a manifest of other fields": rewrite(lambda members: telling(members, more=1)),
    "a later form": rewrite(lambda members: telling(members, format_version=2)),
    "another program's": rewrite(lambda members: telling(members, format="some backup")),
    "other counts": rewrite(lambda members: telling(members, counts={"items": 1})),
    "forged damage": rewrite(torn),
    "forged records of another kind": rewrite(lambda members: consistent(members | {"carnival.db": b""})),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_whole_backup_is_refused_by_name_and_nothing_is_touched(
    settings: Settings, backup: Path, deployment: Path, data: Path, kind: str
) -> None:
    BAD[kind](backup)
    before = {file.name: file.read_bytes() for file in data.iterdir() if file.suffix not in (".lock", ".use")}

    with pytest.raises(BackupRefused, match=r"backup\.zip"):
        restore(settings, backup, replace=True, stamp="now")

    after = {file.name: file.read_bytes() for file in data.iterdir() if file.suffix not in (".lock", ".use")}
    assert after == before


def test_records_of_a_newer_program_are_refused(
    settings: Settings, backup: Path, deployment: Path, tmp_path: Path
) -> None:
    written(backup, newer(members_of(backup), tmp_path))

    with pytest.raises(BackupRefused, match=r"newer version \(migration 9999\)"):
        restore(settings, backup, replace=True, stamp="now")


def test_a_backup_larger_than_the_free_space_is_refused(
    settings: Settings, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "LEFT_FREE_BYTES", 1 << 60)

    with pytest.raises(BackupRefused, match="are free"):
        restore(settings, backup, replace=True, stamp="now")


def test_a_data_folder_on_another_disk_needs_room_too(
    deployment: Path, backup: Path, tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "LEFT_FREE_BYTES", 3 * 1024 * 1024)
    elsewhere = Settings(data_folder=small_disk, database_url=f"sqlite:///{tmp_path / 'records.db'}")

    with pytest.raises(BackupRefused, match=rf"bytes in {small_disk}, where"):
        restore(elsewhere, backup, replace=False, stamp="now")


def test_the_untouched_file_is_taken(settings: Settings, backup: Path) -> None:
    assert restore(settings, backup, replace=True, stamp="now").manifest.counts["items"] > 0
