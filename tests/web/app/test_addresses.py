"""Which hosts are answered, and what absolute addresses begin with: never with what a stranger's request says."""

from collections.abc import Callable

import feedparser
import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from config.settings import Settings
from config.taxonomy import Taxonomy
from indexer.catalogue.items import Item
from indexer.records.database import Database
from indexer.review.records import Move
from indexer.search.port import SearchIndex
from web.app.addresses import keep_on_site
from web.app.factory import create_app

PUBLIC = "https://kexue.example.cn"
CACHED = ["/", "/search", "/feed.atom", "/feed.atom?q=%E6%9C%88", "/api/items", "/units", "/whitelist"]


@pytest.fixture
def placed(settings: Settings, database: Database, index: SearchIndex, taxonomy: Taxonomy) -> Callable[..., Flask]:
    """Make the site with other settings."""

    def make(**changes: object) -> Flask:
        changed = Settings(**{**settings.model_dump(), **changes})
        app = create_app(changed, database=database, index=index, taxonomy=taxonomy)
        app.config |= {"TESTING": True, "WTF_CSRF_ENABLED": False}
        return app

    return make


@pytest.fixture
def item(make_item: Callable[..., Item], move: Callable[..., None]) -> Item:
    """An approved piece."""
    made = make_item()
    move(made, Move.APPROVE)
    return made


def ask(app: Flask, path: str, host: str, **heads: str) -> tuple[int, str]:
    answer = app.test_client().get(path, headers={"Host": host, **heads}, buffered=True)
    return answer.status_code, answer.text


@pytest.mark.parametrize("host", ["kexue.example.cn", "KEXUE.example.cn", "kexue.example.cn:443", "kexue.example.cn."])
def test_the_public_host_is_answered(placed: Callable[..., Flask], host: str) -> None:
    assert ask(placed(public_url=PUBLIC), "/", host)[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "kexue.example.cn.evil.example",
        "evil.example:443",
        "kexue.example.cn@evil.example",
        "evil.example, kexue.example.cn",
        "localhost",
        "127.0.0.1:8080",
        "a b",
        "[",
        "[::1",
        "月.example",
        "",
    ],
)
def test_any_other_host_is_answered_400(placed: Callable[..., Flask], host: str) -> None:
    app, paths = placed(public_url=PUBLIC), [*CACHED, "/sign-in", "/static/site.css", "/nothing", "/review/"]

    assert {path: ask(app, path, host)[0] for path in paths} == dict.fromkeys(paths, 400)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "192.0.2.7", "kexue.example.cn"])
def test_a_watcher_on_this_machine_may_ask_for_the_health_by_the_address_listened_on(
    placed: Callable[..., Flask], host: str
) -> None:
    app = placed(public_url=PUBLIC, host="192.0.2.7")

    assert ask(app, "/healthz", host)[0] == 200
    assert ask(app, "/healthz", "evil.example")[0] == 400


def test_feed_and_interface_name_the_public_address(placed: Callable[..., Flask], item: Item) -> None:
    app = placed(public_url=PUBLIC)

    feed = feedparser.parse(ask(app, "/feed.atom?q=%E6%9C%88", "kexue.example.cn")[1])
    brief = app.test_client().get("/api/items", headers={"Host": "kexue.example.cn"}).get_json()["items"][0]

    assert feed.entries[0].link == f"{PUBLIC}/items/{item.id}"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": f"{PUBLIC}/feed.atom?q=%E6%9C%88",
        "first": f"{PUBLIC}/feed.atom?q=%E6%9C%88",
        "alternate": f"{PUBLIC}/search?q=%E6%9C%88",
    }
    assert brief["url"] == f"{PUBLIC}/items/{item.id}"


