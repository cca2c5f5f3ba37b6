"""crawler.scrapy.robots: rules are asked for once a host and obeyed; a host that cannot say them allows nothing."""

import asyncio
from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import Settings as ScrapySettings
from scrapy.signalmanager import SignalManager
from scrapy.statscollectors import MemoryStatsCollector

from crawler.exchange import Answer, Ask
from crawler.scrapy.hops import CALL, HOSTS, Call, Refused, RulesUnknown
from crawler.scrapy.robots import Robots

HOST = "www.unit.example"
HOSTS_OF_OURS = {HOSTS: frozenset({HOST})}
Rules = Callable[[Request], Response]


class Site:
    """The engine of a crawl, which downloads nothing but rules: notes what it was asked, and takes a moment."""

    def __init__(self, rules: Rules) -> None:
        self.rules, self.asked = rules, list[Request]()

    async def download_async(self, request: Request) -> Response:
        self.asked.append(request)
        await asyncio.sleep(0)
        return self.rules(request)


def visited(rules: Rules, requests: Sequence[Request]) -> tuple[Site, list[BaseException | None]]:
    """Ask for these pages side by side; what each ended with, None where it may be read."""
    site = Site(rules)
    crawler = SimpleNamespace(settings=ScrapySettings({"ROBOTSTXT_OBEY": True}), engine=site, spider=None)
    crawler.signals = SignalManager(crawler)
    crawler.stats = MemoryStatsCollector(SimpleNamespace(settings=crawler.settings))  # type: ignore[arg-type]
    robots = Robots(crawler)  # type: ignore[arg-type]  # all that it looks at

    async def visit() -> list[BaseException | None]:
        return await asyncio.gather(*map(robots.process_request, requests), return_exceptions=True)

    return site, asyncio.run(visit())


def page(path: str, **meta: object) -> Request:
    return Request(f"http://{HOST}{path}", meta=HOSTS_OF_OURS | meta)


def said(text: str = "", status: int = 200) -> Rules:
    return lambda request: Response(request.url, status=status, body=text.encode())


def raising(error: Exception) -> Rules:
    def fail(_request: Request) -> Response:
        raise error

    return fail


def test_pages_that_wait_for_the_same_rules_all_obey_them_and_they_are_asked_for_once() -> None:
    site, ends = visited(
        said("User-agent: *\nDisallow: /closed/\n"), [page("/closed/1"), page("/closed/2"), page("/a")]
    )

    assert [type(end) for end in ends] == [IgnoreRequest, IgnoreRequest, type(None)]
    assert [request.url for request in site.asked] == [f"http://{HOST}/robots.txt"]


def test_a_site_without_rules_may_be_read() -> None:
    assert visited(said(status=404), [page("/a")])[1] == [None]


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        (said(status=503), "回答 503"),
        (raising(Refused("网页转到了未登记的主机。")), "转到了未登记的主机"),
        (raising(ValueError("odd")), "读不出来：ValueError"),
    ],
)
def test_a_host_that_cannot_say_what_it_allows_is_not_read(rules: Rules, why: str) -> None:
    _, ends = visited(rules, [page("/a"), page("/b")])

    assert [type(end) for end in ends] == [RulesUnknown, RulesUnknown]
    assert all(why in str(end) for end in ends)


def test_of_a_host_that_is_not_reached_the_page_s_own_request_says_more() -> None:
    assert visited(raising(DownloadTimeoutError("slow")), [page("/a")])[1] == [None]


def test_where_a_page_may_not_be_asked_for_its_host_is_not_asked_for_rules() -> None:
    site, [end] = visited(said(), [Request("http://other.example/a", meta=dict(HOSTS_OF_OURS))])

    assert isinstance(end, Refused)
    assert site.asked == []


def test_a_call_with_a_credential_asks_for_no_rules() -> None:
    def send(ask: Ask) -> Answer:
        return Answer(url=ask.url, body=b"")

    call = Call(ask=Ask(url=f"http://{HOST}/a", credential="trial"), send=send)

    site, ends = visited(said("User-agent: *\nDisallow: /\n"), [page("/a", **{CALL: call})])

    assert (ends, site.asked) == ([None], [])
