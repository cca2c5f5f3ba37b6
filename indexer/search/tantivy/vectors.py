"""What the items of one generation mean: a file beside the index that vectors are only added to.

Which items there are, tantivy says: a row whose item is gone, or whose change was never committed, is never shown. So a
withdrawal needs no row, readers need no lock, and the last row of an item is the one that counts.
"""

import os
from collections.abc import Sequence
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
    """The vectors of one generation as they stood at one moment. keys: of each row, each once; rows: their places."""

    keys: NDArray[np.int64]
    rows: NDArray[np.intp]
    held: NDArray[np.float32]

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


def read(generation: Path, form: VectorForm) -> VectorRows | None:
    """Return what a generation holds of this form; None where it holds none. Raises OSError."""
    try:
        held = _mapped(generation / form.name, form)
    except FileNotFoundError:
        return None
    keys, rows = _last(held["key"])
    return VectorRows(keys=keys, rows=rows, held=held["vector"])


def tidy(generation: Path, items: int) -> None:
    """Write the file anew where most of its rows count no more. Only while writing. Raises OSError.

    items: how many the generation holds.
    """
    for file in generation.glob("vectors-*.rows"):
        form = VectorForm(model="", dimensions=int(file.stem.rpartition("-")[2]))
        held = _mapped(file, form)
        if len(held) <= 2 * items + SPARE:
            continue
        _, rows = _last(held["key"])
        fresh = file.with_suffix(".new")
        with fresh.open("wb") as out:
            for first in range(0, len(rows), COPIED):
                out.write(held[rows[first : first + COPIED]].tobytes())
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)  # who reads the old one keeps it


def _mapped(path: Path, form: VectorForm) -> NDArray[np.void]:
    """The whole rows of a file, read as they are needed and shared with other processes."""
    with path.open("rb") as file:  # opened once: it may be another one by the time it is opened again
        size = os.fstat(file.fileno()).st_size // form.row.itemsize
        if not size:  # no memory can be mapped to it
            return np.zeros(0, dtype=form.row)
        return np.memmap(file, dtype=form.row, mode="r", shape=(size,))


def _last(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The keys that have a vector, in their order, and the last row of each."""
    whose = np.where(keys < 0, -1 - keys, keys)
    found, from_end = np.unique(whose[::-1], return_index=True)
    rows = len(keys) - 1 - from_end
    has = keys[rows] >= 0
    return found[has], rows[has]
