"""config.editions: the campaign's years, each with its days."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from config.editions import load_editions
from config.errors import ConfigRefused
from config.settings import SHIPPED


def test_a_theme_that_is_not_announced_is_empty(tmp_path: Path) -> None:
    (tmp_path / "e.yaml").write_text(
        "editions:\n  - {id: '1', label: 甲, starts: 2026-09-01, ends: 2026-09-01}\n"
        "  - {id: '2', label: 乙, theme: , starts: 2027-09-01, ends: 2027-09-30}\n",
        encoding="utf-8",
    )

    first, second = load_editions(tmp_path / "e.yaml")

    assert (first.theme, second.theme) == ("", "")
    assert (first.starts, first.ends) == (date(2026, 9, 1), date(2026, 9, 1))


def test_the_shipped_years_do_not_overlap() -> None:
    days = [(entry.starts, entry.ends) for entry in load_editions(SHIPPED / "editions.yaml")]

    assert days == sorted(days)
    assert [earlier for earlier, later in pairwise(days) if earlier[1] >= later[0]] == []


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    row = "  - {id: a, label: x, starts: 2026-09-01, ends: 2026-09-02}\n"
    (tmp_path / "e.yaml").write_text(f"editions:\n{row}{row}", encoding="utf-8")

    with pytest.raises(ConfigRefused, match=r"e.yaml:3: editions\[1\].id: the id `a` stands twice"):
        load_editions(tmp_path / "e.yaml")
