"""`make bench-understand`: what all of understanding costs beside the embedding of the same texts alone.

    python -m tests.benchmarks.enrichment [--items 60]

Items of four hundred characters, no two with the same beginning, wait in new records on SQLite, beside ten times as
many that are understood: all are understood as the worker does it, then the same passages are embedded alone, in
the same batches. Processor time of this process. Exits with 1 where the embedding is below nine tenths of the whole.
"""

import sys
import tempfile
import time
from pathlib import Path

import click
from rich.console import Console

from config.settings import Settings
from indexer.base import times
from indexer.records import understood
from indexer.records.database import Database
from indexer.understanding.embeddings.wording import passage_of
from indexer.understanding.prepared import prepare
from indexer.understanding.understand import BATCH, understand_page
from tests.benchmarks.catalogue import Plan
from tests.sized import make

LEAST_SHARE, PARAGRAPHS = 0.9, 3


@click.command()
@click.option("--items", default=60, show_default=True, help="So many are understood.")
def main(*, items: int) -> None:
    """Print what it took. Exit code 1 where embedding is less than nine tenths of it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make(Plan(items=10 * items, paragraphs=PARAGRAPHS), data)
        settings = Settings(data_folder=data, _env_file=None)
        understanding, database = prepare(settings), Database.open(settings.records_url)
        with database.reading() as tx:
            held = understood.all_latest(tx, after=None, limit=10 * items)
        # Each passage once: words that were embedded before cost nothing, which would hide what the rest costs.
        [first, *page] = list({passage_of(pair[1]): pair for pair in held}.values())[: items + 1]
        # What a worker reads once, dictionaries above all, is no cost of an item.
        understand_page(database, understanding, [first], now=times.now())
        pages = [page[start : start + BATCH] for start in range(0, len(page), BATCH)]
        start = time.process_time()
        for some in pages:
            understand_page(database, understanding, some, now=times.now())
        whole = time.process_time() - start
        start = time.process_time()
        for some in pages:
            understanding.embedder.passages([passage_of(version) for _, version in some])
        alone = time.process_time() - start
        database.close()
    share, count = alone / whole, len(page)
    Console(width=120).print(
        f"enrichment: {1000 * whole / count:.1f} ms an item, of them {1000 * alone / count:.1f} ms the embedding alone:"
        f" {share:.2f} of it; {1000 * (whole - alone) / count:.1f} ms beside it; {count} items"
    )
    sys.exit(share < LEAST_SHARE)


if __name__ == "__main__":
    main()
