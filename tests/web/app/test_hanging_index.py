"""While the search server hangs, whoever needs no search is served: every reader of the site may ask it at once."""

import threading
from collections.abc import Callable
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.catalogue.items import Item
from indexer.search.meilisearch.breaker import AT_ONCE, Breaker
from tests.hanging import Hanging
from tests.serving import site_of

READERS = 12
PATIENCE_SECONDS = 60  # of the test: what waits for the server waits for ever


@pytest.fixture
def hanging() -> Hanging:
    return Hanging()


@pytest.fixture
def index(hanging: Hanging) -> Breaker:
    return Breaker(hanging)


def status(address: str) -> int:
    try:
        with urlopen(address, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310  # loopback
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def test_readers_who_wait_for_the_server_leave_a_thread_for_everyone_else(app: Flask, hanging: Hanging) -> None:
    found: list[int] = []
    with site_of(app) as site:
        readers = [
            threading.Thread(target=lambda: found.append(status(f"{site}/search?q=%E6%9C%88"))) for _ in range(READERS)
        ]
        for reader in readers:
            reader.start()
        for _ in range(AT_ONCE):
            hanging.asked.acquire()

        others = [status(f"{site}{page}") for page in ("/sign-in", "/", "/units", "/suggest?q=a", "/feed.atom")]
        are_waiting = hanging.count == AT_ONCE
        hanging.answers.set()
        for reader in readers:
            reader.join()

    assert others == [HTTPStatus.OK] * 5
    assert are_waiting
    assert len(found) == READERS
    assert set(found) == {HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}  # those who waited, and those who did not


def test_desk_and_decisions_ask_no_index(
    desk_client: FlaskClient, hanging: Hanging, make_item: Callable[..., Item]
) -> None:
    item = make_item()
    form = {"version": 1, "state": "pending", "move": "approve"}

    answers = [desk_client.get("/review/"), desk_client.get(f"/review/items/{item.id}")]
    decided = desk_client.post(f"/review/items/{item.id}/decide", data=form)

    assert {answer.status_code for answer in answers} == {HTTPStatus.OK}
    assert decided.status_code == HTTPStatus.FOUND
    assert desk_client.get(f"/items/{item.id}").status_code == HTTPStatus.OK
    assert hanging.count == 0
