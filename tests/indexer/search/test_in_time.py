"""indexer.search.in_time: of many searches for one page none begins too late."""

from collections.abc import Mapping

import pytest

from indexer.base.ids import ItemId
from indexer.search.in_time import PAGE_SECONDS, InTime
from indexer.search.port import Found, IndexDown, Query
from indexer.search.ranker.finding import NOTHING


class Slow:
    """Each search takes it nine tenths of a second."""

    now, asked = 0.0, 0

    def find(self, query: Query) -> Found:
        self.now, self.asked = self.now + 0.9, self.asked + 1
        return NOTHING

    def held(self) -> Mapping[ItemId, int]:
        return {ItemId("i1"): 1}


def test_what_is_asked_too_late_is_not_asked() -> None:
    index = Slow()
    hurried = InTime(index, clock=lambda: index.now)

    for _ in range(3):
        hurried.find(Query())
    with pytest.raises(IndexDown, match="too slowly"):
        hurried.find(Query())

    assert (index.asked, PAGE_SECONDS) == (3, 2.0)
    assert hurried.held() == {"i1": 1}
