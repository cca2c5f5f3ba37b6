"""Where a web address points, read as every program that opens it would: the one reading of scheme, host and port."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
HOST_CHARS = 253
# Addresses whose reading is remembered: of each that is collected it is asked a dozen times in a row. No longer ones,
# of which a hostile page may have thousands.
KEPT, KEPT_CHARS = 1024, 500
# What a host may be made of; the rest (a slash, %, @, a space) is where programs begin to read an address differently.
HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*(?:%[a-z0-9]+)?")
# What some readers drop and others do not, and what browsers take for a slash.
MISLEADING = re.compile(r"[\x00-\x20\x7f\\]")


class AddressFault(StrEnum):
    """What keeps an address from being one that every program reads alike."""

    MISLEADING = "misleading"
    MALFORMED = "malformed"
    SCHEME = "scheme"
    USER = "user"
    NO_HOST = "no_host"
    HOST = "host"


class BadAddress(ValueError):
    """The address is not plain http(s) with one host; `fault` says why."""

    def __init__(self, fault: AddressFault) -> None:
        self.fault = fault
        super().__init__(f"no plain web address: {fault}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an address points: scheme, host in lower case as DNS knows it (xn--…), port."""

    scheme: str
    host: str
    port: int

    @property
    def netloc(self) -> str:
        """As channels register it: the port only where it is not the scheme's own."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"


def place_of(url: str) -> Place:
    """Return where the address points. Raises BadAddress where it is not plain http(s), or two readers could differ."""
    return _remembered(url) if len(url) <= KEPT_CHARS else _read(url)


def _read(url: str) -> Place:
    if MISLEADING.search(url):
        raise BadAddress(AddressFault.MISLEADING)
    try:
        parts = urlsplit(url)
        port, host = PORTS.get(parts.scheme) if parts.port is None else parts.port, _ascii(parts.hostname or "")
    except ValueError as error:
        raise BadAddress(AddressFault.MALFORMED) from error
    if parts.scheme not in PORTS:
        raise BadAddress(AddressFault.SCHEME)
    if parts.username is not None or parts.password is not None:
        raise BadAddress(AddressFault.USER)
    if not host:
        raise BadAddress(AddressFault.NO_HOST)
    if not port or len(host) > HOST_CHARS or not HOST.fullmatch(host):
        raise BadAddress(AddressFault.HOST)
    return Place(scheme=parts.scheme, host=host.rstrip("."), port=port)


_remembered = lru_cache(maxsize=KEPT)(_read)


def host_of(url: str) -> str:
    """Return the host (`host` or `host:port`) of an address, by which limits are kept; empty where it is none."""
    try:
        return place_of(url).netloc
    except BadAddress:
        return ""


def _ascii(host: str) -> str:
    """The host as DNS knows it, full width letters and dots folded. Raises ValueError where no name can be so."""
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()
