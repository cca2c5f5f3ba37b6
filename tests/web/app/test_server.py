"""The server itself, on a real port: half-open connections, slow requests, broken ones, and proxies before it."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from config.settings import Settings
from indexer.people import sign_in as people
from indexer.people.rights import Role
from indexer.records.database import Database
from tests.operators import NOW, OPERATOR
from tests.web.proxy import example, proxying
from web.app.server import (
    PLACES,
    REQUEST_SECONDS,
    UPLOAD_SECONDS,
    Connection,
    Parser,
    Server,
)

PUBLIC, HOST = "https://kexue.example.cn", "kexue.example.cn"
NAME, PASSWORD = "编辑乙", "示例口令-只用于测试"
START_SECONDS, ANSWER_SECONDS = 60, 5
NO_HEADS: Mapping[str, str] = {}
NO_SIZES: Mapping[str, int] = {}
HALF = b"GET / HTTP/1.1\r\nHost: kexue.example.cn\r\nX-Half: "


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[int]:
    """Run `carnival web` over the records of a folder, and give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"CARNIVAL_DATA_FOLDER": str(folder), "CARNIVAL_PORT": str(port)} | variables
    process = subprocess.Popen([sys.executable, "-m", "config", "web"], env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def _wait_for(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens on {port}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an editor who can sign in."""
    made = tmp_path_factory.mktemp("served")
    database = Database.open(Settings(data_folder=made).records_url)
    people.add_account(database, NAME, PASSWORD, by=OPERATOR, now=NOW, role=Role.EDITOR)
    database.close()
    return made


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """The port of `carnival web` as the docs set it behind one proxy."""
    with serving(folder, CARNIVAL_PUBLIC_URL=PUBLIC, CARNIVAL_TRUSTED_PROXIES="1") as given:
        yield given


def ask(
    port: int,
    path: str,
    *,
    heads: Mapping[str, str] = NO_HEADS,
    client: str = "127.0.0.1",
    form: Mapping[str, str] | None = None,
) -> tuple[http.client.HTTPResponse, str]:
    """Ask from an address of loopback's own; a form is sent as one."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS, source_address=(client, 0))
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    body = urlencode(form) if form else None
    connection.request("POST" if form else "GET", path, body, {"Host": HOST, **kind, **heads})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


@pytest.mark.parametrize("sent", [b"", HALF, b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nname=a"])
def test_readers_are_answered_while_others_only_hold_connections_open(port: int, sent: bytes) -> None:
    with ExitStack() as stack:
        for _ in range(PLACES + 100):
            held = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS))
            held.sendall(sent)

        statuses = [ask(port, "/robots.txt")[0].status for _ in range(3)]

    assert statuses == [200, 200, 200]


def test_a_place_is_made_by_the_address_that_holds_most(server: Server) -> None:
    crowd = [_connect(server, "198.51.100.7") for _ in range(3)]
    reader = _connect(server, "203.0.113.1")
    answered = _connect(server, "198.51.100.7")
    crowd[1].waiting_since, answered.waiting_since, reader.waiting_since = 1.0, 0.5, 0.1
    answered.requests = ["a request that has come whole"]

    server.make_place()

    assert [one.will_close for one in (*crowd, reader, answered)] == [False, True, False, False, False]


def test_a_request_that_takes_too_long_to_come_is_given_up_however_often_a_byte_comes(server: Server) -> None:
    slow, fresh = _connect(server, "198.51.100.7"), _connect(server, "198.51.100.7")
    slow.waiting_since -= REQUEST_SECONDS + 1
    slow.last_activity = time.time()

    server.maintenance(time.time())

    assert (slow.will_close, fresh.will_close) == (True, False)


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /\0 HTTP/1.1\r\nHost: kexue.example.cn\r\n\r\n",
        b"GET /\xff?q=\xff HTTP/1.1\r\nHost: kexue.example.cn\r\n\r\n",
        b"GET //evil.example/%2e%2e HTTP/1.1\r\nHost: kexue.example.cn\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: kexue.example.cn\r\nContent-Length: -1\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: kexue.example.cn\r\nContent-Length: x\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: kexue.example.cn\r\nContent-Length: 3\r\n\r\nname=abcdef",
        b"POST /sign-in HTTP/1.1\r\nHost: kexue.example.cn\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nname=a",
        b"POST /sign-in HTTP/1.1\r\nHost: kexue.example.cn\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n[[[[\r\n0\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: kexue.example.cn\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: kexue.example.cn\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: kexue.example.cn\r\nExpect: 200-ok\r\nContent-Length: 0\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: kexue.example.cn\r\nContent-Length: 9999999999\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: kexue.example.cn\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
    ],
    ids=range(15),
)
def test_a_broken_request_gets_a_refusal_and_never_500(port: int, request_line: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS) as raw:
        raw.sendall(request_line)
        status = int(raw.recv(4096).split(b" ", 2)[1])

    assert 400 <= status < 500 or status == 501


