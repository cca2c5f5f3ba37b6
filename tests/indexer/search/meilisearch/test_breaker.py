"""indexer.search.meilisearch.breaker: a server that was silent is left alone for a while."""

import socket
from collections.abc import Iterator, Mapping

import pytest
from requests.exceptions import Timeout

from indexer.base.ids import ItemId
from indexer.search.meilisearch.breaker import REST_SECONDS, Breaker
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import Found, IndexDown, Query
from indexer.search.ranker.finding import NOTHING
from tests.simulators.meilisearch import MeilisearchSimulator

ASKED = Query(text="月球")


class Clock:
    """A clock that is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Index:
    """Answers, or fails of what it is told to."""

    def __init__(self) -> None:
        self.fails: Exception | None = None
        self.asked = 0

    def find(self, query: Query) -> Found:
        self.asked += 1
        if self.fails is not None:
            raise IndexDown("down") from self.fails
        return NOTHING

    def held(self) -> Mapping[ItemId, int]:
        return {}


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_after_a_silence_nobody_asks_until_the_rest_is_over(silent: str) -> None:
    clock = Clock()
    breaker = Breaker(MeilisearchIndex(silent, None, seconds=1), clock=clock)
    with pytest.raises(IndexDown, match="timed out"):
        breaker.find(ASKED)

    with pytest.raises(IndexDown, match="is left alone for 30 seconds"):
        breaker.find(ASKED)


def test_one_goes_first_after_the_rest_and_all_follow_once_it_is_answered() -> None:
    clock, index = Clock(), Index()
    breaker = Breaker(index, clock=clock)
    index.fails = Timeout()
    with pytest.raises(IndexDown):
        breaker.find(ASKED)
    clock.now = REST_SECONDS
    with pytest.raises(IndexDown, match="down"):
        breaker.find(ASKED)
    with pytest.raises(IndexDown, match="left alone"):
        breaker.find(ASKED)

    clock.now, index.fails = 2 * REST_SECONDS, None

    assert breaker.find(ASKED) is NOTHING
    assert breaker.find(ASKED) is NOTHING
    assert index.asked == 4


def test_a_query_that_is_refused_switches_nothing_off() -> None:
    with MeilisearchSimulator(master="a-master-key-of-sixteen-bytes") as url:
        breaker = Breaker(MeilisearchIndex(url, "wrong"))
        for_each = [_told(breaker) for _ in range(2)]

    assert ["API key is invalid" in told for told in for_each] == [True, True]


def test_a_server_that_fails_inside_is_left_alone() -> None:
    simulator = MeilisearchSimulator()
    with simulator as url:
        breaker = Breaker(MeilisearchIndex(url, None))
        simulator.server.down = True
        _told(breaker)
        told = _told(breaker)

    assert "left alone" in told


def _told(breaker: Breaker) -> str:
    with pytest.raises(IndexDown) as down:
        breaker.find(ASKED)
    return str(down.value)
