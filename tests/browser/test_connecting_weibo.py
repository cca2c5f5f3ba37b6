"""A unit connects its Weibo account in its browser, at the simulated Weibo, refuses, and disconnects."""

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
from tests.simulators.cast import APP_KEY, APP_SECRET, weibo_world
from tests.simulators.running import Running
from tests.simulators.world.accounts import WeiboAccount

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
CHANNEL = ChannelId("kjg-weibo")


@pytest.fixture
def accounts() -> list[WeiboAccount]:
    """Those of the simulated Weibo; the first is the channel's."""
    return weibo_world().world.every(WeiboAccount)


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with Running(weibo_world().answering()) as running:
        yield Settings.model_validate(
            {
                "data_folder": tmp_path_factory.mktemp("connected"),
                "stand_ins": running.stand_ins,
                "weibo_app_key": APP_KEY,
                "weibo_app_secret": APP_SECRET,
            }
        )


@pytest.fixture
def site(
    settings: Settings,
    database: Database,
    accounts: list[WeiboAccount],
    make_unit: Callable[..., Unit],
    make_channel: Callable[..., Channel],
) -> Iterator[str]:
    """The site's address: a unit with a Weibo channel, and its person who can sign in."""
    made = make_channel(
        id=CHANNEL,
        kind=ChannelKind.WEIBO,
        name=accounts[0].name,
        source="weibo",
        address=f"https://weibo.com/u/{accounts[0].id}",
        hosts=("weibo.com",),
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


def authorise(page: Page, *, account: WeiboAccount | None) -> None:
    """Go to Weibo and answer there: with an account, or with no."""
    page.get_by_role("link", name="到微博").click()
    expect(page.get_by_role("heading", name="允许这个应用读取你的微博")).to_be_visible()
    if account is None:
        page.get_by_role("button", name="取消").click()
    else:
        page.get_by_label(account.name).check()
        page.get_by_role("button", name="授权").click()


def test_an_account_is_connected_and_disconnected(
    channel_page: Page, collect: Callable[[], None], database: Database, accounts: list[WeiboAccount]
) -> None:
    page = channel_page
    authorise(page, account=accounts[0])
    expect(page.get_by_text("采集程序正在向平台核对")).to_be_visible()
    collect()
    page.reload()

    connection = page.get_by_role("region", name="连接状态")
    expect(connection).to_contain_text(accounts[0].id)
    expect(connection).to_contain_text(accounts[0].name)
    expect(connection).to_contain_text("授权有效期至")
    found = [each for each in Axe().run(page).response["violations"] if each["impact"] in GRAVE]
    assert found == []
    held = kept(database)
    assert held is not None
    assert held.sealed

    page.get_by_text("断开连接", exact=True).click()
    page.get_by_role("button", name="断开这个渠道").click()

    expect(page.get_by_role("status")).to_contain_text("已断开")
    ended = kept(database)
    assert ended is not None
    assert (ended.sealed, ended.state) == ("", "disconnected")


def test_whoever_says_no_at_weibo_is_told_that_nothing_was_connected(channel_page: Page, database: Database) -> None:
    authorise(channel_page, account=None)

    expect(channel_page.get_by_text("您在微博没有同意授权")).to_be_visible()
    assert kept(database) is None


def test_another_account_is_refused_in_words(
    channel_page: Page, collect: Callable[[], None], database: Database, accounts: list[WeiboAccount]
) -> None:
    authorise(channel_page, account=accounts[1])
    collect()
    channel_page.reload()

    expect(channel_page.get_by_text("授权的账号不是这个渠道登记的账号")).to_be_visible()
    assert kept(database) is None
