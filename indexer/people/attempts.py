"""How many wrong passwords are borne, and from whom. Pure.

An attempt is counted for its name at its address, for its address, and for its name, so that a stranger slows down
themselves and nobody else. A device that the person signed in on before is counted by itself alone: whatever strangers
do elsewhere, the right password lets it in. Only NAME, the guard against one name being guessed from very many
addresses, can make its owner wait, and only on a device that is new.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address
from types import MappingProxyType
from typing import NewType

CountKey = NewType("CountKey", str)
QUARTER = timedelta(minutes=15)
UNKNOWN = "unknown"  # one bucket for all whose address cannot be read


class Scope(StrEnum):
    """What wrong passwords are counted for."""

    NAME_AT_ADDRESS = "name_at_address"
    ADDRESS = "address"
    NAME = "name"
    DEVICE = "device"
    CHANGE = "change"  # of one's own password: the old one, given wrongly


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """failures: so many are borne. window: counted from the first of them."""

    failures: int
    window: timedelta


LIMITS: Mapping[Scope, Limit] = MappingProxyType(
    {
        Scope.NAME_AT_ADDRESS: Limit(failures=5, window=QUARTER),
        Scope.ADDRESS: Limit(failures=30, window=QUARTER),
        Scope.NAME: Limit(failures=50, window=timedelta(hours=1)),
        Scope.DEVICE: Limit(failures=20, window=QUARTER),
        Scope.CHANGE: Limit(failures=5, window=QUARTER),
    }
)
LONGEST = max(limit.window for limit in LIMITS.values())
ROWS = 50_000  # of counts that are kept: more than two cores can check passwords for in a quarter of an hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Wrong passwords since the first of the present window."""

    failures: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One of the counts that an attempt falls under. name_hash: empty where the count is of no single name."""

    scope: Scope
    key: CountKey
    name_hash: str


def network(address: str) -> str:
    """Return what counts as one client: an IPv4 address, the /64 of an IPv6 address, UNKNOWN for anything else."""
    match _parsed(address):
        case IPv4Address() as four:
            return str(four)
        case IPv6Address() as six:
            return f"{IPv6Address(int(six) >> 64 << 64)}/64"
        case None:
            return UNKNOWN


def shortened(address: str) -> str:
    """Return an address as a person may see it in a list: enough to know the place, not who sat there."""
    match _parsed(address):
        case IPv4Address() as four:
            return ".".join([*str(four).split(".")[:3], "*"])
        case IPv6Address() as six:
            return f"{IPv6Address(int(six) >> 80 << 80)}/48"
        case None:
            return ""


def name_hash(name: str) -> str:
    """Return the hash under which a name's counts are found: of any text that was typed, at a fixed length."""
    return _hash("name", name)


def of_stranger(name: str, address: str) -> list[Counted]:
    """Return what an attempt counts for that came from a device which is not known to be this person's."""
    owner, client = name_hash(name), network(address)
    return [
        Counted(scope=Scope.NAME_AT_ADDRESS, key=_key(Scope.NAME_AT_ADDRESS, owner, client), name_hash=owner),
        Counted(scope=Scope.ADDRESS, key=_key(Scope.ADDRESS, client), name_hash=""),
        Counted(scope=Scope.NAME, key=_key(Scope.NAME, owner), name_hash=owner),
    ]


def of_device(name: str, device: str) -> list[Counted]:
    """Return what an attempt counts for that came from a device this person signed in on before."""
    owner = name_hash(name)
    return [Counted(scope=Scope.DEVICE, key=_key(Scope.DEVICE, owner, device), name_hash=owner)]


def of_change(name: str) -> list[Counted]:
    """Return what a wrong old password counts for while the person is signed in."""
    owner = name_hash(name)
    return [Counted(scope=Scope.CHANGE, key=_key(Scope.CHANGE, owner), name_hash=owner)]


def of_name(name: str) -> Counted:
    """Return the count that can make a person wait on a new device."""
    return of_stranger(name, "")[-1]


def is_full(counted: Counted, stored: Mapping[CountKey, Count], *, now: datetime) -> bool:
    """Tell whether no further attempt is borne."""
    return _valid(counted, stored, now=now).failures >= LIMITS[counted.scope].failures


def one_more(counted: Counted, stored: Mapping[CountKey, Count], *, now: datetime) -> Count:
    """Return the count after one more wrong password."""
    before = _valid(counted, stored, now=now)
    return Count(failures=before.failures + 1, since=before.since)


def any_full(some: Sequence[Counted], stored: Mapping[CountKey, Count], *, now: datetime) -> bool:
    """Tell whether one of the counts bears no further attempt."""
    return any(is_full(counted, stored, now=now) for counted in some)


def _valid(counted: Counted, stored: Mapping[CountKey, Count], *, now: datetime) -> Count:
    """A window that has passed counts for nothing, and so does one that begins in the future: a clock was ahead."""
    count = stored.get(counted.key)
    if count is None or not count.since <= now < count.since + LIMITS[counted.scope].window:
        return Count(failures=0, since=now)
    return count


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    host = address.partition("%")[0].strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:  # some proxies write the port behind an IPv4 address
        host = host.partition(":")[0]
    try:
        parsed = ip_address(host)
    except ValueError:
        return None
    return parsed.ipv4_mapped or parsed if isinstance(parsed, IPv6Address) else parsed


def _key(scope: Scope, *parts: str) -> CountKey:
    return CountKey(_hash(scope, *parts))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
