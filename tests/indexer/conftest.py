"""Every test of the catalogue that uses `database` runs on SQLite and on PostgreSQL."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.records import channels
from indexer.records.database import Database

UNITS = 12
WRITER = """
import os, sys
from indexer.base.ids import UnitId
from indexer.whitelist.records import Unit
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


@pytest.fixture(params=["sqlite", "postgresql"])
def records_on(request: pytest.FixtureRequest) -> str:
    """Which database `database` lies on; a test of files alone names one by `parametrize`."""
    kind: str = request.param
    return kind


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
