"""The one place that knows which search engine a deployment uses."""

from functools import partial
from typing import assert_never

from pydantic import SecretStr

from config.settings import SearchEngine, Settings
from indexer.search.meaning import Meaning
from indexer.search.meilisearch.breaker import Breaker
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.meilisearch.keys import Keys, make_keys
from indexer.search.meilisearch.version import ask_version
from indexer.search.port import SearchIndex, SearchReader
from indexer.search.tantivy.index import TantivyIndex
from indexer.understanding.embeddings.factory import open_embedder

FOLDER = "search"
READER_SECONDS = 2  # that a reader waits for a server, before the records answer
MEANING_SECONDS = 0.25  # that a reader waits for the model, before words alone are looked for
PATIENT_SECONDS = 60.0  # that a command waits, which opens the model


def open_index(settings: Settings, *, meaning_seconds: float = PATIENT_SECONDS) -> SearchIndex:
    """Return the index of the settings. Opens nothing yet: what is wrong with it, the first use says as IndexDown.

    meaning_seconds: how long the model is waited for to say what a query means.
    """
    meaning = _meaning(settings, meaning_seconds)
    match settings.search_engine:
        case SearchEngine.TANTIVY:
            return TantivyIndex(settings.data_folder / FOLDER, meaning=meaning)
        case SearchEngine.MEILISEARCH:
            return MeilisearchIndex(settings.meilisearch_url, _secret(settings.meilisearch_key), meaning=meaning)
        case _:
            assert_never(settings.search_engine)


def open_reader(settings: Settings) -> SearchReader:
    """Return the same index for what only asks it, with a key that may do no more, and no long waiting."""
    if settings.search_engine is not SearchEngine.MEILISEARCH:
        return open_index(settings, meaning_seconds=MEANING_SECONDS)
    key = _secret(settings.meilisearch_search_key) or _secret(settings.meilisearch_key)
    meaning = _meaning(settings, MEANING_SECONDS)
    return Breaker(MeilisearchIndex(settings.meilisearch_url, key, seconds=READER_SECONDS, meaning=meaning))


def make_search_keys(settings: Settings, master: str) -> Keys:
    """Make the keys of the Meilisearch server of the settings, whichever engine they choose. Raises IndexDown."""
    return make_keys(settings.meilisearch_url, master)


def look_at_engine(settings: Settings) -> None:
    """Ask a server which version it is, and log where it is too old. Raises IndexDown where it does not answer."""
    if settings.search_engine is SearchEngine.MEILISEARCH:
        ask_version(settings.meilisearch_url, _secret(settings.meilisearch_key), seconds=READER_SECONDS)


def _meaning(settings: Settings, seconds: float) -> Meaning | None:
    return Meaning(partial(open_embedder, settings), seconds=seconds) if settings.search_by_meaning else None


def _secret(key: SecretStr | None) -> str | None:
    return key.get_secret_value() if key else None
