"""The one place that knows which search engine a deployment uses."""

from typing import assert_never

from pydantic import SecretStr

from config.settings import SearchEngine, Settings
from indexer.search.meilisearch.breaker import Breaker
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.meilisearch.keys import Keys, make_keys
from indexer.search.port import SearchIndex, SearchReader
from indexer.search.tantivy.index import TantivyIndex

FOLDER = "search"
READER_SECONDS = 2  # that a reader waits for a server, before the records answer


def open_index(settings: Settings) -> SearchIndex:
    """Return the index of the settings. Opens nothing yet: what is wrong with it, the first use says as IndexDown."""
    match settings.search_engine:
        case SearchEngine.TANTIVY:
            return TantivyIndex(settings.data_folder / FOLDER)
        case SearchEngine.MEILISEARCH:
            return MeilisearchIndex(settings.meilisearch_url, _secret(settings.meilisearch_key))
        case _:
            assert_never(settings.search_engine)


def open_reader(settings: Settings) -> SearchReader:
    """Return the same index for what only asks it, with a key that may do no more, and no long waiting."""
    if settings.search_engine is not SearchEngine.MEILISEARCH:
        return open_index(settings)
    key = _secret(settings.meilisearch_search_key) or _secret(settings.meilisearch_key)
    return Breaker(MeilisearchIndex(settings.meilisearch_url, key, seconds=READER_SECONDS))


def make_search_keys(settings: Settings, master: str) -> Keys:
    """Make the keys of the Meilisearch server of the settings, whichever engine they choose. Raises IndexDown."""
    return make_keys(settings.meilisearch_url, master)


def _secret(key: SecretStr | None) -> str | None:
    return key.get_secret_value() if key else None
