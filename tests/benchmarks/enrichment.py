"""`make bench-understand`: what all of understanding costs beside the embedding of the same texts alone.

    python -m tests.benchmarks.enrichment [--items 64]

Items of fifteen hundred characters, no two with the same beginning, wait in new records on SQLite, beside ten times
as many that are understood: batch by batch, as the worker takes them, they are understood, and right after the same
passages are embedded alone. Processor time of this process, all its threads. What the model takes differs from call to
call by more than all the rest takes: so the rest is told by the time around the model's calls, and the difference of
the two beside it. Exits with 1 where the embedding is below nine tenths of the whole, or the rest above MOST_MS.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from config.settings import Settings
from indexer.base import times
from indexer.records import understood
from indexer.records.database import Database
from indexer.understanding.embeddings.port import Embedder, Vectors
from indexer.understanding.embeddings.wording import passage_of
from indexer.understanding.prepared import Understanding, prepare
from indexer.understanding.renewing import Page
from indexer.understanding.step import BATCH
from indexer.understanding.understand import understand_page
from tests.benchmarks.catalogue import Plan
from tests.sized import make

LEAST_SHARE, MOST_MS, PARAGRAPHS = 0.9, 10.0, 3


class Timed:
    """An embedder whose calls are timed."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.dimensions, self.scale = embedder.name, embedder.dimensions, embedder.scale
        self.seconds = 0.0

    def passages(self, texts: Sequence[str]) -> Vectors:
        start = time.process_time()
        vectors = self._embedder.passages(texts)
        self.seconds += time.process_time() - start
        return vectors

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.queries(texts)


@click.command()
@click.option("--items", default=64, show_default=True, help="So many are understood.")
def main(*, items: int) -> None:
    """Print what it took. Exit code 1 where embedding is less than nine tenths of it, or the rest takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make(Plan(items=10 * items, paragraphs=PARAGRAPHS), data)
        settings = Settings(data_folder=data, _env_file=None)
        understanding, database = prepare(settings), Database.open(settings.records_url)
        timed = Timed(understanding.embedder)
        understanding = replace(understanding, embedder=timed)
        with database.reading() as tx:
            held = understood.all_latest(tx, after=None, limit=10 * items)
        # Each passage once: words that were embedded before cost nothing, which would hide what the rest costs.
        [first, *page] = list({passage_of(pair[1]): pair for pair in held}.values())[: items + 1]
        # What a worker reads once, dictionaries above all, is no cost of an item.
        understand_page(database, understanding, [first], now=times.now())
        timed.seconds = 0.0
        pages = [page[start : start + BATCH] for start in range(0, len(page), BATCH)]
        took = [_took(database, understanding, timed, some) for some in pages]
        database.close()
    whole, within, alone = (1000 * sum(one) / len(page) for one in zip(*took, strict=True))
    share, beside = alone / whole, whole - within
    Console(width=160).print(
        f"enrichment: {whole:.1f} ms an item, {beside:.1f} of them beside the model's calls (at most {MOST_MS:.0f});"
        f" the same passages embedded alone {alone:.1f} ms: {share:.2f} of it, {whole - alone:.1f} ms by difference;"
        f" {len(page)} items"
    )
    sys.exit(share < LEAST_SHARE or beside > MOST_MS)


def _took(database: Database, understanding: Understanding, timed: Timed, page: Page) -> tuple[float, float, float]:
    """Return the seconds that a batch takes to be understood, those of them in the model, and the model alone."""
    before, start = timed.seconds, time.process_time()
    understand_page(database, understanding, page, now=times.now())
    whole, within = time.process_time() - start, timed.seconds - before
    passages = [passage_of(version) for _, version in page]
    start = time.process_time()
    timed.passages(passages)
    return whole, within, time.process_time() - start


if __name__ == "__main__":
    main()
