"""A crash leaves a write-ahead log: whole, cut off where the work was, or damaged; each is told apart."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.records import channels, repair
from indexer.records.database import Database, RecordsRefused
from indexer.records.write_ahead_log import LogState, byte_length, examine

UNITS = 12
WRITER = """
import os, sys
from indexer.items import Unit, UnitId
from indexer.records import channels
from indexer.records.database import Database

database = Database.open(sys.argv[1])
for number in range(int(sys.argv[2])):
    with database.transaction() as tx:
        name = f"u{number:03}"
        unit = Unit(id=UnitId(name), name=name, short_name="示", system="区", district="东城区", note="长" * 3000)
        channels.save_unit(tx, unit)
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def crashed(tmp_path: Path, database: Database) -> Path:
    """Records whose only process was killed: every unit stands in the write-ahead log alone."""
    database.close()
    path = tmp_path / "crashed" / "carnival.db"
    path.parent.mkdir()
    shutil.copyfile(tmp_path / "records" / "carnival.db", path)
    ended = subprocess.run([sys.executable, "-c", WRITER, f"sqlite:///{path}", str(UNITS)], check=False)
    assert ended.returncode == -9
    return path


def log_of(path: Path) -> Path:
    return path.with_name("carnival.db-wal")


def flip(path: Path, at: int) -> None:
    """Change one bit of one byte."""
    raw = bytearray(path.read_bytes())
    raw[at] ^= 0x10
    path.write_bytes(raw)


def units_in(path: Path) -> int:
    database = Database.open(f"sqlite:///{path}")
    with database.reading() as tx:
        found = len(channels.units(tx))
    database.close()
    return found


def test_a_whole_log_is_read_to_its_end(crashed: Path) -> None:
    state = examine(crashed)

    assert state.kept == state.committed > UNITS
    assert (state.torn, units_in(crashed)) == (0, UNITS)


def test_our_checksums_are_those_of_sqlite(crashed: Path) -> None:
    # Every frame counts as whole only if the running sum over all before it is right.
    log = log_of(crashed)

    assert byte_length(crashed, examine(crashed).kept) == log.stat().st_size


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("index", ["kept", "gone"])
def test_a_damaged_frame_before_others_is_refused_by_name(crashed: Path, place: float, index: str) -> None:
    log = log_of(crashed)
    if index == "gone":
        log.with_name("carnival.db-shm").unlink()
        place *= 0.8  # damage to the very last commit cannot be told from a crash of the machine without the index
    flip(log, int(log.stat().st_size * place))
    before = crashed.read_bytes(), log.read_bytes()

    with pytest.raises(RecordsRefused, match=r"carnival\.db-wal is damaged.*Restore the last backup"):
        Database.open(f"sqlite:///{crashed}")

    assert (crashed.read_bytes(), log.read_bytes()) == before


@pytest.mark.parametrize("keep", [0, 20, 32, 5000, 0.5])
def test_a_log_that_was_cut_short_is_refused(crashed: Path, keep: float) -> None:
    log = log_of(crashed)
    os.truncate(log, int(keep if keep >= 1 or not keep else log.stat().st_size * keep))

    with pytest.raises(RecordsRefused, match="is damaged"):
        Database.open(f"sqlite:///{crashed}")


def test_a_log_that_is_gone_is_refused(crashed: Path) -> None:
    log_of(crashed).unlink()

    with pytest.raises(RecordsRefused, match="is damaged"):
        Database.open(f"sqlite:///{crashed}")


@pytest.mark.parametrize("at", [3, 9, 18, 26])
def test_a_log_whose_header_is_damaged_is_refused(crashed: Path, at: int) -> None:
    flip(log_of(crashed), at)

    with pytest.raises(RecordsRefused, match="is damaged"):
        Database.open(f"sqlite:///{crashed}")


def test_records_that_are_gone_while_their_log_is_there_are_refused(crashed: Path) -> None:
    crashed.unlink()

    with pytest.raises(RecordsRefused, match="are gone, only their write-ahead log"):
        Database.open(f"sqlite:///{crashed}")