def test_behind_the_proxy_of_the_docs_each_client_is_one_and_https_is_seen(port: int) -> None:
    with proxying(port, scheme="https") as proxy:
        stranger = [_sign_in(proxy, "127.0.0.66", "falsch")[0].status for _ in range(12)]
        other = _sign_in(proxy, "127.0.0.7", PASSWORD)[0]

    assert stranger == [401] * 10 + [429] * 2
    assert (other.status, other.headers["Location"]) == (302, "/review/")
    assert all("Secure" in cookie for cookie in other.headers.get_all("Set-Cookie", []))
    assert other.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_client_of_the_proxy_cannot_name_another_address(port: int) -> None:
    with proxying(port, scheme="https") as proxy:
        statuses = [
            _sign_in(proxy, "127.0.0.67", "falsch", heads={"X-Forwarded-For": f"192.0.2.{turn}"})[0].status
            for turn in range(12)
        ]

    assert statuses[-1] == 429


def test_with_two_proxies_the_client_is_the_one_before_both(folder: Path) -> None:
    with (
        serving(folder, CARNIVAL_PUBLIC_URL=PUBLIC, CARNIVAL_TRUSTED_PROXIES="2") as port,
        proxying(port, scheme="http") as inner,
        proxying(inner, scheme="https") as outer,
    ):
        stranger = [_sign_in(outer, "127.0.0.68", "falsch")[0].status for _ in range(12)]
        other = _sign_in(outer, "127.0.0.8", PASSWORD)[0].status

    assert (stranger[-1], other) == (429, 302)


def test_a_forged_host_is_refused_through_the_proxy_and_the_feed_names_the_public_address(port: int) -> None:
    with proxying(port, scheme="https") as proxy:
        forged = ask(proxy, "/feed.atom", heads={"Host": "evil.example"})[0].status
        feed = ask(proxy, "/feed.atom")[1]

    assert forged == 400
    assert f'href="{PUBLIC}/feed.atom"' in feed
    assert "evil.example" not in feed


def test_the_example_of_the_docs_leads_to_the_address_that_is_the_default() -> None:
    settings = Settings()

    assert f"proxy_pass http://{settings.host}:{settings.port};" in example()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that listens and is not run."""
    dispatcher = ThreadedTaskDispatcher()
    made = Server(lambda _environ, _start: [], {}, dispatcher=dispatcher, adj=Adjustments(host="127.0.0.1", port=0))
    made.ends = []  # the other ends of its connections, which stay open as long
    yield made
    for channel in list(made.active_channels.values()):
        channel.handle_close()
    for end in made.ends:
        end.close()
    made.close()


def _connect(server: Server, address: str) -> Connection:
    own, other = socket.socketpair()
    server.ends.append(other)
    return Connection(server, own, (address, 1), server.adj, map=server._map)


def _sign_in(
    port: int, client: str, password: str, *, heads: Mapping[str, str] = NO_HEADS
) -> tuple[http.client.HTTPResponse, str]:
    page = ask(port, "/sign-in", client=client, heads=heads)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page[1])
    assert token is not None
    cookie = page[0].headers["Set-Cookie"].partition(";")[0]
    form = {"csrf_token": token[1], "name": NAME, "password": password}
    own = {"Cookie": cookie, "Referer": f"{PUBLIC}/sign-in"}
    return ask(port, "/sign-in", client=client, form=form, heads={**heads, **own})


def parsed(head: str, *, uploads: Mapping[str, int] = NO_SIZES) -> Parser:
    """A request whose head has come."""
    settings = Adjustments(max_request_body_size=1000)
    settings.uploads = uploads
    request = Parser(settings)
    request.received(f"{head}\r\nHost: a\r\nContent-Length: 5000\r\n\r\n".encode())
    return request


@pytest.mark.parametrize(
    ("head", "is_taken"),
    [
        ("POST /unit/push-page HTTP/1.1", True),
        ("POST /unit/push-page?x=1 HTTP/1.1", True),
        ("PUT /unit/push-page HTTP/1.1", False),
        ("POST /unit/push HTTP/1.1", False),
        ("POST /unit/push-page/ HTTP/1.1", False),
    ],
)
def test_only_an_upload_may_be_large(head: str, is_taken: bool) -> None:
    request = parsed(head, uploads={"/unit/push-page": 9000})

    assert (request.error is None) is is_taken
    assert request.is_upload is is_taken


def test_an_upload_has_its_limit_too() -> None:
    assert parsed("POST /unit/push-page HTTP/1.1", uploads={"/unit/push-page": 4000}).error is not None


def test_an_upload_may_take_longer_than_a_form() -> None:
    connection = Connection.__new__(Connection)
    patience = []
    for uploads in (NO_SIZES, {"/unit/push-page": 9000}):
        connection.request = parsed("POST /unit/push-page HTTP/1.1", uploads=uploads)
        patience.append(connection.patience)
    connection.request = None

    assert [*patience, connection.patience] == [REQUEST_SECONDS, UPLOAD_SECONDS, REQUEST_SECONDS]
