"""The lists beside this file: which captured rows must be met, which are known misses, which kinds nobody reads yet.

met.txt: one row id a line. missed/<kind>.txt: row id, tab, reason. without_reader.txt: kind, tab, reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.real.rows import Row

FOLDER = Path(__file__).with_name("pinned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """met: ids of rows. missed: id to reason. without_reader: kind to reason."""

    met: frozenset[str]
    missed: Mapping[str, str]
    without_reader: Mapping[str, str]


def read_pins(folder: Path = FOLDER) -> Pins:
    """Return what the lists of a folder say. Raises ValueError for a row or kind that stands twice."""
    missed = [pair for path in sorted((folder / "missed").glob("*.txt")) for pair in _pairs(path)]
    met = [row for row, _ in _pairs(folder / "met.txt")]
    kinds = list(_pairs(folder / "without_reader.txt"))
    names = [*met, *(row for row, _ in missed), *(kind for kind, _ in kinds)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"on more than one line of {folder}: {', '.join(twice)}")
    return Pins(met=frozenset(met), missed=dict(missed), without_reader=dict(kinds))


def marks(row: Row, pins: Pins) -> Sequence[Any]:
    """Return the pytest marks of a row: none where it must be met, strict where it is known not to be.

    A row on no list (a new one, another folder of captured files) may go either way: the promised shares count it.
    """
    if row.id in pins.met:
        return ()
    if (reason := pins.missed.get(row.id)) is not None:
        words = f"known miss ({reason}); once it is met, take it off tests/real/pinned/missed/{row.kind}.txt"
        return (pytest.mark.xfail(reason=words, raises=AssertionError, strict=True),)
    if (reason := pins.without_reader.get(row.kind)) is not None:
        words = f"no reader of this kind ({reason}); once there is one: tests/real/pinned/without_reader.txt"
        return (pytest.mark.xfail(reason=words, raises=AssertionError, strict=True),)
    return (pytest.mark.xfail(reason="on no list: python -m tests.real.misses", raises=AssertionError, strict=False),)


def write_list(path: Path, lines: Iterable[tuple[str, str]]) -> None:
    """Write one list, sorted; without lines there is no file."""
    text = "".join(f"{name}\t{reason}".rstrip() + "\n" for name, reason in sorted(lines))
    if text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def _pairs(path: Path) -> list[tuple[str, str]]:
    if not path.is_file():
        return []
    lines = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(name.strip(), reason.strip()) for name, _, reason in lines]