@pytest.mark.parametrize("public_url", [PUBLIC, None])
def test_nothing_that_is_kept_holds_what_a_request_says_of_its_host(
    placed: Callable[..., Flask], item: Item, public_url: str | None
) -> None:
    app = placed(public_url=public_url, trusted_proxies=1)
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Host": "evil.example",
        "Forwarded": "host=evil.example;proto=https",
        "X-Original-URL": "/evil.example",
        "X-Forwarded-Prefix": "/evil.example",
        "X-Forwarded-Port": "6666",
        "X-Forwarded-Server": "evil.example",
    }

    pages = [ask(app, path, host, **forged)[1] for path in CACHED for host in ("evil.example", "kexue.example.cn")]

    assert [page for page in pages if "evil.example" in page or ":6666" in page] == []


@pytest.mark.parametrize(
    ("host", "asked", "begin"),
    [
        ("127.0.0.1", "localhost:9000", "http://localhost:9000/"),
        ("127.0.0.1", "127.0.0.1:9000", "http://127.0.0.1:9000/"),
        ("127.0.0.1", "evil.example", "http://127.0.0.1:8080/"),
        ("0.0.0.0", "evil.example", "http://127.0.0.1:8080/"),  # noqa: S104  (a setting, not listened on)
        ("::1", "evil.example", "http://[::1]:8080/"),
        ("192.0.2.7", "192.0.2.7:8080", "http://192.0.2.7:8080/"),
        ("192.0.2.7", "192.0.2.8:8080", "http://192.0.2.7:8080/"),
    ],
)
def test_without_a_public_address_the_site_names_this_machine(
    placed: Callable[..., Flask], item: Item, host: str, asked: str, begin: str
) -> None:
    feed = feedparser.parse(ask(placed(host=host), "/feed.atom", asked)[1])

    assert feed.entries[0].link == f"{begin}items/{item.id}"


@pytest.mark.parametrize(("path", "location"), [("/review", "/review/"), ("/review//log", "/review/log")])
def test_a_redirect_to_the_right_spelling_names_no_host(client: FlaskClient, path: str, location: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example"})

    assert (answer.status_code, answer.location) == (308, location)


@pytest.mark.parametrize("location", ["http://evil.example//other.example/", "http://evil.example/\\other.example"])
def test_a_redirect_does_not_become_one_to_another_host(app: Flask, location: str) -> None:
    with app.test_request_context("/", headers={"Host": "evil.example"}):
        assert keep_on_site(Response(status=302, headers={"Location": location})).location == location


@pytest.mark.parametrize(
    ("proxies", "sent", "is_https"),
    [
        (0, "https", False),
        (1, "https", True),
        (1, "http", False),
        (1, "https, http", False),
        (1, "http, https", True),
        (2, "https, http", True),
        (2, "http, https, http", True),
        (2, "https", False),
    ],
)
def test_https_is_believed_of_the_trusted_proxies_alone(
    placed: Callable[..., Flask], proxies: int, sent: str, is_https: bool
) -> None:
    answer = placed(trusted_proxies=proxies).test_client().get("/?type=large", headers={"X-Forwarded-Proto": sent})

    assert ("Strict-Transport-Security" in answer.headers) is is_https
    assert ("Secure" in answer.headers["Set-Cookie"]) is is_https


def test_cookies_are_secure_where_the_public_address_is_https(placed: Callable[..., Flask]) -> None:
    answer = placed(public_url=PUBLIC).test_client().get("/?type=large", headers={"Host": "kexue.example.cn"})

    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("proxies", "sent", "seen"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1,, ,203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (3, "6.6.6.6, 203.0.113.9, 10.0.0.1, 10.0.0.2", "203.0.113.9"),
    ],
)
def test_a_client_s_address_is_read_from_exactly_the_trusted_proxies(
    placed: Callable[..., Flask], proxies: int, sent: str, seen: str
) -> None:
    app = placed(trusted_proxies=proxies)
    addresses: list[str | None] = []

    @app.before_request
    def note() -> None:
        addresses.append(request.remote_addr)

    app.test_client().get("/robots.txt", headers={"X-Forwarded-For": sent})

    assert addresses == [seen]
