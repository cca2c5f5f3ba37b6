"""crawler.guard: which addresses are reached, and the limits of one GET."""

import _socket
import gzip
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from config.settings import Settings
from crawler.credentials.filling import Credential, CredentialUnusable
from crawler.exchange import Ask, Body, Method
from crawler.guard import (
    FetchRefused,
    Place,
    checked_addresses,
    fetch,
    place_of,
    redirected,
    refused_address,
    send,
    send_once,
)
from indexer.records.credentials import SecretPlace
from tests.simulators.social_platform import EXPIRED, LIST_PATH, TOKEN, Platform, Said
from tests.simulators.website import Answer, Website

PUBLIC = Place(scheme="https", host="www.example.com", port=443)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - the address that must be refused
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    why = refused_address(address, place=PUBLIC, private_hosts=())

    assert why is not None
    assert address in why


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_a_public_address_is_let_through(address: str) -> None:
    assert refused_address(address, place=PUBLIC, private_hosts=()) is None


def test_a_private_address_is_reached_only_at_the_port_that_is_named() -> None:
    allowed = Place(scheme="http", host="127.0.0.1", port=8790)
    other = Place(scheme="http", host="127.0.0.1", port=8791)

    assert refused_address("127.0.0.1", place=allowed, private_hosts={"127.0.0.1:8790"}) is None
    assert refused_address("127.0.0.1", place=other, private_hosts={"127.0.0.1:8790"}) is not None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "//example.com/",
        "http://",
        "http://user:secret@example.com/",
        "http://example.com:99999/",
        "http://example.com:0/",
        "http://example.com:x/",
        "http://exam ple.com/",
        "http://example.com\\@other.example/",
        "http://example.com%2eother.example/",
        "http://ex\tample.com/",
        "http:///example.com/",
        "http:/\\example.com/",
        "http://[",
        "http://[::1",
        "http://a..b/",
        "http://.example.com/",
        "http://" + "a." * 200 + "example/",
        "http://" + "é" * 200 + ".example/",
        "http://例\ud800.example/",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused):
        place_of(url)


@pytest.mark.parametrize("url", ["http://user:secret@example.com/", "http://user:secret@exam ple.com/"])
def test_a_refused_password_is_not_repeated_in_the_message(url: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        place_of(url)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "netloc"),
    [
        ("http://WWW.Example.COM./a", "www.example.com"),
        ("https://www.example.com:443/", "www.example.com"),
        ("https://www.example.com:80/", "www.example.com:80"),
        ("http://ｗｗｗ。example．com/", "www.example.com"),
        ("http://科普.example/", "xn--tkv944b.example"),
        ("http://１２７.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://[::1]:8080/", "::1:8080"),
    ],
)
def test_a_host_is_known_by_one_spelling(url: str, netloc: str) -> None:
    assert place_of(url).netloc == netloc


@pytest.mark.parametrize(
    "host",
    [
        "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "0177.1", "017700000001", "127.0.0.1.",
        "１２７.0.0.1", "127。0。0。1", "0", "10.1", "0xa9fea9fe", "[::1]", "[::ffff:127.0.0.1]", "[fe80::1%1]", "[::]",
    ],
)  # fmt: skip
def test_another_spelling_of_an_internal_address_is_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def numbers_only(name: str, port: int, *, type: int) -> list[object]:
        return list(_socket.getaddrinfo(name, port, 0, type, 0, socket.AI_NUMERICHOST))

    monkeypatch.setattr(socket, "getaddrinfo", numbers_only)

    with pytest.raises(FetchRefused, match="内部地址"):
        checked_addresses(place_of(f"http://{host}/"), private_hosts=())


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: answers)

    with pytest.raises(FetchRefused, match=r"10\.0\.0\.7"):
        checked_addresses(Place(scheme="http", host="mixed.example.com", port=80), private_hosts=())


def test_a_page_is_fetched_with_its_headers_in_lower_case(website: Website, settings: Settings) -> None:
    website.page("/a", "<p>你好</p>", etag='"1"')

    answer = fetch(f"{website.origin}/a", settings)

    assert answer.body.decode() == "<p>你好</p>"
    assert answer.headers["etag"] == '"1"'


