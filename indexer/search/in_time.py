"""An index for one page, which asks it several times: after a while nothing more is begun."""

import time
from collections.abc import Callable, Mapping

from indexer.base.ids import ItemId
from indexer.search.port import Found, IndexDown, Query, SearchReader

PAGE_SECONDS = 2.0  # after which a page begins no further search
SPENT = "The search index answers too slowly for all that a page asks"


class InTime:
    """The same index, until its time is over."""

    def __init__(
        self, index: SearchReader, *, seconds: float = PAGE_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._index, self._clock = index, clock
        self._until = clock() + seconds

    def find(self, query: Query) -> Found:
        if self._clock() > self._until:
            raise IndexDown(SPENT)
        return self._index.find(query)

    def held(self) -> Mapping[ItemId, int]:
        return self._index.held()
