"""The guard at every hop of a request: where it may go, and where a redirect may lead it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response

from crawler.exchange import Answer, Ask
from crawler.guard import FetchRefused, Place, place_of, redirected
from crawler.scrapy.resolver import refused_name

HOSTS = "carnival_hosts"  # key of a request's meta: the hosts that it and its redirects may go to
SENT = "carnival_sent"  # key of a request's meta: a list that takes the address of every hop that was let out
CALL = "carnival_call"  # key of a request's meta: of one with a credential, the Call that the handler makes

# What a request ends with where its host cannot be reached at all, as against a page that is bad.
UNREACHABLE = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    OSError,  # Twisted's own errors of the connection: no route to the host, say
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request with a credential, and what makes it; its secret is known to neither."""

    ask: Ask
    send: Callable[[Ask], Answer] = field(repr=False)


class Refused(IgnoreRequest):
    """A request that the guard does not let out; the text says why and what to do."""


class RulesUnknown(Refused):
    """A request to a host that cannot say what it allows; the text says how its robots.txt is out of order."""


def judge(request: Request) -> Place:
    """Return where the request goes, as Scrapy would send it. Raises Refused where it may not go there.

    A request that names no hosts may go to its own alone, and so may all that it is redirected to.
    """
    return _judge(request.url, request)


def _judge(url: str, request: Request) -> Place:
    try:
        place = place_of(url)
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
        _judge(response.url, request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Raises Refused where the resolver withheld the addresses: no retry helps."""
        if isinstance(exception, CannotResolveHostError) and (why := refused_name(place_of(request.url).host)):
            raise Refused(why) from exception


class GuardedRedirect(RedirectMiddleware):
    """Follows a redirect only to where the channel's items may live: judged is what Scrapy made of `Location`.

    A request with a credential loses it on its way to another host, or as another method.
    """

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
            if call := followed.meta.pop(CALL, None):
                ask = redirected(call.ask, followed.url, status=response.status)
                followed.meta.update({CALL: replace(call, ask=ask)} if ask.credential else {})
        return followed
