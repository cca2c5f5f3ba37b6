"""What the items of one generation mean: a file beside the index that vectors are only added to.

Which items there are, tantivy says: a row whose item is gone, or whose change was never committed, is never shown. So a
withdrawal needs no row, readers need no lock, and the last row of an item is the one that counts.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.search.engine import Vector
from indexer.search.meaning import digest_of, read_vector
from indexer.search.port import Entry
from indexer.search.tantivy.shared import number_of

SPARE = 1000  # rows that nobody counts before the file is written anew
COPIED = 1000  # rows at a time
File = tuple[int, int]  # its device, and its number there
NO_FILE: File = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorForm:
    """Of which model the vectors are, and how long: an index holds those of one model."""

    model: str
    dimensions: int

    @property
    def name(self) -> str:
        """Of the file."""
        return f"vectors-{digest_of(self.model)}-{self.dimensions}.rows"

    @property
    def row(self) -> np.dtype[np.void]:
        """A row: the number of an item, below zero where it has no vector; then the vector."""
        return np.dtype([("key", "<i8"), ("vector", "<f4", (self.dimensions,))])


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorRows:
    """The vectors of one generation as they stood at one moment. keys: of each row, each once; rows: their places.

    lasts: what both were taken from, and of which file; None where of none.
    """

    keys: NDArray[np.int64]
    rows: NDArray[np.intp]
    held: NDArray[np.float32]
    lasts: "_Lasts | None" = None

    def cosines(self, vector: Vector) -> NDArray[np.float32]:
        """Return the cosine of each key's vector with this one. All of them: exact, and 100,000 take some 20 ms."""
        found: NDArray[np.float32] = (self.held @ vector)[self.rows]
        return found

    def places(self, keys: Sequence[int]) -> NDArray[np.intp]:
        """Return where those of these keys stand that have a vector."""
        wanted = np.asarray(keys, dtype=np.int64)
        if not len(self.keys) or not len(wanted):
            return np.zeros(0, dtype=np.intp)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found: NDArray[np.intp] = places[self.keys[places] == wanted]
        return found


def begin(generation: Path, form: VectorForm | None) -> None:
    """Let a new generation hold vectors of this form; of none where there is none. Raises OSError."""
    if form is not None:
        (generation / form.name).touch()


def append(generation: Path, form: VectorForm | None, entries: Sequence[Entry]) -> None:
    """Add the vectors of these entries, where the generation holds some. Only while writing. Raises OSError.

    Of an entry without a vector, or with one of another model, the one that is held before counts no more.
    """
    for file in generation.glob("vectors-*.rows") if entries else ():
        dimensions = int(file.stem.rpartition("-")[2])
        held = VectorForm(model="", dimensions=dimensions)
        rows = np.zeros(len(entries), dtype=held.row)
        for place, entry in enumerate(entries):
            same = form is not None and file.name == form.name
            vector = read_vector(entry.vector, dimensions) if same else None
            key = number_of(entry.item)
            rows[place] = (-1 - key, 0.0) if vector is None else (key, vector)
        with file.open("r+b") as out:
            whole = out.seek(0, os.SEEK_END) // held.row.itemsize * held.row.itemsize
            out.seek(whole)  # over what a killed process left half-written
            out.truncate()
            out.write(rows.tobytes())
            out.flush()
            os.fsync(out.fileno())


def read(generation: Path, form: VectorForm, before: VectorRows | None = None) -> VectorRows | None:
    """Return what a generation holds of this form; None where it holds none. Raises OSError.

    before: what was read last. Where that is of the same file, only the rows that were added are looked at: after every
    commit the first search waits for this.
    """
    try:
        held, file = _mapped(generation / form.name, form)
    except FileNotFoundError:
        return None
    known = before.lasts if before is not None else None
    if known is not None and known.file == file and known.count <= len(held):
        lasts = known.with_later(_Lasts.of(held["key"], file, begin=known.count))
    else:
        lasts = _Lasts.of(held["key"], file)
    has = lasts.rows >= 0
    return VectorRows(keys=lasts.whose[has], rows=lasts.rows[has], held=held["vector"], lasts=lasts)


def tidy(generation: Path, items: Callable[[], int]) -> None:
    """Write the file anew where most of its rows count no more. Only while writing. Raises OSError.

    items: tells how many the generation holds; asked only where it may be too few, since telling it opens all parts.
    """
    for file in generation.glob("vectors-*.rows"):
        form = VectorForm(model="", dimensions=int(file.stem.rpartition("-")[2]))
        held, opened = _mapped(file, form)
        if len(held) <= SPARE or len(held) <= 2 * items() + SPARE:
            continue
        rows = _Lasts.of(held["key"], opened).rows
        rows = rows[rows >= 0]
        fresh = file.with_suffix(".new")
        with fresh.open("wb") as out:
            for first in range(0, len(rows), COPIED):
                out.write(held[rows[first : first + COPIED]].tobytes())
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)  # who reads the old one keeps it


def _mapped(path: Path, form: VectorForm) -> tuple[NDArray[np.void], File]:
    """The whole rows of a file, read as they are needed and shared with other processes; and which file it is."""
    with path.open("rb") as file:  # opened once: it may be another one by the time it is opened again
        stat = os.fstat(file.fileno())
        size = stat.st_size // form.row.itemsize
        if not size:  # no memory can be mapped to it
            return np.zeros(0, dtype=form.row), NO_FILE
        return np.memmap(file, dtype=form.row, mode="r", shape=(size,)), (stat.st_dev, stat.st_ino)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lasts:
    """The last row of each item among the first `count` rows of a file; below zero where it has no vector.

    whose: the keys of the items, in their order. A file that is mapped keeps its number: no other one is given it.
    """

    whose: NDArray[np.int64]
    rows: NDArray[np.intp]
    count: int
    file: File

    @staticmethod
    def of(keys: NDArray[np.int64], file: File, *, begin: int = 0) -> "_Lasts":
        """Look at the rows from this one on."""
        looked = keys[begin:]
        whose = np.where(looked < 0, -1 - looked, looked)
        found, from_end = np.unique(whose[::-1], return_index=True)
        places = len(looked) - 1 - from_end
        rows = np.where(looked[places] >= 0, begin + places, -1)
        return _Lasts(whose=found, rows=rows, count=len(keys), file=file)

    def with_later(self, later: "_Lasts") -> "_Lasts":
        """Return the last rows of all, where the later ones count more."""
        places = np.searchsorted(self.whose, later.whose)
        is_known = np.zeros(len(places), dtype=bool)
        inside = places < len(self.whose)
        is_known[inside] = self.whose[places[inside]] == later.whose[inside]
        rows = self.rows.copy()
        rows[places[is_known]] = later.rows[is_known]
        fresh = places[~is_known]
        return _Lasts(
            whose=np.insert(self.whose, fresh, later.whose[~is_known]),
            rows=np.insert(rows, fresh, later.rows[~is_known]),
            count=later.count,
            file=later.file,
        )
