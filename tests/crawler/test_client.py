"""crawler.client: one request to the address that was checked, under the host's name; nothing is followed."""

import socket

import pytest

from config.addresses import Place
from config.settings import Settings
from crawler.client import exchange
from crawler.credentials.filling import Sent
from crawler.exchange import Answer, Ask
from crawler.wire import FetchRefused, Wire
from tests.simulators.website import Answer as Said
from tests.simulators.website import Website

HOST, LOOPBACK, SECRET = "www.unit.example", "127.0.0.1", "s3cr3t"


def exchanged(port: int, settings: Settings, *, sent: str = "", credential: str = "") -> Answer:
    """What `HOST` answers at /a, reached at loopback although no DNS knows it; sent: more of the address, as sent."""
    url = f"http://{HOST}:{port}/a"
    ask = Ask(url=url, credential=credential, about={"seen": "list"})
    place, wire = Place(scheme="http", host=HOST, port=port), Wire()
    try:
        return exchange(
            ask, Sent(url=url + sent, headers={}, body=None), place, address=LOOPBACK, settings=settings, wire=wire
        )
    finally:
        wire.close()


def port_of(website: Website) -> int:
    return int(website.host.rpartition(":")[2])


def test_it_goes_to_the_address_it_is_given_under_the_name_of_the_host(website: Website, settings: Settings) -> None:
    website.page("/a", "here")

    answer = exchanged(port_of(website), settings)

    [seen] = website.seen
    assert (answer.status, answer.body) == (200, b"here")
    assert seen.headers["host"] == f"{HOST}:{port_of(website)}"


@pytest.mark.parametrize("status", [302, 404, 503])
def test_whatever_the_status_is_the_answer_comes_back_and_nothing_is_followed(
    website: Website, settings: Settings, status: int
) -> None:
    website.answers["/a"] = Said(status=status, headers={"Location": "/b"}, body=b"said")

    answer = exchanged(port_of(website), settings)

    assert (answer.status, answer.body, answer.headers["location"]) == (status, b"said", "/b")
    assert answer.about == {"seen": "list"}
    assert len(website.seen) == 1


def test_the_answer_names_the_address_that_was_asked_for_and_not_the_one_with_the_secret(
    website: Website, settings: Settings
) -> None:
    website.page("/a", "here")

    answer = exchanged(port_of(website), settings, sent=f"?key={SECRET}", credential="trial")

    assert answer.body == b"here"
    assert answer.url == f"http://{HOST}:{port_of(website)}/a"


def test_a_body_beyond_the_limit_is_refused(website: Website, settings: Settings) -> None:
    website.answers["/a"] = Said(body=b"x" * (settings.page_bytes + 1))

    with pytest.raises(FetchRefused, match=f"{settings.page_bytes} 字节"):
        exchanged(port_of(website), settings)


def test_a_server_that_is_not_there_is_named(settings: Settings) -> None:
    with socket.create_server((LOOPBACK, 0)) as closed:
        port = closed.getsockname()[1]

    with pytest.raises(FetchRefused, match=f"连不上 {HOST}:{port}"):
        exchanged(port, settings)


@pytest.mark.parametrize(("credential", "is_quoted"), [("", True), ("trial", False)])
def test_what_fails_is_quoted_only_where_no_secret_can_be_in_it(
    website: Website, settings: Settings, credential: str, is_quoted: bool
) -> None:
    with pytest.raises(FetchRefused) as refused:
        exchanged(port_of(website), settings, sent=f"?key={SECRET}\x7f", credential=credential)

    assert (SECRET in str(refused.value)) is is_quoted
    assert (refused.value.__cause__ is not None) is is_quoted
    assert "没有读成" in str(refused.value)
