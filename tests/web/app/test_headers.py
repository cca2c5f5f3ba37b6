"""What every answer carries, and what may be kept by whom."""

import gc
import warnings
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.catalogue.items import Item
from indexer.review.records import Move
from web.app.headers import POLICY, PUBLIC_SECONDS, STATIC_SECONDS

PAGES = ["/", "/search", "/units", "/whitelist", "/feed.atom", "/api/items", "/sign-in", "/nothing", "/static/site.css"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_scripts_frames_and_guesses(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers

    assert "default-src 'none'; script-src 'self'; style-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'; base-uri 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(("scheme", "sent"), [("https", True), ("http", False)])
def test_only_https_is_asked_to_stay_https(client: FlaskClient, scheme: str, sent: bool) -> None:
    answer = client.get("/", base_url=f"{scheme}://localhost")

    assert ("Strict-Transport-Security" in answer.headers) is sent


@pytest.mark.parametrize("path", ["/", "/search", "/feed.atom", "/api/items"])
def test_public_pages_may_be_kept_for_a_minute_and_asked_again_cheaply(client: FlaskClient, path: str) -> None:
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in first.headers["Vary"]
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/review/", "/", "/sign-in"])
def test_what_a_signed_in_person_sees_is_kept_by_nobody(desk_client: FlaskClient, path: str) -> None:
    assert desk_client.get(path).headers["Cache-Control"] == "no-store"


def test_a_page_that_sets_a_cookie_is_kept_by_nobody(client: FlaskClient) -> None:
    assert client.get("/?type=large").headers["Cache-Control"] == "no-store"


def test_a_request_above_a_megabyte_is_refused(client: FlaskClient) -> None:
    assert client.post("/sign-in", data={"name": "x" * 1_100_000, "password": "y"}).status_code == 413


def test_links_to_the_outside_tell_it_nothing(
    client: FlaskClient, make_item: Callable[..., Item], move: Callable[..., None]
) -> None:
    item = make_item()
    move(item, Move.APPROVE)

    page = client.get(f"/items/{item.id}").text

    assert '<a class="button" href="http://a.example/art/1.html" rel="noopener noreferrer nofollow">' in page


def test_nothing_is_allowed_but_what_the_pages_need(client: FlaskClient) -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))

    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in POLICY
    assert client.get("/").headers["Content-Security-Policy"] == POLICY


def test_strangers_caches_keep_public_pages_a_minute_and_files_an_hour(client: FlaskClient) -> None:
    assert f"max-age={PUBLIC_SECONDS}" in client.get("/").headers["Cache-Control"]
    with client.get("/static/site.css") as file:
        assert f"max-age={STATIC_SECONDS}" in file.headers["Cache-Control"]


@pytest.mark.parametrize(("method", "status"), [("GET", 304), ("HEAD", 200)])
def test_a_file_that_is_not_sent_is_closed(client: FlaskClient, method: str, status: int) -> None:
    first = client.get("/static/site.css", buffered=True)
    headers = {"If-None-Match": first.headers["ETag"]} if status == 304 else {}

    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        answer = client.open("/static/site.css", method=method, headers=headers)
        found = (answer.status_code, answer.get_data())
        del answer
        gc.collect()

    assert found == (status, b"")
    assert [str(one.message) for one in seen] == []