def test_a_site_on_loopback_is_refused_unless_it_is_named(website: Website, settings: Settings) -> None:
    closed = settings.model_copy(update={"private_hosts": ()})

    with pytest.raises(FetchRefused, match="内部地址"):
        fetch(f"{website.origin}/a", closed)

    assert website.seen == []


def test_a_redirect_is_followed_and_the_last_address_returned(website: Website, settings: Settings) -> None:
    website.answers["/a"] = Answer(status=302, headers={"Location": "/b"})
    website.page("/b", "here")

    answer = fetch(f"{website.origin}/a", settings)

    assert answer.url == f"{website.origin}/b"


def test_a_redirect_to_an_internal_address_is_refused(website: Website, settings: Settings) -> None:
    website.answers["/a"] = Answer(status=302, headers={"Location": "http://127.0.0.1:1/secret"})

    with pytest.raises(FetchRefused, match="内部地址"):
        fetch(f"{website.origin}/a", settings)


def test_a_redirect_off_the_registered_hosts_is_refused(website: Website, settings: Settings) -> None:
    website.answers["/a"] = Answer(status=301, headers={"Location": "http://other.example.com/"})

    with pytest.raises(FetchRefused, match=r"未登记的主机 other\.example\.com"):
        fetch(f"{website.origin}/a", settings, hosts=[website.host])


def test_a_redirect_to_a_file_is_refused(website: Website, settings: Settings) -> None:
    website.answers["/a"] = Answer(status=302, headers={"Location": "file:///etc/passwd"})

    with pytest.raises(FetchRefused, match="http 和 https"):
        fetch(f"{website.origin}/a", settings)


def test_endless_redirects_end(website: Website, settings: Settings) -> None:
    website.answers["/a"] = Answer(status=302, headers={"Location": "/a"})

    with pytest.raises(FetchRefused, match="转向超过 3 次"):
        fetch(f"{website.origin}/a", settings)

    assert len(website.seen) == settings.redirects + 1


def test_a_page_beyond_the_limit_is_refused(website: Website, settings: Settings) -> None:
    website.answers["/a"] = Answer(body=b"x" * 100_001)

    with pytest.raises(FetchRefused, match="100000 字节"):
        fetch(f"{website.origin}/a", settings)


def test_a_packed_page_counts_by_its_unpacked_size(website: Website, settings: Settings) -> None:
    website.answers["/a"] = Answer(body=gzip.compress(b"x" * 10_000_000), headers={"Content-Encoding": "gzip"})

    with pytest.raises(FetchRefused, match="100000 字节"):
        fetch(f"{website.origin}/a", settings)


def test_a_page_that_drips_is_cut_after_the_time_limit(website: Website, settings: Settings) -> None:
    website.answers["/a"] = Answer(body=b"x" * 200, drip_seconds=0.05)

    with pytest.raises(FetchRefused, match="超过 1 秒"):
        fetch(f"{website.origin}/a", settings)


def test_a_page_that_ends_too_early_is_refused(website: Website, settings: Settings) -> None:
    website.answers["/a"] = Answer(body=b"half", is_cut=True)

    with pytest.raises(FetchRefused, match="没有传完"):
        fetch(f"{website.origin}/a", settings)


def test_an_answer_that_is_no_page_names_its_status(website: Website, settings: Settings) -> None:
    with pytest.raises(FetchRefused, match="404"):
        fetch(f"{website.origin}/missing", settings)


@pytest.fixture
def platform() -> Iterator[Platform]:
    with Platform() as running:
        running.answers[LIST_PATH] = Said(json=EXPIRED)
        yield running


def call(host: str, *, credential: str = "trial", path: str = LIST_PATH) -> Ask:
    """A POST with a credential, whatever comes back."""
    return Ask(
        url=f"http://{host}{path}",
        method=Method.POST,
        body=Body(content=b'{"offset": 0}'),
        headers={"X-Trial": "1"},
        credential=credential,
        takes_any_answer=True,
    )


def keys_for(*hosts: str) -> Callable[[str], Credential]:
    """Opens a credential that goes to these hosts."""

    def opened(name: str) -> Credential:
        return Credential(name=name, hosts=hosts, place=SecretPlace.QUERY, field="access_token", secret=TOKEN)

    return opened


