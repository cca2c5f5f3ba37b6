"""The one place that knows which search engine a deployment uses."""

from typing import assert_never

from config.settings import SearchEngine, Settings
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import SearchIndex, SearchReader
from indexer.search.tantivy.index import TantivyIndex

FOLDER = "search"


def open_index(settings: Settings) -> SearchIndex:
    """Return the index of the settings. Opens nothing yet: what is wrong with it, the first use says as IndexDown."""
    match settings.search_engine:
        case SearchEngine.TANTIVY:
            return TantivyIndex(settings.data_folder / FOLDER)
        case SearchEngine.MEILISEARCH:
            key = settings.meilisearch_key.get_secret_value() if settings.meilisearch_key else None
            return MeilisearchIndex(settings.meilisearch_url, key)
        case _:
            assert_never(settings.search_engine)


def open_reader(settings: Settings) -> SearchReader:
    """Return the same index for what only asks it."""
    return open_index(settings)
