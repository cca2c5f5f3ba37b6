"""Searching, browsing and reading, with JavaScript off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page(java_script_enabled=False)


def test_a_reader_searches_and_reads(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("搜索内容").fill("避险")
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("link", name="五分钟学会避险").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("五分钟学会避险")
    expect(page.get_by_role("link", name="阅读原文")).to_have_attribute("href", "http://a.example/3.html")


def test_a_reader_browses_by_topic_district_and_filter(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="信息技术").click()
    expect(page.get_by_role("heading", name="找到 3 条")).to_be_visible()
    page.get_by_label("筛选").get_by_role("link", name="信息技术").click()

    page.goto(site)
    page.get_by_role("link", name="海淀").first.click()

    expect(page.get_by_role("heading", name="找到 3 条")).to_be_visible()


def test_nothing_that_waits_is_found(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=月球车")

    expect(page.get_by_role("heading", name="找到 0 条")).to_be_visible()


def test_a_unit_looks_up_its_channel_without_an_account(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("单位或渠道名称").fill("示例馆")
    page.get_by_role("button", name="查询").click()

    expect(page.get_by_text("已批准")).to_be_visible()


def test_large_type_makes_the_text_at_least_24_pixels(page: Page, site: str, open_page: Callable[..., Page]) -> None:
    scripted = open_page()
    scripted.goto(site)
    with scripted.expect_navigation():  # a click ends where the new page begins: it has no body yet
        scripted.get_by_role("link", name="长者模式").click()

    size = scripted.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")

    assert size >= 24


def test_an_editor_decides_and_takes_back_without_script(
    page: Page, site: str, sign_in: Callable[[Page], None]
) -> None:
    sign_in(page)
    page.get_by_role("link", name="月球车如何过夜", exact=True).click()
    page.get_by_label("理由").select_option("不属于科普内容")
    page.get_by_role("button", name="退回").click()
    page.get_by_role("button", name="撤销", exact=True).click()

    expect(page.get_by_text("已撤销，内容恢复为“待审核”。")).to_be_visible()
