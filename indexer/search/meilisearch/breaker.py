"""Leave a server alone that did not answer: readers are not kept waiting for it, one after the other."""

import threading
import time
from collections.abc import Callable, Mapping

import structlog
from meilisearch.errors import MeilisearchApiError, MeilisearchCommunicationError, MeilisearchTimeoutError
from requests.exceptions import RequestException

from indexer.base.ids import ItemId
from indexer.search.port import Found, IndexDown, Query, SearchReader

REST_SECONDS = 30.0
SILENT = (MeilisearchCommunicationError, MeilisearchTimeoutError, RequestException)
RESTING = "Meilisearch did not answer a moment ago, and is left alone for {:g} seconds"
log = structlog.get_logger()


class Breaker:
    """The same index; for a while after it was silent each search is refused at once.

    A query that the server refuses says nothing of the server: nobody can switch the search off by one.
    """

    def __init__(self, index: SearchReader, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._index, self._clock = index, clock
        self._lock = threading.Lock()
        self._rests_until: float | None = None

    def find(self, query: Query) -> Found:
        self._pass()
        try:
            found = self._index.find(query)
        except IndexDown as down:
            if is_silent(down):
                self._open(down)
            raise
        self._close()
        return found

    def held(self) -> Mapping[ItemId, int]:
        return self._index.held()

    def _pass(self) -> None:
        """Let a search through, or refuse it; after the rest one goes first, and the others wait for what it meets."""
        with self._lock:
            if self._rests_until is None:
                return
            if (moment := self._clock()) < self._rests_until:
                raise IndexDown(RESTING.format(REST_SECONDS))
            self._rests_until = moment + REST_SECONDS

    def _open(self, down: IndexDown) -> None:
        with self._lock:
            self._rests_until = self._clock() + REST_SECONDS
        log.warning("search_rests", seconds=REST_SECONDS, why=str(down))

    def _close(self) -> None:
        with self._lock:
            self._rests_until = None


def is_silent(down: IndexDown) -> bool:
    """Tell whether the server did not answer, or could not: not what it answered to one query."""
    cause = down.__cause__
    if isinstance(cause, MeilisearchApiError):
        return cause.status_code >= 500
    return isinstance(cause, SILENT)
