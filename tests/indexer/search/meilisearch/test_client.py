"""indexer.search.meilisearch.client: every request has an end, however slowly the answer comes."""

import json
import socket
import threading
import time

import pytest
from meilisearch.errors import MeilisearchCommunicationError, MeilisearchTimeoutError
from requests.exceptions import ChunkedEncodingError, RequestException

from indexer.search.meilisearch import client
from indexer.search.meilisearch.client import is_address, left_until, open_client
from tests.simulators.meilisearch import MeilisearchSimulator
from tests.simulators.raw_server import RawServer

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
SLOW = [
    ([], b"H"),
    ([HEAD + b"X-Long: "], b"a"),
    ([HEAD + b"Content-Length: 1000\r\n\r\n"], b" "),
    ([HEAD + b"Transfer-Encoding: chunked\r\n\r\n"], b"1\r\n \r\n"),
    ([HEAD + b"\r\n"], b" "),
]
SECONDS = 0.35


@pytest.mark.parametrize(("pieces", "drip"), SLOW)
def test_an_answer_that_comes_byte_by_byte_is_given_up(pieces: list[bytes], drip: bytes) -> None:
    with RawServer(pieces, drips=[drip] * 100) as server:
        asked = open_client(f"http://{server.host}", None, seconds=SECONDS)

        with pytest.raises(
            (MeilisearchTimeoutError, MeilisearchCommunicationError, RequestException), match="timed out"
        ):
            asked.multi_search([])

        assert server.dripped < 20


def test_all_requests_of_a_client_together_end_when_they_shall() -> None:
    with MeilisearchSimulator() as url:
        in_time = open_client(url, None, seconds=10, until=time.monotonic() + 10)
        too_late = open_client(url, None, seconds=10, until=time.monotonic() - 1)

        assert in_time.get_version()["pkgVersion"] == "1.50.0"
        with pytest.raises((MeilisearchTimeoutError, MeilisearchCommunicationError)):
            too_late.get_version()


def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MOST_BYTES", 100_000)
    with RawServer([HEAD + b"\r\n" + b" " * 300_000]) as server, pytest.raises(ChunkedEncodingError, match="more than"):
        open_client(f"http://{server.host}", None, seconds=10).multi_search([])


def test_what_is_asked_of_one_of_its_indexes_ends_as_well() -> None:
    with RawServer([HEAD + b"Content-Length: 1000\r\n\r\n"], drips=[b" "] * 100) as server:
        asked = open_client(f"http://{server.host}", None, seconds=SECONDS)

        with pytest.raises((MeilisearchCommunicationError, RequestException), match="timed out"):
            asked.index("carnival").get_document("i1")
        with pytest.raises((MeilisearchCommunicationError, RequestException), match="timed out"):
            asked.get_task(1)


def test_an_answer_that_comes_whole_is_read_whatever_it_is_made_of() -> None:
    body = json.dumps({"results": [{"hits": [{"item": "x" * 100_000}]}]}).encode()
    with RawServer([HEAD + b"Content-Length: %d\r\n\r\n" % len(body), body[:7], body[7:]]) as server:
        answer = open_client(f"http://{server.host}", None, seconds=10).multi_search([])

    assert answer == json.loads(body)


def test_of_what_is_over_no_time_is_left() -> None:
    assert 0 < left_until(time.monotonic() + 100) <= 100
    with pytest.raises(TimeoutError):
        left_until(time.monotonic())


@pytest.mark.parametrize(
    ("host", "told"), [("127.0.0.1", True), ("::1", True), ("[::1]", True), ("localhost", False), ("a.example", False)]
)
def test_a_number_needs_no_name_server(host: str, told: bool) -> None:  # a case
    assert is_address(host) is told


def test_a_name_that_nobody_tells_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that is silent: the machine waits for it as long as it likes."""
    told, connecting = threading.Event(), list[threading.Thread]()
    with MeilisearchSimulator() as url:
        found = socket.getaddrinfo("127.0.0.1", int(url.rpartition(":")[2]), type=socket.SOCK_STREAM)

        def silent(*_: object, **__: object) -> object:
            connecting.append(threading.current_thread())
            told.wait()
            return found

        monkeypatch.setattr(socket, "getaddrinfo", silent)
        with pytest.raises(MeilisearchTimeoutError, match="not found or reached in time"):
            open_client("http://search.example:7700", None, seconds=0.1).get_version()
        told.set()
        for thread in connecting:
            thread.join()

        assert open_client("http://search.example:7700", None, seconds=10).get_version()["pkgVersion"] == "1.50.0"


def test_a_name_whose_address_refuses_is_told_as_that() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with pytest.raises(MeilisearchCommunicationError, match="refused"):
        open_client(f"http://localhost:{port}", None, seconds=10).get_version()
