"""Refusals in one shape: a page for people, JSON for programs."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.search.port import Found, IndexDown, Query, SearchIndex
from web.limits import limiter


@pytest.fixture
def broken_index(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(_query: Query) -> Found:
        raise IndexDown("the folder is gone")

    monkeypatch.setattr(index, "find", find)


@pytest.fixture
def limited(app: Flask) -> Iterator[None]:
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.reset()
    limiter.enabled = False


def test_a_missing_page_says_so_in_chinese(client: FlaskClient) -> None:
    answer = client.get("/nothing")

    assert answer.status_code == 404
    assert "这里没有内容" in answer.text


def test_a_missing_page_says_so_in_english(client: FlaskClient) -> None:
    assert "There is nothing here" in client.get("/nothing?lang=en").text


def test_a_program_gets_json(client: FlaskClient) -> None:
    answer = client.get("/api/nothing")

    assert answer.status_code == 404
    assert (answer.get_json()["error"]["code"], answer.get_json()["error"]["name"]) == (404, "not_found")


@pytest.mark.usefixtures("broken_index")
@pytest.mark.parametrize("path", ["/", "/search", "/feed.atom?q=月球", "/api/items"])
def test_a_search_that_rests_is_503_and_says_that_nothing_is_lost(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 503
    assert "内容不会丢失" in answer.text


@pytest.mark.usefixtures("broken_index")
def test_health_is_503_where_the_index_rests(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.get_json()["database"], answer.get_json()["index"]) == (503, "ok", "down")


def test_health_is_200_where_all_is_well(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.get_json()["status"], answer.get_json()["indexed"]) == (200, "ok", 0)


@pytest.mark.usefixtures("limited")
def test_the_eleventh_attempt_to_sign_in_within_a_minute_is_refused(client: FlaskClient) -> None:
    statuses = [client.post("/sign-in", data={"name": "", "password": ""}).status_code for _ in range(11)]

    assert statuses == [200] * 10 + [429]
