"""indexer.search.meilisearch.breaker: a server that was silent is left alone for a while."""

import socket
import threading
from collections.abc import Iterator, Mapping

import pytest
from requests.exceptions import Timeout

from indexer.base.ids import ItemId
from indexer.search.meilisearch import breaker as module
from indexer.search.meilisearch.breaker import AT_ONCE, CROWDED, REST_SECONDS, Breaker
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import Found, IndexDown, Query
from indexer.search.ranker.finding import NOTHING
from tests.hanging import Hanging
from tests.simulators.meilisearch import MeilisearchSimulator
from web.app.server import THREADS

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
    with pytest.raises(IndexDown, match="no answer came in time"):
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


def test_while_a_few_wait_those_after_them_are_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Hanging()
    breaker = Breaker(index)
    waiting = [threading.Thread(target=breaker.find, args=(ASKED,)) for _ in range(AT_ONCE)]
    for thread in waiting:
        thread.start()
        index.asked.acquire()

    first = _told(breaker)
    monkeypatch.setattr(module, "STALL_SECONDS", -1)  # by now it is a while since any of them began
    then = _told(breaker)
    index.answers.set()
    for thread in waiting:
        thread.join()

    assert first == then == CROWDED
    assert breaker.find(ASKED) is NOTHING


def test_who_waits_for_a_place_gets_it_when_another_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STALL_SECONDS", 3600)
    index = Hanging()
    breaker = Breaker(index)
    all_of_them = [threading.Thread(target=breaker.find, args=(ASKED,)) for _ in range(AT_ONCE + 2)]
    for thread in all_of_them:
        thread.start()

    index.answers.set()
    for thread in all_of_them:
        thread.join()

    assert index.count == AT_ONCE + 2


def test_one_thread_of_the_site_is_never_among_those_who_wait() -> None:
    assert AT_ONCE < THREADS


def test_a_server_that_refuses_the_first_after_the_rest_is_asked_again_by_the_next() -> None:
    clock, index = Clock(), Index()
    breaker = Breaker(index, clock=clock)
    index.fails = Timeout()
    _told(breaker)
    clock.now, index.fails = REST_SECONDS, ValueError("it does answer, though not as it should")

    assert [_told(breaker), _told(breaker)] == ["down", "down"]


def _told(breaker: Breaker) -> str:
    with pytest.raises(IndexDown) as down:
        breaker.find(ASKED)
    return str(down.value)
