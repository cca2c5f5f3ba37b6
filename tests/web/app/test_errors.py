"""Refusals in one shape: a page for people, JSON for programs."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.search.port import Found, IndexDown, Query, SearchIndex
from web.app.errors import NAMES, refuse, words


@pytest.fixture
def broken_index(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(_query: Query) -> Found:
        raise IndexDown("the folder is gone")

    monkeypatch.setattr(index, "find", find)


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
@pytest.mark.parametrize("path", ["/search?q=月球", "/feed.atom?q=月球", "/api/items?q=月球"])
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


@pytest.mark.parametrize("code", [*NAMES, 418])
def test_every_refusal_has_a_heading_and_advice_as_a_page_and_as_json(app: Flask, code: int) -> None:
    with app.test_request_context("/nowhere"):
        heading, advice = words(code)
        page, _ = refuse(code)  # type: ignore[misc, str-unpack]
    with app.test_request_context("/api/nowhere"):
        answer, status = refuse(code)  # type: ignore[misc, str-unpack]

    assert heading in page  # type: ignore[operator]
    assert advice in page  # type: ignore[operator]
    assert status == code
    assert answer.get_json()["error"]["name"] == NAMES.get(code, "refused")  # type: ignore[union-attr]
