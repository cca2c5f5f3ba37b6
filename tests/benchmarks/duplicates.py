"""`make bench-understand`: what finding copies costs an item, among ten thousand items and among a million.

    python -m tests.benchmarks.duplicates [--most 1000000]

Synthetic sketches: of ten items one is a copy of another, one is written from a template, the rest are their own. At
each size a thousand more come, each looked for and added, as understanding does it; to that comes making its sketch,
and comparing its text with those that were found near, both of 500 letters. Exits with 1 where the cost among most
items is above twice that among fewest, or above 10 ms.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.near import compare
from indexer.understanding.duplicates.pieces import Piece
from indexer.understanding.duplicates.postings import NEAREST, KnownSketches
from indexer.understanding.duplicates.sketches import LEAST_KEPT, Sketch, sketch

SIZES = (10_000, 100_000, 1_000_000)
MEASURED = 1_000
MOST_MS, MOST_TIMES = 10.0, 2.0
TEXT_CHARS = 500
COPIED_RUNS, TEMPLATE_RUNS, TEMPLATES = 48, 40, 20
NUMBERS = 2**32


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of items that come when so many are known: milliseconds of each, how many were near it, bytes of each of all."""

    items: int
    mean_ms: float
    typical_ms: float
    worst_ms: float
    near: float
    bytes_each: float


def sketches(seed: int = 1) -> Iterator[Sketch]:
    """Yield sketches without end."""
    random = np.random.default_rng(seed)
    templates = random.integers(0, NUMBERS, (TEMPLATES, TEMPLATE_RUNS), dtype=np.uint32)
    older = random.integers(0, NUMBERS, LEAST_KEPT, dtype=np.uint32)
    for number, kind in enumerate(random.integers(0, 10, 2 * SIZES[-1])):
        own = random.integers(0, NUMBERS, LEAST_KEPT, dtype=np.uint32)
        if kind == 0:
            own[:COPIED_RUNS] = older[:COPIED_RUNS]
        elif kind == 1:
            own[:TEMPLATE_RUNS] = templates[number % TEMPLATES]
        older = own if kind == 2 else older
        yield np.unique(own)


def grow(known: KnownSketches, coming: Iterator[Sketch], size: int) -> None:
    """Add items until so many are known."""
    for number in range(len(known), size):
        known.add(ItemId(f"{number:026}"), next(coming))


def measure(known: KnownSketches, coming: Iterator[Sketch]) -> Cost:
    """Look for and add a thousand items."""
    size, times, near = len(known), [], 0
    for number in range(size, size + MEASURED):
        item, drawn = ItemId(f"{number:026}"), next(coming)
        start = time.process_time()
        near += len(known.nearest(drawn, but=item))
        known.add(item, drawn)
        times.append(1000 * (time.process_time() - start))
    return Cost(
        items=size,
        mean_ms=sum(times) / len(times),
        typical_ms=sorted(times)[len(times) // 2],
        worst_ms=max(times),
        near=near / MEASURED,
        bytes_each=known.size_bytes / len(known),
    )


def texts() -> Sequence[Piece]:
    """Return a text and twenty that share most of it."""
    random = np.random.default_rng(1)
    body = "".join(map(chr, random.integers(0x4E00, 0x9000, TEXT_CHARS)))
    return [Piece("", body[place:] + str(place)) for place in range(NEAREST + 1)]


def best_ms(run: Callable[[], object], rounds: int = 20) -> float:
    """Return the least time of the processor that a call took."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        times.append(1000 * (time.process_time() - start))
    return min(times)


def beside() -> tuple[float, float]:
    """Return milliseconds of making a sketch, and of comparing a text with one that is near, read anew."""
    drawn = best_ms(lambda: sketch(texts()[0])) - best_ms(texts)

    def compared() -> None:
        one, *others = texts()
        for other in others:
            compare(one, other)

    return max(drawn, 0.0), best_ms(compared) / NEAREST


@click.command()
@click.option("--most", default=SIZES[-1], show_default=True, help="The largest number of items.")
def main(*, most: int) -> None:
    """Print the table. Exit code 1 where the cost grows, or is too high."""
    console, known, coming = Console(width=120), KnownSketches(), sketches()
    drawn, compared = beside()
    shown = Table("items known", "ms an item", "median", "worst", "near it", "bytes an item")
    costs = []
    for size in (one for one in SIZES if one <= most):
        grow(known, coming, size)
        costs.append(cost := measure(known, coming))
        columns = (cost.mean_ms, cost.typical_ms, cost.worst_ms, cost.near)
        shown.add_row(f"{size:,}", *(f"{one:.2f}" for one in columns), f"{cost.bytes_each:.0f}")
    console.print(shown)
    first, whole = (cost.mean_ms + drawn + cost.near * compared for cost in (costs[0], costs[-1]))
    times = whole / first
    console.print(
        f"duplicates: {costs[-1].mean_ms:.2f} ms to find and add, {drawn:.2f} ms to sketch, {compared:.2f} ms to"
        f" compare with one of {costs[-1].near:.1f}: {whole:.2f} ms an item among {costs[-1].items:,};"
        f" {times:.2f} times that among {costs[0].items:,}; {costs[-1].bytes_each:.0f} bytes an item"
    )
    sys.exit(whole > MOST_MS or times > MOST_TIMES)


if __name__ == "__main__":
    main()
