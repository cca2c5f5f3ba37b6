"""Builders of what is known of a channel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import CASE, RefusalReason
from indexer.connections.records import Connection, Platform
from indexer.health.diagnosis import Known
from indexer.health.records import Attempt
from indexer.health.rhythm import Rhythm
from indexer.whitelist.records import Channel

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)  # ten in the morning in Beijing
TODAY = date(2026, 9, 17)
HOUR = timedelta(hours=1)
CHANNEL = Channel(
    id=ChannelId("channel-a"),
    unit=UnitId("unit-a"),
    kind=ChannelKind.SITE,
    name="示例馆网站",
    source="site",
    address="http://a.example/list/",
    status=WhitelistStatus.APPROVED,
)
DAILY = Rhythm(days=30, last=TODAY, usual=timedelta(days=1), allowed=timedelta(days=3))
NO_RHYTHM = Rhythm(days=0, last=None, usual=None, allowed=None)


def attempt(hours_ago: float = 0, **fields: object) -> Attempt:
    """Return a read that worked; named arguments replace its fields."""
    at = NOW - hours_ago * HOUR
    made = Attempt(
        id=f"{10_000 - hours_ago:09.2f}",
        channel=CHANNEL.id,
        at=at,
        seconds=0.5,
        listed=20,
        newest=TODAY,
        digest="one",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def failed(hours_ago: float = 0, *, reason: RefusalReason = RefusalReason.HOST_SILENT, **facts: str) -> Attempt:
    """Return a read that did not work."""
    told = {"url": "http://a.example/list/", **facts}
    return attempt(hours_ago, reason=reason, facts=told, listed=None, newest=None, digest=None)


def refused(case: PlatformCase, hours_ago: float = 0, **facts: str) -> Attempt:
    """Return a read that a platform refused."""
    named = {
        CASE: case.value,
        "code": "40164",
        "ip": "203.0.113.7",
        "call": "batchget",
        "said": "",
        "name": "示例馆",
        "uid": "1000000001",
        "day": "2026-09-01",
    }
    return failed(hours_ago, reason=RefusalReason.PLATFORM, **named | facts)


def known(*attempts: Attempt, **fields: object) -> Known:
    """Return what is known of a channel with these attempts, newest first."""
    made = Known(
        channel=CHANNEL,
        attempts=attempts,
        rhythm=DAILY,
        last_read_at=attempts[0].at if attempts else None,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def connection(**fields: object) -> Connection:
    """Return a connection that holds for half a year."""
    made = Connection(
        channel=CHANNEL.id,
        platform=Platform.WECHAT,
        account="wx0000",
        name="示例馆",
        who="单位甲",
        at=NOW - timedelta(days=100),
        expires_at=NOW + timedelta(days=180),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def counter() -> Callable[[], str]:
    """Return what gives one id after the other."""
    numbers = iter(range(1, 1000))
    return lambda: f"alarm-{next(numbers):03}"
