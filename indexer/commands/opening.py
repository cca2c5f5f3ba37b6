"""Open the records for a command; one that only reads makes none, so that a mistyped folder is noticed."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from config.errors import Refused
from config.folders import ready_data_folder
from config.settings import SearchEngine, Settings
from indexer.records.database import Database, Missing
from indexer.search.port import IndexDown


class IndexRefused(Refused):
    """A command that needs the search index met one that does not answer."""


def open_records(settings: Settings) -> Database:
    """Return the records that are there. Raises RecordsRefused where none are, or where they cannot be opened."""
    return _opened(settings, missing=Missing.REFUSED)


def open_or_make_records(settings: Settings) -> Database:
    """Return the records, made where there are none yet. Raises ConfigRefused, RecordsRefused."""
    ready_data_folder(settings)
    return _opened(settings, missing=Missing.FILE_MADE)


def _opened(settings: Settings, *, missing: Missing) -> Database:
    database = Database.open(settings.records_url, missing=missing, variable=settings.records_variable)
    if command := click.get_current_context(silent=True):
        command.call_on_close(database.close)  # a server is told that its connections are done with
    return database


@contextmanager
def index_needed(settings: Settings) -> Iterator[None]:
    """Within it, an index that is down ends the command in plain words. Raises IndexRefused."""
    try:
        yield
    except IndexDown as error:
        raise IndexRefused(index_trouble(settings, error)) from error


def index_trouble(settings: Settings, error: IndexDown) -> str:
    """Return one line for the operator: what the search index said, and what to do."""
    what = str(error).rstrip(".")
    check = "Check CARNIVAL_MEILISEARCH_URL and CARNIVAL_MEILISEARCH_KEY. "
    where = check if settings.search_engine is SearchEngine.MEILISEARCH else ""
    return f"search index: {what}. {where}Nothing is lost: what waits is published once the index answers."
