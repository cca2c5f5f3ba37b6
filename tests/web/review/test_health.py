"""web.review.health: editors see how each channel is, why, and what is to be done; the unit reads the same words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from config.words import WhitelistStatus
from indexer.base import times
from indexer.base.ids import ChannelId, UnitId, new_id
from indexer.catalogue.items import Item
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import CASE, RefusalReason
from indexer.connections.records import Connection, Platform
from indexer.health.records import Attempt
from indexer.health.step import ChannelHealth
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import announced, attempts, channels, connections, reads
from indexer.records.announced import Announced, ToldBy
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from web.review.health import PAGE_SIZE

IP = {CASE: PlatformCase.IP_NOT_ALLOWED.value, "ip": "203.0.113.7", "code": "40164", "url": "https://api.example/"}


@pytest.fixture
def now() -> datetime:
    return times.now()


def read(database: Database, channel: Channel, *, at: datetime, failed: bool = False, **fields: object) -> None:
    """Let a read of the channel end, as the collector writes it."""
    trouble = {"reason": RefusalReason.PLATFORM, "facts": IP} if failed else {"listed": 20, "digest": "one"}
    made = Attempt(id=new_id(), channel=channel.id, at=at, seconds=0.4, **trouble | fields)  # type: ignore[arg-type]
    with database.transaction() as tx:
        attempts.add(tx, [made])
        reads.record_read(tx, channel.id, at=at, new=made.new, error="微信拒绝了采集服务器的 IP" if failed else None)


@pytest.fixture
def refused(database: Database, channel: Channel, now: datetime) -> Channel:
    """A channel whose platform does not know the collector's address, of which the alarm has opened."""
    read(database, channel, at=now - timedelta(hours=1), new=3)
    read(database, channel, at=now, failed=True)
    ChannelHealth(database).do()
    return channel


def test_a_channel_that_is_refused_is_listed_with_what_its_unit_must_do(
    desk_client: FlaskClient, refused: Channel
) -> None:
    page = desk_client.get("/review/channels").text

    assert "把 IP 203.0.113.7 加入白名单" in page
    assert "由单位处理" in page
    assert "最近 2 次读取，失败 1 次，新内容 3 篇" in page
    assert "渠道健康 1</a>" in page
    assert page.count("<rect") == 2 + 12


def test_its_own_page_shows_its_reads_and_its_alarm(desk_client: FlaskClient, refused: Channel) -> None:
    page = desk_client.get(f"/review/channels/{refused.id}").text

    assert page.count('<tr><td class="date">') == 2
    assert "未解除" in page
    assert "已读取" in page


def test_its_unit_reads_the_same_on_its_desk(
    browse: Callable[[User], FlaskClient], make_user: Callable[..., User], refused: Channel
) -> None:
    own = browse(make_user("单位甲", role=Role.UNIT, unit=UnitId("unit-a"))).get("/unit/").text

    assert "把 IP 203.0.113.7 加入白名单" in own
    assert "最近 2 次读取，失败 1 次，新内容 3 篇" in own


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("", True),
        ("condition=error", True),
        ("condition=good", False),
        ("status=approved", True),
        ("status=revoked", False),
        ("name=示例馆", True),
        ("name=没有", False),
        ("condition=%3Cb%3E", False),
    ],
)
def test_the_list_is_filtered(desk_client: FlaskClient, refused: Channel, asked: str, *, is_there: bool) -> None:
    page = desk_client.get(f"/review/channels?{asked}").text

    assert (f"/review/channels/{refused.id}" in page) is is_there
    assert "<b>" not in page


def test_the_worst_comes_first_and_what_is_not_approved_last(
    database: Database, desk_client: FlaskClient, refused: Channel, now: datetime
) -> None:
    good = replace(refused, id=ChannelId("a-good"), name="正常的渠道")
    off = replace(refused, id=ChannelId("an-off"), name="未批准的渠道", status=WhitelistStatus.APPLIED)
    with database.transaction() as tx:
        channels.save_channel(tx, good)
        channels.save_channel(tx, off)
    read(database, good, at=now)

    page = desk_client.get("/review/channels").text

    names = [page.index(f"/review/channels/{channel.id}") for channel in (refused, off, good)]
    assert names == sorted(names)


def test_a_connection_and_what_is_missing_stand_on_the_channels_page(
    database: Database, desk_client: FlaskClient, channel: Channel, now: datetime
) -> None:
    held = Connection(
        channel=channel.id,
        platform=Platform.WECHAT,
        account="wx00",
        name="示例馆",
        subject="示例科技馆",
        who="单位甲",
        at=now,
        expires_at=now + timedelta(days=9, hours=1),
    )
    piece = Announced(
        channel=channel.id,
        number="7_1",
        title="缺<i>少</i>的一篇",
        day=now.date(),
        told_by=ToldBy.TOTALS,
        at=now - timedelta(days=1),
    )
    read(database, channel, at=now)
    with database.transaction() as tx:
        connections.save(tx, held)
        announced.add(tx, [piece])

    page = desk_client.get(f"/review/channels/{channel.id}").text

    assert "还有 9 天" in page
    assert "已收到 0 篇，共 1 篇" in page
    assert "缺&lt;i&gt;少&lt;/i&gt;的一篇" in page
    assert "示例科技馆" in page


def test_what_came_out_is_drawn_by_the_week(desk_client: FlaskClient, make_item: Callable[..., Item]) -> None:
    make_item()

    assert "近 12 周共" in desk_client.get("/review/channels").text


def test_in_english_the_words_are_english_and_chinese_says_that_it_is(
    desk_client: FlaskClient, refused: Channel
) -> None:
    page = desk_client.get("/review/channels?lang=en").text

    assert "for the unit" in page
    assert "203.0.113.7" in page
    assert "Of the last 2 reads 1 failed; they brought 3 pieces" in page


def test_more_channels_than_a_page_holds_go_on_on_the_next(
    desk_client: FlaskClient, database: Database, refused: Channel
) -> None:
    with database.transaction() as tx:
        for number in range(PAGE_SIZE):
            channels.save_channel(tx, replace(refused, id=ChannelId(f"more-{number}"), name=f"另一个渠道{number}"))

    first, second = desk_client.get("/review/channels").text, desk_client.get("/review/channels?page=2").text

    shown = [page.count("/review/channels/more-") > 0 for page in (first, second)]
    assert shown == [True, True]
    assert "/review/channels?page=2" in first or "page=2" in first
