"""A data folder for crawls."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, _migrated: Path) -> Path:
    """A data folder with empty records."""
    shutil.copyfile(_migrated, tmp_path / "carnival.db")
    return tmp_path
