"""The demo's web server: what its paths answer, and that it is told from any other server."""

import http.client
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawler.demo.campaign import HOST, Form, outlets
from crawler.demo.simulator import Simulator, documents, find, is_running, serve
from tests.serving import served


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with serve(0) as server, served(server):
        yield server


def asked(port: int, path: str, *, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_every_piece_of_every_unit_has_a_page_in_its_unit_s_encoding(simulator: Simulator) -> None:
    pages = documents(simulator.origin)

    for outlet in outlets().values():
        for article in outlet.articles:
            page = pages[outlet.path_of(article)]
            assert article.title in page.body.decode(outlet.encoding)
            assert page.media_type.endswith(f"charset={outlet.encoding}")


def test_units_with_a_feed_serve_one_that_points_to_this_server(simulator: Simulator) -> None:
    pages = documents(simulator.origin)
    with_feed = [outlet for outlet in outlets().values() if outlet.form not in {Form.SITE, Form.WECHAT}]

    for outlet in with_feed:
        feeds = [
            page for path, page in pages.items() if path.startswith(outlet.prefix) and "html" not in page.media_type
        ]
        assert any(simulator.origin.encode() in feed.body for feed in feeds), outlet.title


def test_a_page_that_the_caller_has_is_not_sent_again(simulator: Simulator) -> None:
    status, headers, body = asked(simulator.server_port, "/")
    again = asked(simulator.server_port, "/", **{"If-None-Match": headers["ETag"]})

    assert (status, bool(body)) == (200, True)
    assert (again[0], again[2]) == (304, b"")


def test_a_head_is_answered_without_a_body_and_an_unknown_path_with_404(simulator: Simulator) -> None:
    status, headers, body = asked(simulator.server_port, "/", method="HEAD")

    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0
    assert asked(simulator.server_port, "/nowhere.html")[0] == 404


def test_pictures_are_drawn_for_any_name_and_films_only_where_there_are_some(simulator: Simulator) -> None:
    picture = find("/pictures/%E6%9C%88%E7%90%83.jpg", simulator.origin)

    assert picture is not None
    assert picture.media_type == "image/jpeg"
    assert find("/films/nothing.webm", simulator.origin) is None


def test_it_is_told_from_another_server_and_from_none(simulator: Simulator) -> None:
    with ThreadingHTTPServer((HOST, 0), SimpleHTTPRequestHandler) as other, served(other):
        found = is_running(simulator.server_port), is_running(other.server_port)

    assert found == (True, False)
    assert not is_running(other.server_port)
