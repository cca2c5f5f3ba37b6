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
    """rate: items a second. busy: microseconds of the processor an item, all threads together.

    disk, memory: MB, of the folder and of the process at its greatest. times: by kind of query the seconds of each
    find, sorted; of what the engine cannot do there are none. processor: by kind the milliseconds of the processor
    below which 95 percent are: where other work ran beside it, they say more. pieces: the share of pieces of text for
    which their item was found; None where that was not asked.
    """

    rate: float = 0.0
    busy: float = 0.0
    disk: float = 0.0
    memory: float = 0.0
    times: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    pieces: float | None = None

    def add(self, kind: str, took: Iterable["Took"]) -> None:
        """Count the finds of one kind."""
        some = list(took)
        self.times[kind] = sorted(one.seconds for one in some)
        if some:
            self.processor[kind] = percentile(sorted(one.processor for one in some), 95) * 1000

    def ms(self, kind: str, percent: int) -> float | None:
        """Return the milliseconds below which so many percent of a kind are; None where it was not asked."""
        some = self.times.get(kind)
        return percentile(some, percent) * 1000 if some else None


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds that passed, and seconds of the processor."""

    seconds: float
    processor: float


class Clocked:
    """Batches, and the seconds that making them took, those of the processor beside."""

    def __init__(self, batches: Iterable[Sequence[Entry]]) -> None:
        self._batches, self.seconds, self.processor = iter(batches), 0.0, 0.0

    def __iter__(self) -> Iterator[Sequence[Entry]]:
        """Yield them."""
        while True:
            begun, busy = time.perf_counter(), time.thread_time()
            batch = next(self._batches, None)
            self.seconds += time.perf_counter() - begun
            self.processor += time.thread_time() - busy
            if batch is None:
                return
            yield batch


def measure(name: str, kind: str, count: int, folder: Path) -> Figures:
    """Fill the engine and ask it; return what it took."""
    texts: Texts = Ordinary() if kind == ORDINARY else Made()
    engine, has_copies = ENGINES[name](folder / "index"), kind == REPOSTS
    clocked = Clocked(batches(texts, count, has_copies=has_copies))
    begun, busy = time.perf_counter(), time.process_time()
    engine.fill(clocked)
    figures = Figures(
        rate=count / (time.perf_counter() - begun - clocked.seconds),
        busy=(time.process_time() - busy - clocked.processor) / count * 1e6,
        disk=disk_of(folder),
    )
    chance = random.Random(SEED)  # noqa: S311  # the same queries in every run
    for asked in KINDS:
        figures.add(asked, finds(engine, texts, chance, asked))
    first = next(iter(batches(texts, min(count, PUTS * 10), has_copies=has_copies)))
    if isinstance(engine, Ours):
        figures.pieces = found_share(engine, first, chance)
    if name != "numpy, brute force":
        figures.add("one put", puts(engine, first))
    figures.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return figures


def finds(engine: Engine, texts: Texts, chance: random.Random, kind: str) -> Iterator[Took]:
    """Yield what finds of one kind took."""
    end = time.perf_counter() + KIND_SECONDS
    for number in range(FINDS):
        typed = texts.typed(kind, chance)
        begun, busy = time.perf_counter(), time.process_time()
        if (begun > end and number >= LEAST_FINDS) or not engine.ask(typed, number=number):
            return
        yield Took(time.perf_counter() - begun, time.process_time() - busy)


def puts(engine: Engine, entries: Sequence[Entry]) -> Iterator[Took]:
    """Yield what putting one entry took, which is visible after it."""
    for entry in entries[:PUTS]:
        begun, busy = time.perf_counter(), time.process_time()
        engine.put(entry)
        yield Took(time.perf_counter() - begun, time.process_time() - busy)


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


def percentile(ordered: Sequence[float], percent: int) -> float:
    """Return the value below which so many percent are."""
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]


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