def reaching(settings: Settings, *platforms: Platform) -> Settings:
    return settings.model_copy(update={"private_hosts": tuple(each.host for each in platforms)})


def test_a_request_goes_with_its_method_body_headers_and_credential(platform: Platform, settings: Settings) -> None:
    answer = send(call(platform.host), reaching(settings, platform), keys=keys_for(platform.host))

    (called,) = platform.called
    assert (called.method, called.body, called.query) == ("POST", b'{"offset": 0}', {"access_token": [TOKEN]})
    assert (called.headers["x-trial"], called.headers["content-type"]) == ("1", "application/json")
    assert b"42001" in answer.body
    assert TOKEN not in answer.url


@pytest.mark.parametrize("status", [204, 404, 429, 500])
def test_an_answer_of_any_status_comes_back_where_it_is_wanted(
    platform: Platform, settings: Settings, status: int
) -> None:
    platform.answers[LIST_PATH] = Said(status=status)

    answer = send(call(platform.host), reaching(settings, platform), keys=keys_for(platform.host))

    assert (answer.status, answer.body) == (status, b"")


@pytest.mark.parametrize(
    ("status", "method", "body"), [(303, "GET", b""), (302, "GET", b""), (307, "POST", b'{"offset": 0}')]
)
def test_a_redirect_to_another_host_drops_the_credential(
    platform: Platform, settings: Settings, status: int, method: str, body: bytes
) -> None:
    with Platform() as other:
        platform.answers[LIST_PATH] = Said(status=status, location=f"http://{other.host}/x")
        keys = keys_for(platform.host, other.host)

        send(call(platform.host), reaching(settings, platform, other), keys=keys)

        (called,) = other.called
        assert (called.method, called.body, called.query) == (method, body, {})


def test_a_redirect_on_the_same_host_keeps_the_credential(platform: Platform, settings: Settings) -> None:
    platform.answers[LIST_PATH] = Said(status=308, location="/cgi-bin/other")

    send(call(platform.host), reaching(settings, platform), keys=keys_for(platform.host))

    assert [(each.path, each.query) for each in platform.called][1:] == [("/cgi-bin/other", {"access_token": [TOKEN]})]


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("https://api.example/a", "https://api.example/b", "trial"),
        ("https://api.example/a", "http://api.example/b", ""),
        ("https://api.example/a", "https://api.example:444/b", ""),
        ("https://api.example/a", "https://api.example.evil/b", ""),
    ],
)
def test_a_credential_follows_to_the_same_host_over_the_same_scheme_alone(before: str, after: str, kept: str) -> None:
    ask = Ask(url=before, credential="trial")

    assert redirected(ask, after, status=307).credential == kept


def test_one_hop_is_not_followed(platform: Platform, settings: Settings) -> None:
    platform.answers[LIST_PATH] = Said(status=307, location="http://127.0.0.1:1/x")

    answer = send_once(call(platform.host), reaching(settings, platform), keys=keys_for(platform.host))

    assert (answer.status, answer.headers["location"]) == (307, "http://127.0.0.1:1/x")


def test_a_host_that_the_credential_does_not_name_is_not_asked(platform: Platform, settings: Settings) -> None:
    with pytest.raises(CredentialUnusable, match=r"只发给 api\.example"):
        send(call(platform.host), reaching(settings, platform), keys=keys_for("api.example"))

    assert platform.called == []


def test_a_refusal_of_a_call_does_not_quote_the_secret(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        host = f"127.0.0.1:{closed.getsockname()[1]}"
    open_to = settings.model_copy(update={"private_hosts": (host,)})

    with pytest.raises(FetchRefused) as refused:
        send(call(host, path="/a\x7fb"), open_to, keys=keys_for(host))

    assert TOKEN not in str(refused.value)


def test_a_server_of_this_machine_stands_in_for_a_host_and_its_credential_goes_there(
    platform: Platform, settings: Settings
) -> None:
    stood_in = settings.model_copy(update={"stand_ins": {"api.example": platform.host}, "private_hosts": ()})
    ask = replace(call(platform.host), url=f"https://api.example{LIST_PATH}")

    answer = send(ask, stood_in, keys=keys_for("api.example"))

    (called,) = platform.called
    assert (called.headers["host"], called.query) == ("api.example", {"access_token": [TOKEN]})
    assert answer.url == ask.url
