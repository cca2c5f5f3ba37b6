"""No redirect leads off the hosts: the middlewares as Scrapy calls them, and the guard's own fetch.

Fuzzed values are the same in every run. Those of the first tests are judged without network; the last ones go over
HTTP, beside a foreign server that must never be asked.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response
from scrapy.settings import Settings as ScrapySettings
from twisted.web.client import URI

from config.settings import Settings
from crawler import guard
from crawler.guard import FetchRefused, fetch, place_of
from crawler.scrapy.hops import HOSTS, GuardedRedirect, GuardMiddleware, Refused
from indexer.base.ids import ChannelId
from indexer.records import reads, refusals, to_understand
from indexer.records.database import Database
from tests.attack.locations import locations
from tests.crawler.whitelisted import site_channel, whitelist
from tests.simulators.website import Answer, Website

OURS, OTHER = "www.unit.example", "other.example.com"
BASE = f"http://{OURS}/list/1.html"
FUZZED, OVER_HTTP = 60_000, 300
# As they were seen to lead away.
SEEN = [
    rb"http:/\OTHER/x", rb"hTTp:/\OTHER/x", rb"http:\/OTHER/x", b"///OTHER/x", b"//OTHER/x", b"http://OTHER/x",
    rb"\\OTHER/x",
    rb"/\OTHER/x", b"////OTHER", b"http:///OTHER/x", rb"https:\\OTHER/x", b"http://OURS@OTHER/", rb"http://OTHER\@OURS/",
    b"http://OTHER#@OURS/", b"http://OTHER?@OURS/", b"\thttp://OTHER/", b"ht\ttp://OTHER/", b"/\t/OTHER/x",
    "http://ｏｔｈｅｒ。example。com/".encode(), b"//OTHER:80/x", b"//OTHER./x",
]  # fmt: skip


def redirect_of(kind: type[RedirectMiddleware]) -> RedirectMiddleware:
    """The middleware as Scrapy builds it."""
    made = kind(ScrapySettings({"REDIRECT_ENABLED": True, "REDIRECT_MAX_TIMES": 5}))
    made.crawler = SimpleNamespace(spider=None)  # type: ignore[assignment]  # all that it looks at
    return made


@dataclass(kw_only=True)
class Tally:
    """How many values were followed, refused, no redirect at all; left: those that led away, which must be none."""

    followed: int = 0
    refused: int = 0
    ignored: int = 0
    left: list[bytes]


def hop(redirect: RedirectMiddleware, value: bytes) -> Request | Response:
    """What becomes of an answer with this `Location`, and of the request that follows it."""
    request = Request(BASE, meta={HOSTS: frozenset({OURS})})
    followed = redirect.process_response(request, Response(BASE, status=302, headers={"Location": value}))
    if isinstance(followed, Request) and isinstance(redirect, GuardedRedirect):
        GuardMiddleware().process_request(followed)
    return followed


def host_asked(request: Request) -> str:
    """The host that Twisted would connect to."""
    address = URI.fromBytes(request.url.encode("ascii"))  # type: ignore[no-untyped-call]  # Twisted's is untyped
    return str(address.host.decode("ascii").lower().rstrip("."))


def tally(values: Iterator[bytes]) -> Tally:
    redirect, found = redirect_of(GuardedRedirect), Tally(left=[])
    for value in values:
        try:
            followed = hop(redirect, value)
        except Refused:
            found.refused += 1
            continue
        if isinstance(followed, Response):
            found.ignored += 1
        elif host_asked(followed) == OURS:
            found.followed += 1
        else:
            found.left.append(value)
    return found


def led_away(values: Iterator[bytes]) -> int:
    """How many of them Scrapy alone would follow to another host: without any, the test above would show nothing."""
    redirect, count = redirect_of(RedirectMiddleware), 0
    for value in values:
        try:
            followed = hop(redirect, value)
            count += isinstance(followed, Request) and host_asked(followed) != OURS
        except ValueError:
            continue
    return count


def test_of_sixty_thousand_fuzzed_locations_none_leaves() -> None:
    found = tally(islice(locations(24, ours=OURS, other=OTHER), FUZZED))

    assert found.left == []
    assert found.followed + found.refused + found.ignored == FUZZED
    assert found.followed > FUZZED / 20


def test_the_fuzzed_locations_would_lead_away_if_nobody_judged_them() -> None:
    assert led_away(islice(locations(24, ours=OURS, other=OTHER), 3000)) > 300


@pytest.mark.parametrize("value", SEEN)
def test_what_was_seen_to_lead_away_does_not(value: bytes) -> None:
    value = value.replace(b"OTHER", OTHER.encode()).replace(b"OURS", OURS.encode())

    assert tally(iter([value])).left == []


@pytest.mark.parametrize(
    ("value", "target"),
    [
        (b"/b", f"http://{OURS}/b"),
        (b"2.html", f"http://{OURS}/list/2.html"),
        (f"https://{OURS}/b".encode(), f"https://{OURS}/b"),
        (f"https://{OURS}:443/b".encode(), f"https://{OURS}:443/b"),
        (f"//{OURS.upper()}/b".encode(), f"http://{OURS}/b"),
        ("/新闻/1".encode(), f"http://{OURS}/%E6%96%B0%E9%97%BB/1"),
        (b"?page=2", f"http://{OURS}/list/1.html?page=2"),
    ],
)
def test_a_redirect_on_the_registered_host_is_followed_by_both(value: bytes, target: str) -> None:
    followed = hop(redirect_of(GuardedRedirect), value)

    assert isinstance(followed, Request)
    assert followed.url == target
    assert guard._next(BASE, value.decode("latin-1")) == target


def test_a_request_that_names_no_hosts_stays_on_its_own() -> None:
    request = Request(f"http://{OURS}/robots.txt")
    GuardMiddleware().process_request(request)
    answer = Response(request.url, status=301, headers={"Location": f"http://{OTHER}/robots.txt"})

    with pytest.raises(Refused, match=r"other\.example\.com"):
        redirect_of(GuardedRedirect).process_response(request, answer)


def test_an_answer_from_elsewhere_than_it_was_asked_is_refused() -> None:
    request = Request(BASE, meta={HOSTS: frozenset({OURS})})

    with pytest.raises(Refused, match=r"other\.example\.com"):
        GuardMiddleware().process_response(request, Response(f"http://{OTHER}/x"))


def test_of_the_same_locations_none_leads_the_single_fetch_away() -> None:
    left = []
    for value in islice(locations(24, ours=OURS, other=OTHER), FUZZED // 3):
        try:
            url = guard._next(BASE, value.decode("latin-1"))
            place = place_of(url)
        except FetchRefused:
            continue
        if place.netloc == OURS and host_asked(Request(url)) != OURS:
            left.append(value)

    assert left == []


@pytest.fixture
def foreign() -> Iterator[Website]:
    """A server that nobody registered, on loopback too: only its port tells it from ours."""
    with Website() as running:
        yield running


def raw(value: bytes) -> Answer:
    """A redirect with exactly these bytes, as far as a header can hold them."""
    kept = value.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"")
    return Answer(raw=b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + kept + b"\r\n\r\n")


def test_over_http_the_single_fetch_never_asks_a_foreign_server(
    website: Website, foreign: Website, settings: Settings
) -> None:
    both = settings.model_copy(update={"private_hosts": (website.host, foreign.host)})
    refused = 0

    for value in islice(locations(7, ours=website.host, other=foreign.host), OVER_HTTP):
        website.answers["/a"] = raw(value)
        try:
            fetch(f"{website.origin}/a", both, hosts=[website.host])
        except FetchRefused:
            refused += 1

    assert foreign.seen == []
    assert refused > OVER_HTTP / 2


def test_over_http_the_spider_never_asks_a_foreign_server(
    website: Website, foreign: Website, settings: Settings, database: Database
) -> None:
    values = list(islice(locations(7, ours=website.host, other=foreign.host), OVER_HTTP))
    for name, part in (("one", values[::2]), ("two", values[1::2])):
        paths = [f"/{name}/{number}" for number in range(len(part))]
        rows = "".join(f'<li><a href="{path}">一篇会转走的文章{path}</a> 2026-09-02</li>' for path in paths)
        website.page(f"/{name}/", f"<ul>{rows}</ul>")
        website.answers |= {path: raw(value) for path, value in zip(paths, part, strict=True)}
        whitelist(database, site_channel(website, name, path=f"/{name}/"))

    _crawl(settings.data_folder, website, foreign)

    with database.reading() as tx:
        refused = refusals.recent(tx, limit=1000)
        assert list(to_understand.waiting(tx, 10)) == []
    assert foreign.seen == []
    assert len(refused) == OVER_HTTP


@pytest.mark.parametrize("location", ["http:/\\{foreign}/robots.txt", "http://{foreign}/robots.txt"])
def test_a_robots_txt_that_leads_elsewhere_is_not_followed_and_is_no_permission(
    website: Website, foreign: Website, settings: Settings, database: Database, location: str
) -> None:
    website.answers["/robots.txt"] = raw(location.format(foreign=foreign.host).encode())
    website.page("/one/", '<ul><li><a href="/one/1">一篇本来可以读的文章</a> 2026-09-02</li></ul>')
    whitelist(database, site_channel(website, "one", path="/one/"))

    _crawl(settings.data_folder, website, foreign)

    with database.reading() as tx:
        error = reads.history(tx, ChannelId("one")).last_error
    assert foreign.seen == []
    assert website.asked("/one/") == []
    assert error is not None
    assert f"未登记的主机 {foreign.host}" in error


def _crawl(folder: Path, website: Website, foreign: Website) -> None:
    environment = {
        **os.environ,
        "CARNIVAL_DATA_FOLDER": str(folder),
        "CARNIVAL_PRIVATE_HOSTS": json.dumps([website.host, foreign.host]),
        "CARNIVAL_CRAWL_DELAY_SECONDS": "0",
        "CARNIVAL_FETCH_SECONDS": "5",
    }
    command = [sys.executable, "-m", "config", "crawl", "--once", "--collect-only", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr.decode()
