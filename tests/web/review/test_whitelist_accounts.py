"""Confirming a channel's WeChat account in the desk."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from config.words import ChannelKind
from indexer.base.actors import operator
from indexer.base.ids import ChannelId
from indexer.records import channels, seen_accounts
from indexer.records.database import Database
from indexer.records.seen_accounts import SeenAccount
from indexer.whitelist import desk as use_cases
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import WechatAccount, account_of

WECHAT = ChannelId("channel-w")
ADDRESS = f"/review/whitelist/{WECHAT}/account"
ACCOUNT = WechatAccount(biz="3070376195", original_id="gh_ee2320e6a2ac", name="示例科技馆")
FORM = {"biz": ACCOUNT.biz, "original_id": ACCOUNT.original_id, "name": ACCOUNT.name}


@pytest.fixture(autouse=True)
def _seen(database: Database, channel: Channel, make_channel: Callable[..., Channel], now: datetime) -> None:
    wechat = make_channel(id=WECHAT, kind=ChannelKind.WECHAT, name="示例馆公众号", source="wechat_page", address=None)
    seen = SeenAccount(channel=WECHAT, account=ACCOUNT, url="https://mp.weixin.qq.com/s/a1", at=now)
    with database.transaction() as tx:
        channels.save_channel(tx, wechat)
        seen_accounts.add_seen(tx, seen)


@pytest.fixture
def account(database: Database) -> Callable[[], WechatAccount | None]:
    def read() -> WechatAccount | None:
        with database.reading() as tx:
            found = channels.channel(tx, WECHAT)
        assert found is not None
        return account_of(found)

    return read


def test_the_page_names_the_account_that_waits(desk_client: FlaskClient) -> None:
    page = desk_client.get("/review/whitelist").text

    assert "“示例科技馆”（原始 ID gh_ee2320e6a2ac，biz 3070376195）" in page
    assert "https://mp.weixin.qq.com/s/a1" in page
    assert "确认公众号“示例科技馆”" in page


def test_a_confirmed_account_is_the_channel_s_and_stands_in_its_history(
    desk_client: FlaskClient, account: Callable[[], WechatAccount | None]
) -> None:
    page = desk_client.post(ADDRESS, data=FORM, follow_redirects=True).text

    assert account() == ACCOUNT
    assert "编辑甲 · 确认公众号：“示例科技馆”" in page
    assert "还没有人确认" not in page


def test_an_account_that_was_not_seen_is_not_confirmed(
    desk_client: FlaskClient, account: Callable[[], WechatAccount | None]
) -> None:
    answer = desk_client.post(ADDRESS, data=FORM | {"biz": "1"})

    assert answer.status_code == 409
    assert account() is None


def test_a_confirmation_from_a_page_that_is_out_of_date_says_who_did_what(
    desk_client: FlaskClient, database: Database, account: Callable[[], WechatAccount | None], now: datetime
) -> None:
    other = WechatAccount(biz="2399024900", name="示例馆服务号")
    with database.transaction() as tx:
        seen_accounts.add_seen(tx, SeenAccount(channel=WECHAT, account=other, url="https://a.example/", at=now))
    use_cases.confirm_account(database, WECHAT, other, who=operator("编辑乙"), now=now)

    answer = desk_client.post(ADDRESS, data=FORM)

    assert answer.status_code == 409
    assert "编辑乙：确认公众号：“示例馆服务号”" in answer.text
    assert account() == other
