"""One request over urllib3, to the very address that was checked, whatever DNS says a moment later."""

import http.client
import logging
import socket
import ssl
from contextlib import closing
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from config.addresses import Place
from config.settings import Settings
from crawler.credentials.filling import Sent
from crawler.exchange import Answer, Ask
from crawler.wire import FetchRefused, HostSilent, Wire, read_body

SPARE_SECONDS = 1  # a socket's own time limit comes after that of the whole fetch, which has the words
logging.getLogger("urllib3").setLevel(logging.CRITICAL)  # its warnings quote the target, which may hold a secret


def exchange(ask: Ask, sent: Sent, place: Place, *, address: str, settings: Settings, wire: Wire) -> Answer:
    """Return what the place answers, its body within `settings.page_bytes`, whatever its status; follows nothing.

    ask: what `sent` was made of; words and answer name its address, never that of `sent`, which may hold a secret.
    Raises FetchRefused.
    """
    parts = urlsplit(sent.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _connection(place, address, settings, wire)
    try:
        try:
            connection.connect()
        except (OSError, ValueError, urllib3.exceptions.HTTPError) as error:
            raise HostSilent(f"连不上 {place.netloc}（{error}）。请检查网站是否在运行") from error
        connection.request(ask.method, target, body=sent.body, headers=sent.headers, preload_content=False)
        with closing(connection.getresponse()) as response:
            body = read_body(response, settings.page_bytes)
    except (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError, ValueError) as error:
        # Errors may quote the target, which may hold a secret.
        why, cause = (type(error).__name__, None) if ask.credential else (str(error) or type(error).__name__, error)
        raise FetchRefused(f"{ask.url[:200]} 没有读成（{why}）。请稍后再试") from cause
    finally:
        connection.close()
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Answer(url=ask.url, status=response.status, body=body, headers=headers, about=ask.about)


def _connection(place: Place, address: str, settings: Settings, wire: Wire) -> HTTPConnection:
    """A connection under the host's name, for `Host`, SNI and certificate, that goes to the address."""
    timeout = settings.fetch_seconds + SPARE_SECONDS

    def opened() -> socket.socket:
        return wire.hold(socket.create_connection((address, place.port), timeout=timeout))

    made: HTTPConnection
    if place.scheme == "http":
        made = HTTPConnection(place.host, place.port, timeout=timeout)
    else:
        made = HTTPSConnection(place.host, place.port, timeout=timeout, ssl_context=ssl.create_default_context())
    made._new_conn = opened  # type: ignore[method-assign]  # the one place where urllib3 resolves and connects
    return made
