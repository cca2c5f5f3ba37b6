"""An operator tries a site in Chromium, corrects a selector, and saves what was tried as a channel."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from config.settings import Settings
from config.words import WhitelistStatus
from crawler.reading import inbox as step
from indexer.base.ids import ChannelId
from indexer.records import channels
from indexer.records.database import Database
from tests.simulators.website import Website

pytestmark = pytest.mark.browser

TEXT = "蜻蜓的两对翅膀可以各自扇动，所以它能悬停，能倒飞，还能在空中急转弯，捕捉飞行中的小虫。"
TITLES = [f"蜻蜓怎样飞行的第{number}个问题" for number in range(1, 7)]
LOOK_MS = 30_000  # the page looks again every three seconds, and both of its loads may be slow
NOTICES = [f"关于第{number}次开放日活动的通知" for number in range(1, 5)]


def rows(folder: str, titles: list[str]) -> str:
    links = (
        f'<li><a href="/{folder}/{number}.html">{title}</a><span>2026-09-0{number}</span></li>'
        for number, title in enumerate(titles, start=1)
    )
    return f"<ul class={folder}>{''.join(links)}</ul>"


@pytest.fixture
def website() -> Iterator[Website]:
    """A unit's site: one page with two lists, and the articles of both."""
    with Website() as running:
        page = f"<h1>示例馆</h1>{rows('science', TITLES)}<h2>通知</h2>{rows('notices', NOTICES)}"
        running.page("/news/", f"<html><body>{page}</body></html>")
        for folder, titles in (("science", TITLES), ("notices", NOTICES)):
            for number, title in enumerate(titles, start=1):
                running.page(f"/{folder}/{number}.html", f"<article><h1>{title}</h1><p>{TEXT * 3}</p></article>")
        yield running


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory, website: Website) -> Settings:
    return Settings(
        data_folder=tmp_path_factory.mktemp("site"),
        site_name="示例嘉年华",
        private_hosts=(website.host,),
        crawl_delay_seconds=0,
    )


@pytest.fixture
def collect(settings: Settings, database: Database) -> Iterator[Callable[[], int]]:
    """Let the collector answer what was asked of it: in a thread of its own, since Playwright's loop runs in this."""
    with ThreadPoolExecutor(max_workers=1) as collector:
        yield lambda: collector.submit(step.make_trials(settings, database).do).result()


def look_again(page: Page, *, scripts: bool) -> None:
    """With scripts the page looks again by itself."""
    if not scripts:
        page.get_by_role("link", name="刷新结果").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_operator_tries_a_site_corrects_a_selector_and_saves_the_channel(
    open_page: Callable[..., Page],
    sign_in: Callable[[Page], None],
    collect: Callable[[], int],
    database: Database,
    website: Website,
    scripts: bool,
) -> None:
    page = open_page(java_script_enabled=scripts)
    sign_in(page)
    page.get_by_role("link", name="试采渠道").click()
    page.get_by_label("列表页、订阅源或站点地图的网址").fill(f"{website.origin}/news/")
    page.get_by_label("单位", exact=True).select_option("示例馆")
    page.get_by_role("button", name="试采", exact=True).click()
    expect(page.get_by_text("采集端正在读这个网站")).to_be_visible()
    expect(page.get_by_text("本页会自动刷新")).to_be_visible(visible=scripts)

    assert collect() == 1
    look_again(page, scripts=scripts)
    table = page.get_by_role("table")
    expect(table.get_by_text(TITLES[0])).to_be_visible(timeout=LOOK_MS)
    expect(page.get_by_role("heading", name="前几篇文章的采集效果")).to_be_visible()
    expect(page.get_by_text(TEXT).first).to_be_visible()

    page.get_by_label("文章链接的 CSS 选择器").fill("ul.notices a")
    page.get_by_role("button", name="再试一次").click()
    assert collect() == 1
    look_again(page, scripts=scripts)
    expect(table.get_by_text(NOTICES[0])).to_be_visible(timeout=LOOK_MS)
    expect(table.get_by_text(TITLES[0])).to_have_count(0)

    page.get_by_label("渠道名称").fill("示例馆通知")
    page.get_by_role("button", name="保存为渠道").click()
    expect(page.get_by_role("heading", name="示例馆通知 已申请")).to_be_visible()

    with database.reading() as tx:
        made = channels.channel(tx, ChannelId("unit-a-site-1"))
    assert made is not None
    assert (made.status, made.address) == (WhitelistStatus.APPLIED, f"{website.origin}/news/")
    assert (made.hosts, dict(made.options)) == ((website.host,), {"list": "ul.notices a"})
