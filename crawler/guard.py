"""The one guard: which addresses may be reached at all, and a single guarded request."""

import re
import socket
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urljoin

from w3lib.url import safe_url_string

from config import addresses
from config.addresses import AddressFault, BadAddress, Place
from config.settings import Settings
from crawler.client import exchange
from crawler.credentials.filling import Credential, Sent, check_place, fill
from crawler.exchange import OK, Answer, Ask, Method
from crawler.networks import is_public
from crawler.wire import FetchRefused, HostSilent, NeverFetched, Wire, within

REDIRECTS = frozenset({301, 302, 303, 307, 308})
KEEPING = frozenset({307, 308})  # the method and the body
SECRET = re.compile(r"//.*@", re.DOTALL)  # a name and password; more than they are, rather than a part of them

Keys = Callable[[str], Credential]
"""Opens a credential by its name. Raises CredentialUnusable."""

__all__ = [
    "ElsewhereRefused",
    "FetchRefused",
    "Place",
    "checked_addresses",
    "fetch",
    "place_of",
    "refused_address",
    "send",
    "send_once",
]


class ElsewhereRefused(NeverFetched):
    """A redirect to a host that is none of those given."""


SAID = {
    AddressFault.MISLEADING: "网址里有空格、控制字符或反斜杠：{shown}。请检查网址",
    AddressFault.MALFORMED: "网址写法不对：{shown}。请检查主机和端口",
    AddressFault.SCHEME: "只采集 http 和 https 网址：{shown}。请改用这样的网址",
    AddressFault.USER: "网址里不能带用户名和密码：{shown}。请去掉它们",
    AddressFault.NO_HOST: "网址里没有主机名：{shown}。请检查网址",
    AddressFault.HOST: "网址里的主机名写法不对：{shown}。请检查主机和端口",
}


def place_of(url: str) -> Place:
    """Return where the address points. Raises NeverFetched, with words for its unit, where it is no plain http(s)."""
    try:
        return addresses.place_of(url)
    except BadAddress as bad:
        shown = SECRET.sub("//…@", url)[:200].encode("ascii", "backslashreplace").decode()
        raise NeverFetched(SAID[bad.fault].format(shown=shown)) from bad


def refused_address(address: str, *, place: Place, private_hosts: Collection[str]) -> str | None:
    """Say why this resolved address may not be reached; None where it may.

    An address that is not public is reached only where `host:port` of the place stands in `private_hosts`.
    """
    if f"{place.host}:{place.port}" in private_hosts:
        return None
    if is_public(address):
        return None
    return f"{place.host} 指向内部地址 {address}，不予访问。请登记公开可访问的网址"


def checked_addresses(place: Place, *, private_hosts: Collection[str]) -> tuple[str, ...]:
    """Resolve the place's host; all of its addresses, each checked.

    Raises NeverFetched where one is not public, HostSilent where there is none.
    """
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:  # ValueError: what no name can be, a null character say
        raise HostSilent(f"域名 {place.host} 解析不到。请检查网址，或稍后再试") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if why := refused_address(address, place=place, private_hosts=private_hosts):
            raise NeverFetched(why)
    return addresses


def fetch(url: str, settings: Settings, *, hosts: Collection[str] = ()) -> Answer:
    """Return the page of one guarded GET, redirects followed, within `settings.fetch_seconds` in all.

    hosts: where given, every hop must lie on one of them. Raises FetchRefused, also for an answer other than 200.
    """
    return send(Ask(url=url), settings, hosts=hosts)


def send(ask: Ask, settings: Settings, *, hosts: Collection[str] = (), keys: Keys | None = None) -> Answer:
    """Return the answer of one guarded request, redirects followed; of any status where the Ask takes any.

    A redirect to another host, or one that changes the method, drops the credential. Raises FetchRefused,
    CredentialUnusable.
    """
    return within(settings.fetch_seconds, lambda wire: _follow(ask, settings, hosts=hosts, keys=keys, wire=wire))


def send_once(ask: Ask, settings: Settings, *, keys: Keys | None = None) -> Answer:
    """Return whatever the one address answers, a redirect too. Raises FetchRefused, CredentialUnusable."""
    return within(settings.fetch_seconds, lambda wire: _hop(ask, place_of(ask.url), settings, keys=keys, wire=wire))


def _follow(ask: Ask, settings: Settings, *, hosts: Collection[str], keys: Keys | None, wire: Wire) -> Answer:
    ask = replace(ask, url=_written_out(ask.url))
    for _ in range(settings.redirects + 1):
        place = place_of(ask.url)
        if hosts and place.netloc not in hosts:
            raise ElsewhereRefused(f"网页转到了未登记的主机 {place.netloc}。请改用登记主机上的网址，或先登记这个主机")
        answer = _hop(ask, place, settings, keys=keys, wire=wire)
        location = answer.headers.get("location")
        if answer.status not in REDIRECTS or not location:
            if answer.status != OK and not ask.takes_any_answer:
                raise FetchRefused(f"{ask.url[:200]} 回答 {answer.status}。请检查网页是否能打开")
            return answer
        ask = redirected(ask, _next(ask.url, location), status=answer.status)
    raise NeverFetched(f"转向超过 {settings.redirects} 次：{ask.url[:200]}。请直接给出最终网址")


def _hop(ask: Ask, place: Place, settings: Settings, *, keys: Keys | None, wire: Wire) -> Answer:
    headers = {"User-Agent": settings.user_agent, "Accept-Encoding": "identity", "Accept": "*/*", **ask.headers}
    if ask.body:
        headers["Content-Type"] = ask.body.type
    sent = Sent(url=ask.url, headers=headers, body=ask.body.content if ask.body else None)
    if ask.credential and keys:
        credential = keys(ask.credential)
        check_place(credential, place, private_hosts=settings.private_hosts)
        sent = fill(credential, sent)
    if stand_in := settings.stand_ins.get(place.netloc):
        sent = Sent(url=sent.url, headers={**sent.headers, "Host": place.netloc}, body=sent.body)
        place = place_of(f"http://{stand_in}/")
        return exchange(ask, sent, place, address=place.host, settings=settings, wire=wire)
    address = checked_addresses(place, private_hosts=settings.private_hosts)[0]
    return exchange(ask, sent, place, address=address, settings=settings, wire=wire)


def redirected(ask: Ask, url: str, *, status: int) -> Ask:
    """Return the request that follows a redirect: GET without a body, but for 307 and 308. Raises NeverFetched."""
    keeps = status in KEEPING or ask.method is Method.GET
    old, new = place_of(ask.url), place_of(url)
    is_same = keeps and (old.scheme, old.netloc) == (new.scheme, new.netloc)
    return replace(
        ask,
        url=url,
        method=ask.method if keeps else Method.GET,
        body=ask.body if keeps else None,
        credential=ask.credential if is_same else "",
    )


def _next(url: str, location: str) -> str:
    """The address that a `Location` names, written out; what it cannot be read as is refused."""
    with suppress(UnicodeError):  # urllib3 takes the bytes of a header for Latin-1
        location = location.encode("latin-1").decode("utf-8")
    try:
        return _written_out(urljoin(url, location.strip()))
    except ValueError as error:
        raise NeverFetched("网页转到了一个写法不对的网址。请直接给出最终网址") from error


def _written_out(url: str) -> str:
    """The address in the characters that a request may hold: Chinese in a path as %E4…, in a host as xn--…"""
    try:
        return safe_url_string(url)
    except ValueError as error:
        raise NeverFetched("网址写法不对。请检查主机和端口") from error
