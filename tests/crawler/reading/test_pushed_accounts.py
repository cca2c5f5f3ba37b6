"""A pushed WeChat article and the account of its channel: taken, refused, or kept waiting for a person."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import Settings
from config.words import ChannelKind
from crawler.exchange import Unreadable
from crawler.reading.pushing import push_file, push_url
from indexer.base.actors import operator
from indexer.base.times import now
from indexer.catalogue.intake import Outcome, Taken
from indexer.catalogue.troubles import RefusalReason
from indexer.records import channels, seen_accounts, to_understand
from indexer.records.database import Database
from indexer.whitelist.desk import confirm_account
from indexer.whitelist.records import Channel
from indexer.whitelist.wechat_accounts import WechatAccount, with_account
from tests.real.rows import fixtures, read_bytes
from tests.simulators.website import Website

TEXT = "候鸟夜里飞行，靠星星和地磁认路；灯光太亮的城市会让它们迷失方向，在高楼之间打转。"
OURS = WechatAccount(biz="3070376195", original_id="gh_ee2320e6a2ac", name="示例科技馆")
OTHER = WechatAccount(biz="2399024900", original_id="gh_625dcd91968f", name="别家公众号")


def article(account: WechatAccount) -> str:
    """A page as WeChat writes it."""
    biz = base64.b64encode(account.biz.encode()).decode()
    return f"""<html><head><link href="//res.wx.qq.com/x.css"><meta property="og:title" content="候鸟怎样认路"></head>
<body><div id="js_article"><h1 id="activity-name">候鸟怎样认路</h1><a id="js_name">{account.name}</a>
<div id="js_content"><p>{TEXT}</p><p>{TEXT[::-1]}</p></div></div>
<script>var biz = "{biz}" || ""; var user_name = "{account.original_id}"; var nickname = "{account.name}";</script>
</body></html>"""


@pytest.fixture
def account(channel: Channel, database: Database) -> Channel:
    """A WeChat channel that does not know its account yet."""
    made = replace(channel, kind=ChannelKind.WECHAT, name="试验公众号", source="wechat_page", address=None)
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made


def stored(database: Database, channel: Channel) -> Channel:
    with database.reading() as tx:
        found = channels.channel(tx, channel.id)
    assert found is not None
    return found


def push(settings: Settings, database: Database, channel: Channel, website: Website) -> Taken:
    (taken,) = push_url(settings, database, stored(database, channel), f"{website.origin}/s/1")
    return taken


def test_an_article_of_the_registered_account_is_taken(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, with_account(account, OURS))
    website.page("/s/1", article(OURS))

    assert push(settings, database, account, website).outcome is Outcome.NEW_ITEM


def test_an_article_of_another_account_is_refused_naming_both(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, with_account(account, OURS))
    website.page("/s/1", article(OTHER))

    taken = push(settings, database, account, website)

    assert taken.refusal is not None
    assert taken.refusal.reason is RefusalReason.OTHER_ACCOUNT
    assert str(OURS) in taken.refusal.message
    assert str(OTHER) in taken.refusal.message
    with database.reading() as tx:
        assert list(to_understand.waiting(tx, 10)) == []
        assert seen_accounts.seen_of(tx, account.id) == []


def test_the_first_article_waits_until_a_person_confirms_its_account(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    website.page("/s/1", article(OURS))

    first = push(settings, database, account, website)
    with database.reading() as tx:
        (seen,) = seen_accounts.seen_of(tx, account.id)
    confirm_account(database, account.id, seen.account, who=operator("编辑甲"), now=now())
    second = push(settings, database, account, website)

    assert first.refusal is not None
    assert first.refusal.reason is RefusalReason.ACCOUNT_UNCONFIRMED
    assert "请主办方的编辑在白名单页核对并确认" in first.refusal.message
    assert (seen.account, seen.url) == (OURS, f"{website.origin}/s/1")
    assert second.outcome is Outcome.NEW_ITEM
    website.page("/s/1", article(OTHER))
    third = push(settings, database, account, website)
    assert third.refusal is not None
    assert third.refusal.reason is RefusalReason.OTHER_ACCOUNT


def test_a_page_that_does_not_say_whose_it_is_is_refused(
    settings: Settings, database: Database, account: Channel, website: Website
) -> None:
    website.page("/s/1", article(OURS).split("<script>")[0])

    taken = push(settings, database, account, website)

    assert taken.refusal is not None
    assert "没有读出文章是哪个公众号" in taken.refusal.message
    with database.reading() as tx:
        assert seen_accounts.seen_of(tx, account.id) == []


def test_an_address_of_one_account_with_a_page_of_another_is_refused(
    settings: Settings, database: Database, account: Channel, website: Website, tmp_path: Path
) -> None:
    file = tmp_path / "saved.html"
    file.write_text(article(OTHER), encoding="utf-8")
    biz = base64.b64encode(OURS.biz.encode()).decode()

    with pytest.raises(Unreadable, match="不是发布这个网页的公众号"):
        push_file(settings, database, account, file=file, url=f"{website.origin}/s?__biz={biz}&mid=1&idx=1&sn=a")


@pytest.mark.parametrize(
    ("name", "outcome"), [("article_02.html.gz", Outcome.NEW_ITEM), ("article_author_01.html.gz", Outcome.REFUSED)]
)
def test_a_captured_article_is_told_from_another_account_s(
    settings: Settings, database: Database, account: Channel, website: Website, name: str, outcome: Outcome
) -> None:
    path = fixtures() / "social" / name
    if not path.exists():
        pytest.skip(f"no captured page at {path}")
    with database.transaction() as tx:
        channels.save_channel(tx, with_account(account, WechatAccount(biz="3286016687", name="阮一峰的网络日志")))
    website.page("/s/1", read_bytes(path).decode("utf-8"))

    roomy = settings.model_copy(update={"page_bytes": 8_000_000, "fetch_seconds": 30})

    assert push(roomy, database, account, website).outcome is outcome
