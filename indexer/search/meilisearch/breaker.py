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
STALL_SECONDS = 0.08  # without one begun or answered, after which those who wait for a place are refused
RESTING = "Meilisearch did not answer a moment ago, and is left alone for {:g} seconds"
CROWDED = "Meilisearch has not answered yet what it was asked before"
log = structlog.get_logger()


class Breaker:
    """The same index; for a while after it was silent each search is refused at once.

    A few searches at once are let to it. While it answers, the others wait for their turn; once none of those is
    answered, they are refused. A query that the server refuses says nothing of the server: nobody can switch the search
    off by one.
    """

    def __init__(self, index: SearchReader, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._index, self._clock = index, clock
        self._lock, self._turns = threading.Lock(), threading.Condition()
        self._rests_until: float | None = None
        self._asking, self._moved = 0, 0.0  # how many search now; when one last began or ended, by time.monotonic()

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
        with self._turns:
            while self._asking >= AT_ONCE:
                if (left := self._moved + STALL_SECONDS - time.monotonic()) <= 0:
                    raise IndexDown(CROWDED)
                self._turns.wait(left)
            self._asking, self._moved = self._asking + 1, time.monotonic()
        try:
            yield
        finally:
            with self._turns:
                self._asking, self._moved = self._asking - 1, time.monotonic()
                self._turns.notify()

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
