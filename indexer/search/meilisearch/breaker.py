"""Leave a server alone that did not answer: readers are not kept waiting for it, one after the other."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping

import structlog

from indexer.base.ids import ItemId
from indexer.search.meilisearch.errors import is_silent
from indexer.search.port import Found, IndexDown, Query, SearchReader

REST_SECONDS = 30.0
AT_ONCE = 3  # searches: less than a site's process has threads (web/app/server.py), so that one is left for other pages
PLACE_SECONDS = 0.05  # that a search waits for one of these to end
RESTING = "Meilisearch did not answer a moment ago, and is left alone for {:g} seconds"
CROWDED = "Meilisearch has not answered yet what it was asked before"
log = structlog.get_logger()


class Breaker:
    """The same index; for a while after it was silent each search is refused at once.

    While some searches wait for it, those after them are not kept waiting either. A query that the server refuses says
    nothing of the server: nobody can switch the search off by one.
    """

    def __init__(self, index: SearchReader, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._index, self._clock = index, clock
        self._lock, self._places = threading.Lock(), threading.BoundedSemaphore(AT_ONCE)
        self._rests_until: float | None = None
        self._is_crowded = False  # somebody waited for a place in vain, and none was given back since

    def find(self, query: Query) -> Found:
        self._refuse_while_resting()
        with self._place():
            self._pass()
            try:
                found = self._index.find(query)
            except IndexDown as down:
                if is_silent(down):
                    self._open(down)
                else:
                    self._close()
                raise
            self._close()
            return found

    def held(self) -> Mapping[ItemId, int]:
        return self._index.held()

    @contextlib.contextmanager
    def _place(self) -> Iterator[None]:
        """Be one of the few who wait for the server."""
        has_place = self._places.acquire(blocking=False)
        if not has_place and not self._is_crowded:
            has_place = self._places.acquire(timeout=PLACE_SECONDS)
        if not has_place:
            self._is_crowded = True
            raise IndexDown(CROWDED)
        try:
            yield
        finally:
            self._is_crowded = False
            self._places.release()

    def _refuse_while_resting(self) -> None:
        with self._lock:
            if self._rests_until is not None and self._clock() < self._rests_until:
                raise IndexDown(RESTING.format(REST_SECONDS))

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
