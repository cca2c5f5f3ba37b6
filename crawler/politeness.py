"""How the spider behaves towards other people's sites: Scrapy's settings, and the guard at every hop and connection."""

import asyncio
from typing import Any, Protocol, cast
from urllib.parse import urljoin, urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # ships no types

from config.settings import Settings
from crawler.guard import REDIRECTS, FetchRefused, Place, place_of, refused_address

RETRIES = 2
SERVER_ERROR = 500
CONCURRENT_REQUESTS, WITHOUT_DELAY_A_HOST = 16, 4
HOSTS = "carnival_hosts"  # key of a request's meta: the hosts its redirects may lead to
PRIVATE_HOSTS = "CARNIVAL_PRIVATE_HOSTS"

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


class GuardMiddleware:
    """Looks at every request just before it leaves, and gives a refused name its words."""

    def process_request(self, request: Request) -> None:
        """Raises Refused for what is no plain http(s) address."""
        try:
            place_of(request.url)
        except FetchRefused as refused:
            raise Refused(str(refused)) from refused

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raises Refused where the resolver withheld the addresses: no retry helps."""
        if isinstance(exception, CannotResolveHostError) and (why := _refused_names.get(place_of(request.url).host)):
            raise Refused(why) from exception


class Robots(RobotsTxtMiddleware):
    """Scrapy's, with two faults mended: one request at a time asks for a host's rules, and 5xx is no permission.

    Scrapy 2.19 hands the rules to the first of several waiting requests alone; to the others it says there are none.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._locks: dict[str, asyncio.Lock] = {}
        self._out_of_order: set[str] = set()

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Raises Refused where the host cannot say what it allows (RFC 9309, 2.3.1.4)."""
        netloc = urlsplit(request.url).netloc
        async with self._locks.setdefault(netloc, asyncio.Lock()):
            rules = await super().robot_parser(request)
        if netloc in self._out_of_order:
            raise Refused("网站的 robots.txt 出错，不知道是否允许采集，本轮不读。请检查网站")
        return rules

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= SERVER_ERROR:
            self._out_of_order.add(netloc)
        await super()._parse_robots(response, netloc, request)


class GuardedRedirect(RedirectMiddleware):
    """Follows a redirect only to where the channel's items may live."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Raises Refused for a hop off the registered hosts."""
        location = response.headers.get("Location")
        if response.status in REDIRECTS and location:
            self._check(request, urljoin(request.url, location.decode("latin-1")))
        return super().process_response(request, response)

    def _check(self, request: Request, target: str) -> None:
        try:
            place = place_of(target)
        except FetchRefused as refused:
            raise Refused(str(refused)) from refused
        hosts = request.meta.get(HOSTS)
        if hosts and place.netloc not in hosts:
            raise Refused(f"网页转到了未登记的主机 {place.netloc}。请登记这个主机，或改用已登记主机上的网址")


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
