"""`make bench-understand`: what finding related items costs an item, among ten thousand items and among a million.

    python -m tests.benchmarks.related [--most 1000000]

Synthetic leads: thirty words each, a few that everybody uses and many that few do (Zipf), a tenth of the items on one
of a hundred events whose words they share. At each size a thousand more come: the others that share rare words are
looked for, how rare each word is is asked, all that are found are judged with vectors of 384 numbers and a background,
and the item is added. What is read of them in the records is not in it: one query. Exits with 1 where the cost among
most items is above twice that among fewest, or above 10 ms.
"""

import sys
import time
from collections.abc import Iterator

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.postings import KnownSketches
from indexer.understanding.related.background import background_of
from indexer.understanding.related.leads import Lead
from indexer.understanding.related.score import Agreement, figures_shared, rarity, score, shared_words

SIZES, MEASURED = (10_000, 100_000, 1_000_000), 1_000
MOST_MS, MOST_TIMES = 10.0, 2.0
WORDS, EVENT_WORDS, EVENTS, DIMENSIONS, ZIPF = 30, 12, 100, 384, 1.3
FIGURES = np.arange(8, dtype=np.uint32)


def leads(seed: int = 1) -> Iterator[NDArray[np.uint32]]:
    """Yield words without end."""
    random = np.random.default_rng(seed)
    events = random.integers(0, 2**32, (EVENTS, EVENT_WORDS), dtype=np.uint32)
    for number in range(2 * SIZES[-1]):
        # Spread over all numbers: neighbouring ranks are words that have nothing in common.
        own = (random.zipf(ZIPF, WORDS) * 2654435761 % 2**32).astype(np.uint32)
        if number % 10 == 0:
            own[:EVENT_WORDS] = events[random.integers(EVENTS)]
        yield np.unique(own)


def measure(known: KnownSketches, coming: Iterator[NDArray[np.uint32]]) -> tuple[float, float, float]:
    """Return milliseconds an item, those of the worst, and how many were judged of each."""
    random = np.random.default_rng(2)
    vectors = random.standard_normal((MEASURED, DIMENSIONS)).astype(np.float32)
    background = background_of(vectors)
    assert background is not None
    held = {ItemId(f"{len(known) + number:026}"): next(coming) for number in range(MEASURED)}
    others, times, judged = list(held.values()), [], 0
    for place, (item, words) in enumerate(held.items()):
        start = time.process_time()
        near = known.nearest(words, but=item)
        candidates = [others[(place + step) % MEASURED] for step in range(len(near))]  # as the records would give them
        every = np.unique(np.concatenate([words, *candidates]))
        told = rarity(every, known.holders(every), len(known))
        lead = Lead(words, FIGURES)
        for step, one in enumerate(candidates):
            other = Lead(one, FIGURES[: step % 8])
            shared = shared_words(lead, other, told)
            score(
                Agreement(
                    meaning=background.cosine(vectors[place], vectors[step]),
                    is_whitened=True,
                    rarest=shared[0][1] if shared else 0.0,
                    figures=figures_shared(lead, other),
                )
            )
        known.add(item, words)
        times.append(1000 * (time.process_time() - start))
        judged += len(near)
    return sum(times) / len(times), max(times), judged / MEASURED


@click.command()
@click.option("--most", default=SIZES[-1], show_default=True, help="The largest number of items.")
def main(*, most: int) -> None:
    """Print the table. Exit code 1 where the cost grows, or is too high."""
    console, known, coming = Console(width=120), KnownSketches(), leads()
    shown, means = Table("items known", "ms an item", "worst", "judged", "bytes an item"), []
    for size in (one for one in SIZES if one <= most):
        for number in range(len(known), size):
            known.add(ItemId(f"{number:026}"), next(coming))
        mean, worst, judged = measure(known, coming)
        means.append(mean)
        shown.add_row(
            f"{size:,}", f"{mean:.2f}", f"{worst:.2f}", f"{judged:.1f}", f"{known.size_bytes / len(known):.0f}"
        )
    console.print(shown)
    times = means[-1] / means[0]
    console.print(
        f"related: {means[-1]:.2f} ms an item among {len(known):,}; {times:.2f} times that among {SIZES[0]:,}"
    )
    sys.exit(means[-1] > MOST_MS or times > MOST_TIMES)


if __name__ == "__main__":
    main()
