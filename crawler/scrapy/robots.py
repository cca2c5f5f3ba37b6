"""robots.txt: obeyed, and asked for only where the page itself may be."""

import asyncio
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawler.scrapy.hops import CALL, HOSTS, UNREACHABLE, Refused, RulesUnknown, judge

SERVER_ERROR = 500


class Robots(RobotsTxtMiddleware):
    """Scrapy's, with three faults mended.

    One request at a time asks for a host's rules: Scrapy 2.19 hands them to the first of several waiting requests
    alone; to the others it says there are none. What answers 5xx, leads off the channel's hosts or cannot be unpacked
    is no permission (RFC 9309, 2.3.1.4). And the rules are asked for only where the page itself may be.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._locks: dict[str, asyncio.Lock] = {}
        self._hosts: dict[str, frozenset[str]] = {}
        self._out_of_order: dict[str, str] = {}

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Raises Refused for a page that may not be asked for, before its host is asked for rules."""
        if request.meta.get("dont_obey_robotstxt"):  # the request for the rules
            request.meta.setdefault(HOSTS, self._hosts.get(urlsplit(request.url).netloc, frozenset()))
        judge(request)
        if CALL not in request.meta:  # a platform gave a credential for its calls: it has allowed them
            await super().process_request(request)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Raises RulesUnknown where the host cannot say what it allows (RFC 9309, 2.3.1.4)."""
        netloc = urlsplit(request.url).netloc
        async with self._locks.setdefault(netloc, asyncio.Lock()):
            self._hosts[netloc] = request.meta[HOSTS]
            rules = await super().robot_parser(request)
        if why := self._out_of_order.get(netloc):
            raise RulesUnknown(why)
        return rules

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= SERVER_ERROR:
            self._out_of_order[netloc] = f"回答 {response.status}"
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, Refused):
            self._out_of_order[netloc] = str(exc).rstrip("。")
        elif not isinstance(exc, (*UNREACHABLE, IgnoreRequest)):  # of those the page's own request says more
            self._out_of_order[netloc] = f"读不出来：{type(exc).__name__}"
        super()._robots_error(exc, netloc)
