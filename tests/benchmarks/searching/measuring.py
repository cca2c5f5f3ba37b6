"""One engine over one catalogue, in a process of its own: so that its memory is its own.

    python -m tests.benchmarks.searching.measuring ENGINE TEXT SIZE

Prints one line of JSON: the fields of `Figures`.
"""

import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path

from indexer.search.port import Entry, Query
from tests.benchmarks.searching.engines import ENGINES, Engine, Ours
from tests.benchmarks.searching.entries import SEED, batches
from tests.benchmarks.searching.texts import KINDS, Made, Ordinary, Texts

FINDS, LEAST_FINDS, KIND_SECONDS = 300, 20, 8.0  # of each kind: so many, but no longer than that
PUTS, PIECES = 40, 300
MADE, ORDINARY, REPOSTS = "made", "ordinary", "made, reposts"
TEXTS = (ORDINARY, MADE, REPOSTS)


@dataclass(kw_only=True)
class Figures:
    """rate: items a second. disk, memory: MB, of the folder and of the process at its greatest.

    times: by kind of query the seconds of each find, sorted; of what the engine cannot do there is no kind. pieces:
    the share of pieces of text for which their item was found; None where that was not asked.
    """

    rate: float = 0.0
    disk: float = 0.0
    memory: float = 0.0
    times: dict[str, list[float]] = field(default_factory=dict)
    pieces: float | None = None

    def ms(self, kind: str, percent: int) -> float | None:
        """Return the milliseconds below which so many percent of a kind are; None where it was not asked."""
        some = self.times.get(kind)
        return some[min(len(some) * percent // 100, len(some) - 1)] * 1000 if some else None


class Clocked:
    """Batches, and the seconds that making them took."""

    def __init__(self, batches: Iterable[Sequence[Entry]]) -> None:
        self._batches, self.seconds = iter(batches), 0.0

    def __iter__(self) -> Iterator[Sequence[Entry]]:
        """Yield them."""
        while True:
            begun = time.perf_counter()
            batch = next(self._batches, None)
            self.seconds += time.perf_counter() - begun
            if batch is None:
                return
            yield batch


def measure(name: str, kind: str, count: int, folder: Path) -> Figures:
    """Fill the engine and ask it; return what it took."""
    texts: Texts = Ordinary() if kind == ORDINARY else Made()
    engine, has_copies = ENGINES[name](folder / "index"), kind == REPOSTS
    clocked, begun = Clocked(batches(texts, count, has_copies=has_copies)), time.perf_counter()
    engine.fill(clocked)
    figures = Figures(rate=count / (time.perf_counter() - begun - clocked.seconds), disk=disk_of(folder))
    chance = random.Random(SEED)  # noqa: S311  # the same queries in every run
    for asked in KINDS:
        figures.times[asked] = sorted(find_seconds(engine, texts, chance, asked))
    first = next(iter(batches(texts, min(count, PUTS * 10), has_copies=has_copies)))
    if isinstance(engine, Ours):
        figures.pieces = found_share(engine, first, chance)
    if name != "numpy, brute force":
        figures.times["one put"] = sorted(put_seconds(engine, first))
    figures.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return figures


def find_seconds(engine: Engine, texts: Texts, chance: random.Random, kind: str) -> Iterator[float]:
    """Yield the seconds of finds of one kind."""
    end = time.perf_counter() + KIND_SECONDS
    for number in range(FINDS):
        typed = texts.typed(kind, chance)
        begun = time.perf_counter()
        if not engine.ask(typed, number=number) or (begun > end and number >= LEAST_FINDS):
            return
        yield time.perf_counter() - begun


def put_seconds(engine: Engine, entries: Sequence[Entry]) -> Iterator[float]:
    """Yield the seconds of putting one entry, which is visible after it."""
    for entry in entries[:PUTS]:
        begun = time.perf_counter()
        engine.put(entry)
        yield time.perf_counter() - begun


def found_share(engine: Ours, entries: Sequence[Entry], chance: random.Random) -> float:
    """Return the share of pieces, 2 to 9 characters cut without regard to words, for which their item is found."""
    hits = 0
    for _ in range(PIECES):
        entry = chance.choice(entries)
        start = chance.randrange(len(entry.text) - 10)
        piece = entry.text[start : start + chance.randint(2, 9)]
        # Narrowed to the item's own minute, so that a piece which thousands hold is as quick to check.
        until = entry.published + timedelta(minutes=1) if entry.published else None
        hits += engine.index.find(Query(text=piece, since=entry.published, until=until)).total == 1
    return hits / PIECES


def disk_of(folder: Path) -> float:
    """Return the MB of all files."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def read(line: str) -> Figures:
    """Return the figures that a process printed."""
    found: Mapping[str, object] = json.loads(line)
    return Figures(**found)  # type: ignore[arg-type]  # as `asdict` wrote them


def main() -> None:
    """Measure as the arguments say."""
    name, kind, count = sys.argv[1:]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        print(json.dumps(asdict(measure(name, kind, int(count), Path(folder)))))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
