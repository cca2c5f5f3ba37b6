"""The one guard: which addresses may be reached at all, and a single guarded GET."""

import http.client
import re
import socket
import ssl
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from config.settings import Settings
from crawler.exchange import Answer
from crawler.networks import is_public
from crawler.wire import FetchRefused, Wire, read_body, within

PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
OK = 200
SPARE_SECONDS = 1  # a socket's own time limit comes after that of the whole fetch, which has the words
HOST_CHARS = 253
# What a host may be made of; the rest (a slash, %, @, a space) is where programs begin to read an address differently.
HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*(?:%[a-z0-9]+)?")
SECRET = re.compile(r"//.*@", re.DOTALL)  # a name and password; more than they are, rather than a part of them
# What some readers drop and others do not, and what browsers take for a slash.
MISLEADING = re.compile(r"[\x00-\x20\x7f\\]")

__all__ = ["FetchRefused", "Place", "checked_addresses", "fetch", "place_of", "refused_address"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an address points: scheme, host in lower case, port."""

    scheme: str
    host: str
    port: int

    @property
    def netloc(self) -> str:
        """As `Channel.hosts` writes it: the port only where it is not the scheme's own."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"


def place_of(url: str) -> Place:
    """Return where the address points: what every program that reads it would say.

    A host with other characters than ASCII is given as DNS knows it (xn--…). Raises FetchRefused unless the address is
    plain http(s) with a host, or where two readers could take it for two hosts.
    """
    shown = SECRET.sub("//…@", url)[:200].encode("ascii", "backslashreplace").decode()
    if MISLEADING.search(url):
        raise FetchRefused(f"网址里有空格、控制字符或反斜杠：{shown}。请检查网址")
    try:
        parts = urlsplit(url)
        port, host = PORTS.get(parts.scheme) if parts.port is None else parts.port, _ascii(parts.hostname or "")
    except ValueError as error:
        raise FetchRefused(f"网址写法不对：{shown}。请检查主机和端口") from error
    if parts.scheme not in PORTS:
        raise FetchRefused(f"只采集 http 和 https 网址：{shown}。请改用这样的网址")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused(f"网址里不能带用户名和密码：{parts.scheme}://…@{host}。请去掉它们")
    if not host:
        raise FetchRefused(f"网址里没有主机名：{shown}。请检查网址")
    if not port or len(host) > HOST_CHARS or not HOST.fullmatch(host):
        raise FetchRefused(f"网址里的主机名写法不对：{shown}。请检查主机和端口")
    return Place(scheme=parts.scheme, host=host.rstrip("."), port=port)


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
    """Resolve the place's host; all of its addresses, each checked. Raises FetchRefused where one is not public."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:  # ValueError: what no name can be, a null character say
        raise FetchRefused(f"域名 {place.host} 解析不到。请检查网址，或稍后再试") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if why := refused_address(address, place=place, private_hosts=private_hosts):
            raise FetchRefused(why)
    return addresses


def fetch(url: str, settings: Settings, *, hosts: Collection[str] = ()) -> Answer:
    """Return the answer of one guarded GET, redirects followed, within `settings.fetch_seconds` in all.

    hosts: where given, every hop must lie on one of them. Raises FetchRefused.
    """
    return within(settings.fetch_seconds, lambda wire: _follow(url, settings, hosts=hosts, wire=wire))


def _follow(url: str, settings: Settings, *, hosts: Collection[str], wire: Wire) -> Answer:
    url = _written_out(url)
    for _ in range(settings.redirects + 1):
        place = place_of(url)
        if hosts and place.netloc not in hosts:
            raise FetchRefused(f"网页转到了未登记的主机 {place.netloc}。请改用登记主机上的网址，或先登记这个主机")
        found = _get(url, place, settings, wire)
        if isinstance(found, Answer):
            return found
        url = _next(url, found)
    raise FetchRefused(f"转向超过 {settings.redirects} 次：{url[:200]}。请直接给出最终网址")


def _get(url: str, place: Place, settings: Settings, wire: Wire) -> Answer | str:
    """Return the answer, or what its `Location` says."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"User-Agent": settings.user_agent, "Accept-Encoding": "identity", "Accept": "*/*"}
    connection = _connection(place, settings, wire)
    try:
        connection.request("GET", target, headers=headers)
        with closing(connection.getresponse()) as response:
            location = response.getheader("Location")
            if response.status in REDIRECTS and location:
                return location
            if response.status != OK:
                raise FetchRefused(f"{url[:200]} 回答 {response.status} {response.reason}。请检查网页是否能打开")
            body = read_body(response, settings.page_bytes)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchRefused(f"{url[:200]} 没有读成（{error or type(error).__name__}）。请稍后再试") from error
    finally:
        connection.close()
    return Answer(url=url, body=body, headers={name.lower(): value for name, value in response.getheaders()})


def _connection(place: Place, settings: Settings, wire: Wire) -> http.client.HTTPConnection:
    """A connection that goes to the very address that was checked, whatever DNS says a moment later."""
    address = checked_addresses(place, private_hosts=settings.private_hosts)[0]
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    connection = kind(place.host, place.port, timeout=settings.fetch_seconds + SPARE_SECONDS)
    try:
        plain = wire.hold(socket.create_connection((address, place.port), timeout=connection.timeout))
        if place.scheme == "http":
            connection.sock = plain
        else:
            context = ssl.create_default_context()
            # Held before the handshake, which a server could draw out as well.
            secure = context.wrap_socket(plain, server_hostname=place.host, do_handshake_on_connect=False)
            connection.sock = wire.hold(secure)
            secure.do_handshake()
    except (OSError, ValueError) as error:
        raise FetchRefused(f"连不上 {place.netloc}（{error}）。请检查网站是否在运行") from error
    return connection


def _next(url: str, location: str) -> str:
    """The address that a `Location` names, written out; what it cannot be read as is refused."""
    with suppress(UnicodeError):  # http.client takes the bytes of a header for Latin-1
        location = location.encode("latin-1").decode("utf-8")
    try:
        return _written_out(urljoin(url, location.strip()))
    except ValueError as error:
        raise FetchRefused("网页转到了一个写法不对的网址。请直接给出最终网址") from error


def _written_out(url: str) -> str:
    """The address in the characters that a request may hold: Chinese in a path as %E4…, in a host as xn--…"""
    try:
        return safe_url_string(url)
    except ValueError as error:
        raise FetchRefused("网址写法不对。请检查主机和端口") from error


def _ascii(host: str) -> str:
    """The host as DNS knows it, full width letters and dots folded. Raises ValueError where no name can be so."""
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()
