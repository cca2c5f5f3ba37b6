"""Both engines of search, for tests of what comes over the port and must be the same on either."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import SearchIndex
from indexer.search.tantivy.index import TantivyIndex
from tests.simulators.meilisearch import MeilisearchSimulator

ENGINES = ("tantivy", "meilisearch")


@contextmanager
def empty_index(engine: str, folder: Path) -> Iterator[SearchIndex]:
    """Give an empty index of the engine: of tantivy in the folder, of Meilisearch on a simulated server."""
    if engine == "tantivy":
        yield TantivyIndex(folder)
        return
    with MeilisearchSimulator() as url:
        yield MeilisearchIndex(url, None)
