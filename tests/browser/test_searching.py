"""Searching with help: suggestions while one types, what was meant, pinyin and the empty page, with and without script.

Of the site's titles these are public: 五分钟学会避险, 树叶为什么变红, 血压计的用法.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

TITLE = "树叶为什么变红"
OPTIONS = "[role=listbox] [role=option]"  # a select has options too


def test_suggestions_come_while_one_types_and_are_chosen_by_keyboard(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{site}/search")
    box, options = page.locator("#q"), page.locator(OPTIONS)

    box.press_sequentially("shuye")
    expect(options.filter(has_text=TITLE)).to_be_visible()
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    box.press_sequentially("wsm")
    expect(options.filter(has_text=TITLE)).to_be_visible()
    page.keyboard.press("ArrowUp")

    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(options.last.get_attribute("id")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_a_suggestion_is_reached_by_mouse_from_the_first_page(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(site)

    page.get_by_role("combobox").press_sequentially("血压")
    page.locator(OPTIONS).filter(has_text="血压计的用法").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("血压计的用法")


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_what_was_meant_is_shown_for_pinyin_and_for_an_error_and_nothing_is_a_way_on(
    site: str, open_page: Callable[..., Page], *, has_script: bool
) -> None:
    page = open_page(java_script_enabled=has_script)
    box = page.locator("#q")

    page.goto(f"{site}/search")
    for typed, meant in (("bianhong", "变红"), ("血压记", "血压计")):
        box.fill(typed)
        box.press("Enter")
        expect(page.get_by_text(f"没有找到“{typed}”，以下是“{meant}”的结果。")).to_be_visible()
    box.fill("恐龙化石展")
    box.press("Enter")

    expect(page.get_by_role("heading", name="最新内容")).to_be_visible()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()


def test_without_script_suggestions_are_a_page_of_links(site: str, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/suggest?q=shuye")

    page.get_by_role("link", name=TITLE).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_what_is_still_on_its_way_opens_no_list_below_a_box_that_was_left(
    site: str, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    held: list[Route] = []
    page.route("**/suggest?*", lambda route: held.append(route))
    page.goto(f"{site}/search")
    box = page.locator("#q")

    with page.expect_request("**/suggest?*"):
        box.press_sequentially("血压")
    with page.expect_event("requestfailed"):  # given up at once, not answered too late
        box.blur()

    assert len(held) == 1
    expect(page.locator(OPTIONS)).to_have_count(0)
