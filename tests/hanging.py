"""An index that is asked and does not answer before it is told to."""

import threading
from collections.abc import Mapping

from indexer.base.ids import ItemId
from indexer.search.port import Found, Query
from indexer.search.ranker.finding import NOTHING


class Hanging:
    """asked: released by each search that begins. answers: set once they shall all be answered. count: of searches."""

    def __init__(self) -> None:
        self.asked, self.answers, self.count = threading.Semaphore(0), threading.Event(), 0

    def find(self, query: Query) -> Found:
        self.count += 1
        self.asked.release()
        self.answers.wait()
        return NOTHING

    def held(self) -> Mapping[ItemId, int]:
        return {}
