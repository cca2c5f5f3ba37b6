"""Channels of a unit in every condition of health, for the exhibition."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId, new_id
from indexer.base.times import Published
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import CASE, RefusalReason
from indexer.connections.records import Connection, ConnectionState, Platform
from indexer.health.conditions import Condition
from indexer.health.records import KEPT, LYING, Attempt
from indexer.health.step import ChannelHealth
from indexer.records import announced, attempts, channels, connections, reads
from indexer.records.announced import Announced, ToldBy
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit

C = Condition
HOUR = timedelta(hours=1)
IP_REFUSED = {"ip": "203.0.113.7", "code": "40164", "url": "https://api.weixin.qq.com/cgi-bin/stable_token"}
NAMES = {
    C.ERROR: "示例馆公众号",
    C.ENDED: "示例馆微博",
    C.FROZEN: "示例馆活动栏目",
    C.STALE: "示例馆桥接订阅",
    C.ENDING: "示例馆青少年微博",
    C.MISSING: "示例馆服务号",
    C.SILENT: "示例馆讲座栏目",
    C.LYING: "示例馆展览栏目",
    C.FAILING: "示例馆科普栏目",
    C.RENAMED: "示例馆订阅号",
    C.WAITS: "示例馆志愿者公众号",
    C.NEW: "示例馆新栏目",
    C.OFF: "示例馆旧网站",
    C.PUSHED: "示例馆视频号文章",
    C.GOOD: "示例馆新闻栏目",
}
CONNECTED = (C.ERROR, C.ENDED, C.ENDING, C.MISSING, C.RENAMED, C.WAITS)


def hang(database: Database, unit: Unit, *, now: datetime) -> dict[str, str]:
    """Put in a channel of each condition, and ring the alarms; return the id of each by `health_CONDITION`."""
    made = {condition: _channel(unit, condition) for condition in Condition}
    for condition, channel in made.items():
        with database.transaction() as tx:
            channels.save_channel(tx, channel)
            if condition in CONNECTED:
                connections.save(tx, _connection(channel, condition, now))
            for attempt in _attempts(channel, condition, now):
                attempts.add(tx, [attempt])
                is_failure = attempt.reason is not None and condition not in (C.WAITS, C.STALE)
                error = str(attempt.trouble) if is_failure else None
                reads.record_read(tx, channel.id, at=attempt.at, new=attempt.new, error=error)
            if condition is C.MISSING:
                announced.add(tx, _announced(channel, now))
            if condition is C.FROZEN:
                announced.add(tx, [replace(_announced(channel, now)[0], at=now - 9 * HOUR)])
    for condition, days in ((C.SILENT, (10, 11, 12, 13, 14, 15)), (C.GOOD, (0, 1, 2, 5, 6, 9, 15, 30, 44))):
        _publish(database, made[condition], days, now)
    ChannelHealth(database, clock=lambda: now).do()
    return {f"health_{condition}": channel.id for condition, channel in made.items()}


def _channel(unit: Unit, condition: Condition) -> Channel:
    is_site = condition not in (*CONNECTED, C.PUSHED)
    is_weibo = condition in (C.ENDED, C.ENDING)
    return Channel(
        id=ChannelId(f"health-{condition}"),
        unit=unit.id,
        kind=ChannelKind.SITE if is_site else ChannelKind.WEIBO if is_weibo else ChannelKind.WECHAT,
        name=NAMES[condition],
        source="site" if is_site else None,
        address=f"http://{condition}.a.example/list/" if is_site else None,
        hosts=(f"{condition}.a.example",) if is_site else (),
        status=WhitelistStatus.APPLIED if condition is C.OFF else WhitelistStatus.APPROVED,
        licence="示例授权书",
    )


def _connection(channel: Channel, condition: Condition, now: datetime) -> Connection:
    return Connection(
        channel=channel.id,
        platform=Platform.WEIBO if channel.kind is ChannelKind.WEIBO else Platform.WECHAT,
        account=f"wx{condition}",
        name=channel.name,
        new_name="示例科技馆订阅号" if condition is C.RENAMED else "",
        subject="示例科技馆",
        state=ConnectionState.WITHDRAWN if condition is C.ENDED else ConnectionState.CONNECTED,
        expires_at=now + timedelta(days=9, hours=3) if condition is C.ENDING else None,
        who="单位甲",
        at=now - timedelta(days=60),
    )


def _attempts(channel: Channel, condition: Condition, now: datetime) -> Sequence[Attempt]:
    """The reads of a channel, oldest first."""
    if condition in (C.NEW, C.OFF, C.PUSHED):
        return ()
    moves, is_old = condition is not C.FROZEN, condition in (C.FROZEN, C.SILENT)
    good = [
        Attempt(
            id=new_id(),
            channel=channel.id,
            at=now - (KEPT - number) * HOUR,
            seconds=0.3 + number % 7 / 10,
            new=0 if is_old else (0, 0, 1, 0, 0, 3, 0)[number % 7],
            listed=20,
            newest=(now - timedelta(days=10 if is_old else 0)).date(),
            digest=f"{number // 2 if moves else 0:064}",
        )
        for number in range(KEPT)
    ]
    failed = {C.ERROR: 4, C.FAILING: 1, C.STALE: 5, C.WAITS: 1}.get(condition, 0)
    return (
        [*good[: KEPT - failed], *(_failed(attempt, condition) for attempt in good[KEPT - failed :])]
        if (condition is not C.LYING)
        else [*good[:-4], replace(good[-4], facts={CASE: LYING}), *good[-3:]]
    )


def _failed(attempt: Attempt, condition: Condition) -> Attempt:
    platform = {
        C.ERROR: {CASE: PlatformCase.IP_NOT_ALLOWED.value, **IP_REFUSED},
        C.STALE: {CASE: PlatformCase.STALE.value, "day": "2026-08-30"},
        C.WAITS: {CASE: PlatformCase.QUOTA_SPENT.value, "call": "freepublish/batchget", "code": "45009"},
    }
    facts = platform.get(condition, {"url": f"http://{condition}.a.example/list/", "status": "503", CASE: "5xx"})
    reason = RefusalReason.PLATFORM if condition in platform else RefusalReason.BAD_STATUS
    return replace(attempt, new=0, listed=None, newest=None, digest=None, reason=reason, facts=facts)


def _announced(channel: Channel, now: datetime) -> Sequence[Announced]:
    titles = ("月球车如何度过漫长的夜晚", "台风来时为什么要远离窗户")
    return [
        Announced(
            channel=channel.id,
            number=f"224749009{number}_1",
            title=title,
            day=(now - timedelta(days=1)).date(),
            told_by=ToldBy.TOTALS,
            at=now - 20 * HOUR,
        )
        for number, title in enumerate(titles)
    ]


def _publish(database: Database, channel: Channel, days_ago: Sequence[int], now: datetime) -> None:
    for days in days_ago:
        at = Published(at=now - timedelta(days=days), is_day=False)
        url = f"http://{channel.hosts[0]}/{days}.html"
        text = f"示例正文{days}。" * 20
        found = Candidate(channel=channel.id, url=url, title=f"示例文章之{days}", text=text, published=at)
        take_in(database, found, now=now)
