"""Whitelists as YAML text: read, and imported."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from config.units.entries import UnitEntry
from config.units.load import load_units
from indexer.base.actors import operator
from indexer.records.database import Database
from indexer.whitelist.desk import import_units
from indexer.whitelist.diff import Comparison


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Sequence[UnitEntry]]:
    """Read a whitelist from YAML text."""

    def read(text: str) -> Sequence[UnitEntry]:
        (tmp_path / "list.yaml").write_text(text, encoding="utf-8")
        return load_units(tmp_path / "list.yaml")

    return read


@pytest.fixture
def take(database: Database, load: Callable[[str], Sequence[UnitEntry]], now: datetime) -> Callable[..., Comparison]:
    """Import YAML text as 编辑甲."""

    def run(text: str, *, approve: bool = False) -> Comparison:
        return import_units(
            database, load(text), file="lists/list.yaml", who=operator("编辑甲"), now=now, approve=approve
        )

    return run
