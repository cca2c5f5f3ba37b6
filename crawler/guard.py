"""The one guard: which addresses may be reached at all, and a single guarded GET."""

import http.client
import ipaddress
import socket
import ssl
import threading
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from config.settings import Settings
from crawler.exchange import Answer

PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
OK = 200
CHUNK_BYTES = 64 * 1024

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class FetchRefused(Exception):
    """An address that is not fetched, or did not answer within the limits; the text says why and what to do."""


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
    """Return where the address points. Raises FetchRefused unless it is plain http(s) with a host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(f"网址写法不对：{url[:200]}。请检查主机和端口") from error
    if parts.scheme not in PORTS:
        raise FetchRefused(f"只采集 http 和 https 网址：{url[:200]}")
    if not parts.hostname:
        raise FetchRefused(f"网址里没有主机名：{url[:200]}")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused(f"网址里不能带用户名和密码：{parts.scheme}://…@{parts.hostname}")
    return Place(scheme=parts.scheme, host=parts.hostname.rstrip("."), port=port or PORTS[parts.scheme])


def refused_address(address: str, *, place: Place, private_hosts: Collection[str]) -> str | None:
    """Say why this resolved address may not be reached; None where it may.

    An address that is not public is reached only where `host:port` of the place stands in `private_hosts`.
    """
    if f"{place.host}:{place.port}" in private_hosts:
        return None
    number = ipaddress.ip_address(address.split("%", 1)[0])
    if all(_is_public(inner) for inner in (number, *_embedded(number))):
        return None
    return f"{place.host} 指向内部地址 {address}，不予访问。请登记公开可访问的网址"


def checked_addresses(place: Place, *, private_hosts: Collection[str]) -> tuple[str, ...]:
    """Resolve the place's host; all of its addresses, each checked. Raises FetchRefused where one is not public."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchRefused(f"域名 {place.host} 解析不到。请检查网址，或稍后再试") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if why := refused_address(address, place=place, private_hosts=private_hosts):
            raise FetchRefused(why)
    return addresses


def fetch(url: str, settings: Settings, *, hosts: Collection[str] = ()) -> Answer:
    """Return the answer of one guarded GET, redirects followed.

    hosts: where given, every hop must lie on one of them. Raises FetchRefused.
    """
    for _ in range(settings.redirects + 1):
        place = place_of(url)
        if hosts and place.netloc not in hosts:
            raise FetchRefused(f"网页转到了未登记的主机 {place.netloc}。请改用登记主机上的网址，或先登记这个主机")
        found = _get(url, place, settings)
        if isinstance(found, Answer):
            return found
        url = urljoin(url, found)
    raise FetchRefused(f"转向超过 {settings.redirects} 次：{url[:200]}。请直接给出最终网址")


def _get(url: str, place: Place, settings: Settings) -> Answer | str:
    """Return the answer, or the address it redirects to."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"User-Agent": settings.user_agent, "Accept-Encoding": "identity", "Accept": "*/*"}
    connection = _connection(place, settings)
    try:
        with _deadline(connection, settings.fetch_seconds):
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            location = response.getheader("Location")
            if response.status in REDIRECTS and location:
                return location
            if response.status != OK:
                raise FetchRefused(f"{url[:200]} 回答 {response.status} {response.reason}。请检查网页是否能打开")
            body = _limited(response, settings.page_bytes)
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise FetchRefused(f"{url[:200]} 没有读成（{error or type(error).__name__}）。请稍后再试") from error
    finally:
        connection.close()
    return Answer(url=url, body=body, headers={name.lower(): value for name, value in response.getheaders()})


def _connection(place: Place, settings: Settings) -> http.client.HTTPConnection:
    """A connection that goes to the very address that was checked, whatever DNS says a moment later."""
    address = checked_addresses(place, private_hosts=settings.private_hosts)[0]
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    connection = kind(place.host, place.port, timeout=settings.fetch_seconds)
    try:
        plain = socket.create_connection((address, place.port), timeout=settings.fetch_seconds)
        is_tls = place.scheme == "https"
        context = ssl.create_default_context() if is_tls else None
        connection.sock = context.wrap_socket(plain, server_hostname=place.host) if context else plain
    except OSError as error:
        raise FetchRefused(f"连不上 {place.netloc}（{error}）。请检查网站是否在运行") from error
    return connection


@contextmanager
def _deadline(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Cut the connection after `seconds` in all: a socket's own timeout starts anew with every byte that drips in."""
    expired = threading.Event()

    def cut() -> None:
        expired.set()
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException, FetchRefused) as error:
        if expired.is_set():
            raise FetchRefused(f"超过 {seconds:g} 秒还没有读完。请检查网站是否太慢") from error
        raise
    finally:
        timer.cancel()
    if expired.is_set():
        raise FetchRefused(f"超过 {seconds:g} 秒还没有读完。请检查网站是否太慢")


def _limited(response: http.client.HTTPResponse, limit: int) -> bytes:
    """Return the body, unpacked where the server packed it unasked; never more than `limit` bytes of it."""
    unpack = (
        zlib.decompressobj(47) if response.getheader("Content-Encoding", "").lower() in {"gzip", "deflate"} else None
    )
    body = bytearray()
    while chunk := response.read(CHUNK_BYTES):
        try:
            body += unpack.decompress(chunk, limit + 1) if unpack else chunk
        except zlib.error as error:
            raise FetchRefused("网页的压缩内容损坏。请稍后再试") from error
        if len(body) > limit:
            raise FetchRefused(f"网页超过 {limit} 字节的上限。请给出单篇文章的网址")
    if response.length:  # bytes that were promised and did not come
        raise FetchRefused("网页没有传完。请稍后再试")
    return bytes(body)


def _is_public(number: IPAddress) -> bool:
    return number.is_global and not number.is_multicast and not number.is_reserved


def _embedded(number: IPAddress) -> tuple[IPAddress, ...]:
    """The IPv4 addresses that an IPv6 address carries inside: mapped, 6to4, Teredo."""
    if isinstance(number, ipaddress.IPv4Address):
        return ()
    inner = [number.ipv4_mapped, number.sixtofour, *(number.teredo or ())]
    return tuple(each for each in inner if each is not None)