@pytest.mark.parametrize("more", [b"", b"\1" * 10, b"\1" * 3000])
def test_what_a_kill_cut_off_in_the_middle_of_a_page_is_dropped(crashed: Path, more: bytes) -> None:
    """The last transaction was never finished: nobody was told that it was saved."""
    log = log_of(crashed)
    header = log.read_bytes()[:32]
    with log.open("ab") as out:
        out.write(b"\0\0\0\2\0\0\0\0" + header[16:24] + b"\0" * 8 + more)

    assert units_in(crashed) == UNITS


def test_an_unfinished_transaction_is_dropped_and_said(crashed: Path, caplog: pytest.LogCaptureFixture) -> None:
    log = log_of(crashed)
    with log.open("ab") as out:
        out.write(b"\0\0\0\2\0\0\0\0" + log.read_bytes()[16:24] + b"\0" * 8 + b"\1" * 4096)

    assert units_in(crashed) == UNITS
    assert "1 pages of a transaction that a crash cut off" in caplog.text


def test_frames_left_over_from_an_earlier_log_are_no_damage(crashed: Path) -> None:
    log = log_of(crashed)
    with log.open("ab") as out:
        out.write(b"\0\0\0\2\0\0\0\7" + b"\5" * 16 + b"\1" * 4096)

    assert examine(crashed).torn == 0
    assert units_in(crashed) == UNITS


@pytest.mark.parametrize("index", ["kept", "gone"])
def test_an_older_copy_put_back_beside_the_log_of_a_crash_is_refused(crashed: Path, tmp_path: Path, index: str) -> None:
    old_copy, url = tmp_path / "copy.db", f"sqlite:///{crashed}"
    assert units_in(crashed) == UNITS
    shutil.copyfile(crashed, old_copy)
    for letter in ("v", "w"):
        subprocess.run([sys.executable, "-c", WRITER.replace("u{", f"{letter}{{"), url, "40"], check=False)
        if letter == "v":
            units_in(crashed)  # ends well: all that was written until now stands in the file, the log is gone
    shutil.copyfile(old_copy, crashed)
    if index == "gone":
        log_of(crashed).with_name("carnival.db-shm").unlink()
    before = log_of(crashed).read_bytes()

    with pytest.raises(RecordsRefused, match="do not fit together"):
        Database.open(url)

    assert (crashed.read_bytes(), log_of(crashed).read_bytes()) == (old_copy.read_bytes(), before)


def test_what_another_process_has_open_is_not_examined(crashed: Path) -> None:
    first = Database.open(f"sqlite:///{crashed}")

    assert units_in(crashed) == UNITS
    first.close()


def test_a_loss_can_be_accepted_and_the_damaged_files_are_kept(crashed: Path, make_unit: Callable[..., object]) -> None:
    log = log_of(crashed)
    flip(log, int(log.stat().st_size * 0.6))
    damaged = log.read_bytes()

    loss = repair.accept_loss(crashed, stamp="20260917")

    assert loss is not None
    assert 0 < loss.kept < loss.committed
    assert (loss.aside / "carnival.db-wal").read_bytes() == damaged
    assert 0 < units_in(crashed) < UNITS


def test_where_nothing_is_damaged_nothing_is_accepted(crashed: Path) -> None:
    assert repair.accept_loss(crashed, stamp="20260917") is None
    assert units_in(crashed) == UNITS


def test_an_empty_folder_has_no_log(tmp_path: Path) -> None:
    assert examine(tmp_path / "carnival.db") == LogState()


@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_records_are_readable_by_their_owner_alone(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "data" / "carnival.db"
    before = os.umask(umask)
    try:
        database = Database.open(f"sqlite:///{path}")
        with database.transaction():
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        database.close()
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {"carnival.db", "carnival.db-wal", "carnival.db-shm", "carnival.db.lock"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_records_open_to_others_are_narrowed(crashed: Path) -> None:
    for file in crashed.parent.iterdir():
        file.chmod(0o666)

    database = Database.open(f"sqlite:///{crashed}")
    modes = {stat.S_IMODE(file.stat().st_mode) for file in crashed.parent.iterdir()}
    database.close()

    assert modes == {0o600}
