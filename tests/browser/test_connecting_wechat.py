"""A unit connects its WeChat account by AppID and AppSecret in its browser, is told what is amiss, and disconnects."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from config.settings import Settings
from config.words import ChannelKind
from crawler.platforms import connecting
from indexer.base.ids import ChannelId
from indexer.connections.records import Connection
from indexer.records import connections
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit
from tests.browser.at_a_unit import sign_in, unit_site, working_off
from tests.simulators.cast import wechat_world
from tests.simulators.running import Platforms, Running
from tests.simulators.world.accounts import WechatAccount
from tests.simulators.world.faults import Fault

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
CHANNEL = ChannelId("kjg-wechat")


@pytest.fixture
def platforms() -> Platforms:
    return wechat_world()


@pytest.fixture
def account(platforms: Platforms) -> WechatAccount:
    """The channel's own."""
    return platforms.world.every(WechatAccount)[0]


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory, platforms: Platforms) -> Iterator[Settings]:
    with Running(platforms.answering()) as running:
        folder = tmp_path_factory.mktemp("connected")
        yield Settings.model_validate({"data_folder": folder, "stand_ins": running.stand_ins})


@pytest.fixture
def site(
    settings: Settings,
    database: Database,
    account: WechatAccount,
    make_unit: Callable[..., Unit],
    make_channel: Callable[..., Channel],
) -> Iterator[str]:
    """The site's address: a unit with a WeChat channel, and its person who can sign in."""
    made = make_channel(
        id=CHANNEL,
        kind=ChannelKind.WECHAT,
        name=account.name,
        source="wechat_page",
        address=None,
        hosts=("mp.weixin.qq.com",),
    )
    with unit_site(settings, database, make_unit(), made) as address:
        yield address


@pytest.fixture
def collect(settings: Settings, database: Database) -> Callable[[], None]:
    """Let the collector's step try what was filed, in a thread of its own."""
    return working_off(connecting.make(settings, database))


@pytest.fixture
def channel_page(site: str, open_page: Callable[..., Page]) -> Page:
    """The channel's page, its person signed in."""
    page = open_page()
    sign_in(page, site)
    page.goto(f"{site}/unit/channels/{CHANNEL}/connect")
    return page


def kept(database: Database) -> Connection | None:
    with database.reading() as tx:
        return connections.connection(tx, CHANNEL)


def enter(page: Page, account: WechatAccount, *, secret: str = "") -> None:
    """Fill in the form and send it."""
    page.get_by_label("AppID", exact=True).fill(account.id)
    page.get_by_label("AppSecret", exact=True).fill(secret or account.secret)
    page.get_by_role("button", name="连接", exact=True).click()


def test_an_account_is_connected_and_disconnected(
    channel_page: Page, collect: Callable[[], None], database: Database, account: WechatAccount
) -> None:
    page = channel_page
    enter(page, account)
    expect(page.get_by_text("采集程序正在向平台核对")).to_be_visible()
    collect()
    page.reload()

    connection = page.get_by_role("region", name="连接状态")
    expect(connection).to_contain_text(account.id)
    expect(connection).to_contain_text("已连接")
    found = [each for each in Axe().run(page).response["violations"] if each["impact"] in GRAVE]
    assert found == []
    assert account.secret not in page.content()
    held = kept(database)
    assert held is not None
    assert held.sealed

    page.get_by_text("断开连接", exact=True).click()
    page.get_by_role("button", name="断开这个渠道").click()

    expect(page.get_by_role("status")).to_contain_text("已断开")
    ended = kept(database)
    assert ended is not None
    assert (ended.sealed, ended.state) == ("", "disconnected")


def test_an_address_that_is_not_allowed_is_told_with_what_to_do(
    channel_page: Page, collect: Callable[[], None], database: Database, account: WechatAccount, platforms: Platforms
) -> None:
    platforms.world.faults.on(Fault.IP_NOT_ALLOWED, account.id)
    enter(channel_page, account)
    collect()
    channel_page.reload()

    expect(channel_page.get_by_text("加入白名单")).to_be_visible()
    found = [each for each in Axe().run(channel_page).response["violations"] if each["impact"] in GRAVE]
    assert found == []
    assert kept(database) is None


def test_a_wrong_secret_is_told_and_not_shown_again(
    channel_page: Page, collect: Callable[[], None], database: Database, account: WechatAccount
) -> None:
    enter(channel_page, account, secret="f" * 32)
    collect()
    channel_page.reload()

    expect(channel_page.get_by_text("平台不接受登记的 AppSecret")).to_be_visible()
    assert "f" * 32 not in channel_page.content()
    assert kept(database) is None
