"""How the spider behaves towards other people's sites: Scrapy's settings, and the guard at every hop and connection."""

import asyncio
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # ships no types

from config.settings import Settings
from crawler.guard import FetchRefused, Place, place_of, refused_address

RETRIES = 2
SERVER_ERROR = 500
CONCURRENT_REQUESTS, WITHOUT_DELAY_A_HOST = 16, 4
HOSTS = "carnival_hosts"  # key of a request's meta: the hosts that it and its redirects may go to
SENT = "carnival_sent"  # key of a request's meta: a list that takes the address of every hop that was let out
PRIVATE_HOSTS = "CARNIVAL_PRIVATE_HOSTS"

# What a request ends with where its host cannot be reached at all, as against a page that is bad.
UNREACHABLE = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    OSError,  # Twisted's own errors of the connection: no route to the host, say
)

Address = IPv4Address | IPv6Address

# Names whose addresses were refused, with the words. The reactor has one resolver for the whole process, so has this.
_refused_names: dict[str, str] = {}


class Refused(IgnoreRequest):
    """A request that the guard does not let out; the text says why and what to do."""


def scrapy_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings of one crawl."""
    own = f"{__name__}."
    return {
        "USER_AGENT": settings.user_agent,
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": settings.crawl_delay_seconds,
        "DOWNLOAD_DELAY_JITTER": 0,
        "CONCURRENT_REQUESTS": CONCURRENT_REQUESTS,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1 if settings.crawl_delay_seconds else WITHOUT_DELAY_A_HOST,
        "DOWNLOAD_TIMEOUT": settings.fetch_seconds,
        "DOWNLOAD_MAXSIZE": settings.page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "RETRY_TIMES": RETRIES,
        "REDIRECT_MAX_TIMES": settings.redirects,
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        # A proxy would resolve names itself, out of the guard's sight.
        "HTTPPROXY_ENABLED": False,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        "TWISTED_DNS_RESOLVER": own + "GuardedResolver",
        "DNSCACHE_ENABLED": False,
        "DOWNLOADER_MIDDLEWARES": {
            # Nearer to the network than Scrapy's own, so that retries and redirects pass it too.
            own + "GuardMiddleware": 950,
            own + "GuardedRedirect": 600,
            own + "Robots": 100,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
        },
        PRIVATE_HOSTS: list(settings.private_hosts),
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    }


def judge(request: Request) -> Place:
    """Return where the request goes, as Scrapy would send it. Raises Refused where it may not go there.

    A request that names no hosts may go to its own alone, and so may all that it is redirected to.
    """
    try:
        place = place_of(request.url)
    except FetchRefused as refused:
        raise Refused(str(refused)) from refused
    if place.netloc not in request.meta.setdefault(HOSTS, frozenset({place.netloc})):
        raise Refused(f"网页转到了未登记的主机 {place.netloc}。请登记这个主机，或改用已登记主机上的网址")
    return place


class GuardMiddleware:
    """Looks at every request just before it leaves and at every answer as it comes, whoever made the request."""

    def process_request(self, request: Request) -> None:
        """Raises Refused for what is no plain http(s) address on the request's hosts."""
        judge(request)
        request.meta.setdefault(SENT, []).append(request.url)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises Refused for an answer from elsewhere than it was asked."""
        judge(request.replace(url=response.url))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raises Refused where the resolver withheld the addresses: no retry helps."""
        if isinstance(exception, CannotResolveHostError) and (why := _refused_names.get(place_of(request.url).host)):
            raise Refused(why) from exception


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
        await super().process_request(request)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Raises Refused where the host cannot say what it allows (RFC 9309, 2.3.1.4)."""
        netloc = urlsplit(request.url).netloc
        async with self._locks.setdefault(netloc, asyncio.Lock()):
            self._hosts[netloc] = request.meta[HOSTS]
            rules = await super().robot_parser(request)
        if why := self._out_of_order.get(netloc):
            raise Refused(f"网站的 robots.txt 出错，不知道是否允许采集，本轮不读（{why}）。请检查网站")
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


class GuardedRedirect(RedirectMiddleware):
    """Follows a redirect only to where the channel's items may live: judged is what Scrapy made of `Location`."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Raises Refused for a hop off the registered hosts, and for one that is no address."""
        try:
            followed = super().process_response(request, response)
        except ValueError as error:
            raise Refused("网页转到了一个写法不对的网址。请检查网页的转向") from error
        if isinstance(followed, Request):
            judge(followed)
        return followed


class Receiver(Protocol):
    """What Twisted hands addresses to: its IResolutionReceiver, in words that mypy knows."""

    def resolutionBegan(self, resolution: object) -> None: ...

    def addressResolved(self, address: Address) -> None: ...

    def resolutionComplete(self) -> None: ...


class NameResolver(Protocol):
    """Twisted's IHostnameResolver."""

    def resolveHostName(
        self, receiver: Receiver, hostName: str, portNumber: int, addressTypes: object, transportSemantics: str
    ) -> object: ...


@implementer(IHostnameResolver)
class GuardedResolver:
    """Gives Twisted only checked addresses, and Twisted connects to what it is given: nothing to rebind in between."""

    def __init__(self, reactor: ReactorBase, private_hosts: frozenset[str]) -> None:
        self.reactor, self.private_hosts = reactor, private_hosts
        self.inner = cast(NameResolver, reactor.nameResolver)

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> "GuardedResolver":
        """Called by Scrapy once a process."""
        return cls(reactor, frozenset(crawler.settings.getlist(PRIVATE_HOSTS)))

    def install_on_reactor(self) -> None:
        """Called by Scrapy before the first request."""
        self.reactor.installNameResolver(self)  # type: ignore[arg-type]  # mypy does not know zope's interfaces

    def resolveHostName(
        self,
        receiver: Receiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: object = None,
        transportSemantics: str = "TCP",
    ) -> object:
        """Resolve a name; also called for addresses written as numbers."""
        place = Place(scheme="http", host=hostName.rstrip(".").lower(), port=portNumber)
        checked = CheckedReceiver(receiver, place, self.private_hosts)
        return self.inner.resolveHostName(checked, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class CheckedReceiver:
    """Holds addresses back until all are known: one that is not public withholds them all."""

    def __init__(self, receiver: Receiver, place: Place, private_hosts: frozenset[str]) -> None:
        self.receiver, self.place, self.private_hosts = receiver, place, private_hosts
        self.addresses: list[Address] = []
        _refused_names.pop(place.host, None)

    def resolutionBegan(self, resolution: object) -> None:
        """Pass on."""
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Address) -> None:
        """Check and keep."""
        if why := refused_address(address.host, place=self.place, private_hosts=self.private_hosts):
            _refused_names[self.place.host] = why
        self.addresses.append(address)

    def resolutionComplete(self) -> None:
        """Hand over all, or none: Twisted then reports that the name has no address."""
        for address in self.addresses if self.place.host not in _refused_names else []:
            self.receiver.addressResolved(address)
        self.receiver.resolutionComplete()
