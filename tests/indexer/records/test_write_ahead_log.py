"""A crash leaves a write-ahead log: whole, cut off where the work was, or damaged; each is told apart."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.records.database import Database, RecordsRefused
from indexer.records.write_ahead_log import LogState, byte_length, examine
from tests.indexer.conftest import UNITS, WRITER, flip, log_of, units_in


@pytest.fixture
def records_on() -> str:
    """The log is SQLite's."""
    return "sqlite"


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


def test_an_empty_folder_has_no_log(tmp_path: Path) -> None:
    assert examine(tmp_path / "carnival.db") == LogState()
