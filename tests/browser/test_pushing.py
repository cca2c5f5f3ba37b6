"""A unit pushes a link and a saved page in its browser, the collector's step takes them, and the desk tells."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from config.settings import Settings
from crawler.reading import inbox as collector
from indexer.base.ids import ChannelId
from indexer.records.database import Database
from indexer.whitelist.records import Channel, Unit
from tests.browser.at_a_unit import sign_in, unit_site, working_off
from tests.simulators.website import Website

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
TEXT = "蜻蜓的两对翅膀可以各自扇动，所以它能悬停，能倒飞，还能在空中急转弯，捕捉飞行中的小虫。" * 2


def article(title: str) -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{TEXT}</p>"


@pytest.fixture
def website() -> Iterator[Website]:
    with Website() as running:
        running.page("/art/1.html", article("蜻蜓怎样飞"))
        yield running


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory, website: Website) -> Settings:
    folder = tmp_path_factory.mktemp("pushed")
    return Settings(data_folder=folder, private_hosts=(website.host,), crawl_delay_seconds=0, page_bytes=100_000)


@pytest.fixture
def site(
    settings: Settings,
    database: Database,
    website: Website,
    make_unit: Callable[..., Unit],
    make_channel: Callable[..., Channel],
) -> Iterator[str]:
    """The site's address: a unit with an approved channel, and its person who can sign in."""
    made = make_channel(hosts=(website.host,), source=None, address=None)
    other = make_channel(id=ChannelId("channel-b"), name="示例馆视频号", source=None, address=None)
    with unit_site(settings, database, make_unit(), made, other) as address:
        yield address


@pytest.fixture
def collect(settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the collector take what was filed, without its pauses between the tries of a page that does not answer."""
    monkeypatch.setattr(collector, "PAUSES", (timedelta(0), timedelta(0)))
    return working_off(collector.make(settings, database))


@pytest.fixture
def desk(site: str, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open the unit's desk in a browser of its own."""

    def enter(**options: object) -> Page:
        page = open_page(**options)
        sign_in(page, site)
        expect(page.get_by_role("heading", name="推送文章")).to_be_visible()
        return page

    return enter


@pytest.mark.parametrize("script", [True, False])
def test_a_link_and_a_saved_page_are_pushed_and_their_outcome_is_read(
    desk: Callable[..., Page], collect: Callable[[], None], website: Website, tmp_path: Path, script: bool
) -> None:
    page, saved = desk(java_script_enabled=script), tmp_path / "任意名字.bin"
    saved.write_text(article("湖面为什么先结冰"), encoding="gbk")
    page.get_by_label("文章链接").fill(f"{website.origin}/art/1.html\n{website.origin}/art/missing.html")
    page.get_by_role("button", name="推送链接").click()
    expect(page.get_by_role("status")).to_contain_text("已推送 2 篇文章")
    page.get_by_text("推送网页文件").click()
    page.get_by_label("网页的原文网址").fill(f"{website.origin}/art/closed.html")
    page.get_by_label("网页文件", exact=True).set_input_files(saved)
    page.get_by_role("button", name="推送网页", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已推送 1 篇文章")
    expect(page.get_by_text("等待采集")).to_have_count(3)

    collect()
    page.get_by_role("link", name="刷新结果").click()

    table = page.get_by_role("group", name="最近推送的链接")
    expect(table.get_by_text("已收录")).to_have_count(2)
    for title in ("蜻蜓怎样飞", "湖面为什么先结冰"):
        expect(table.get_by_text(title)).to_be_visible()
    expect(table.locator("tr").filter(has_text="missing.html")).to_contain_text("404")
    assert [one for one in website.seen if one.path == "/art/closed.html"] == []


def test_a_file_that_is_too_large_is_said_before_it_is_sent(desk: Callable[..., Page], tmp_path: Path) -> None:
    page, saved = desk(), tmp_path / "page.html"
    saved.write_text(article("长") + "x" * 100_000, encoding="utf-8")
    page.get_by_text("推送网页文件").click()

    page.get_by_label("网页文件", exact=True).set_input_files(saved)

    said = page.get_by_label("网页文件", exact=True).evaluate("field => field.validationMessage")
    assert "文件超过 97.7 KB 的上限" in said


def test_a_key_is_made_copied_and_revoked_by_keyboard(desk: Callable[..., Page]) -> None:
    page = desk()
    page.get_by_role("link", name="接口密钥").click()
    page.get_by_label("使用密钥的系统").fill("示例发布系统")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("密钥不会再次显示")
    secret = page.locator("#made-secret").inner_text()
    page.goto(page.url.removesuffix("/new"))
    expect(page.get_by_text(secret)).to_have_count(0)
    page.locator("summary").filter(has_text="撤销").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="撤销密钥 示例发布系统").click()

    expect(page.get_by_role("status")).to_contain_text("密钥“示例发布系统”已撤销")
    assert len(secret) == 64


@pytest.mark.parametrize("width", [1280, 390])
def test_the_forms_have_no_barrier_and_no_page_is_wider_than_its_window(
    desk: Callable[..., Page], site: str, width: int
) -> None:
    page = desk(viewport={"width": width, "height": 900})
    found = []
    page.get_by_label("文章链接").fill("no address")
    page.get_by_role("button", name="推送链接").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_text("推送网页文件").click()
    found += barriers(page, width)
    page.goto(f"{site}/unit/keys")
    page.get_by_label("使用密钥的系统").fill("示例发布系统")
    page.get_by_role("button", name="新建").click()
    found += barriers(page, width)

    assert found == []


def barriers(page: Page, width: int) -> list[str]:
    """What axe finds grave, and whether the page is wider than its window."""
    grave = [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in GRAVE]
    return grave + (["too wide"] if page.evaluate("document.documentElement.scrollWidth") > width else [])
