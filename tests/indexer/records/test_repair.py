"""Going on after a damaged write-ahead log: what can be read is kept, what was lost is counted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.records import repair
from indexer.records.database import Database, RecordsDown
from tests.indexer.conftest import UNITS, flip, log_of, units_in


@pytest.fixture
def records_on() -> str:
    """The log is SQLite's."""
    return "sqlite"


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


def test_a_log_of_which_nothing_can_be_read_is_put_aside_whole(crashed: Path) -> None:
    log = log_of(crashed)
    flip(log, 3)

    loss = repair.accept_loss(crashed, stamp="20260917")

    assert loss is not None
    assert (loss.kept, loss.wrong) == (0, ())
    assert {file.name for file in loss.aside.iterdir()} >= {"carnival.db", "carnival.db-wal"}
    assert units_in(crashed) == 0


def test_records_that_a_process_has_open_are_left_alone(crashed: Path) -> None:
    database = Database.open(f"sqlite:///{crashed}")

    with pytest.raises(RecordsDown, match="are in use"):
        repair.accept_loss(crashed, stamp="20260917")

    database.close()
    assert not list(crashed.parent.glob("damaged-*"))
