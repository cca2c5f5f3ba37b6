"""Reviewing with the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from indexer.catalogue.items import Item
from indexer.records import items
from indexer.records.database import Database
from indexer.review.records import State
from tests.browser.looking import KEYS_ARE_HEARD

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page: Callable[..., Page], sign_in: Callable[[Page], None]) -> Page:
    """The queue, as an editor who just signed in sees it."""
    opened = open_page()
    sign_in(opened)
    expect(opened.get_by_role("heading", name="审核队列")).to_be_visible()
    expect(opened.locator(KEYS_ARE_HEARD)).to_be_attached()
    return opened


@pytest.fixture
def states(database: Database, catalogue: list[Item]) -> Callable[[], list[State]]:
    """Read the states of the three items that waited."""

    def read() -> list[State]:
        with database.reading() as tx:
            found = [items.item(tx, item.id) for item in catalogue[:3]]
        return [item.state for item in found if item]

    return read


def follow(page: Page, key: str) -> None:
    """Press a key that leads to another page of the desk."""
    with page.expect_navigation():
        page.keyboard.press(key)
    expect(page.locator(KEYS_ARE_HEARD)).to_be_attached()


def test_a_piece_is_opened_before_it_is_approved_by_key(page: Page, states: Callable[[], list[State]]) -> None:
    follow(page, "a")
    opened = page.locator(".opened")
    expect(opened).to_be_focused()
    expect(opened).to_contain_text("讲讲月球车如何过夜。")
    unread = states()
    follow(page, "a")

    assert unread == [State.PENDING, State.PENDING, State.PENDING]
    assert states() == [State.APPROVED, State.PENDING, State.PENDING]
    expect(page.get_by_role("link", name="家里的节水办法")).to_be_focused()


def test_a_key_acts_on_the_row_that_work_goes_on_in(page: Page, states: Callable[[], list[State]]) -> None:
    page.keyboard.press("j")
    follow(page, "a")
    follow(page, "a")
    expect(page.get_by_role("link", name="湿地是城市的肾")).to_be_focused()
    follow(page, "a")

    expect(page.locator(".opened").last).to_contain_text("讲讲湿地是城市的肾。")
    assert states() == [State.PENDING, State.APPROVED, State.PENDING]


def test_the_last_decision_is_taken_back_by_key(page: Page, states: Callable[[], list[State]]) -> None:
    follow(page, "a")
    follow(page, "a")
    follow(page, "u")

    assert states() == [State.PENDING, State.PENDING, State.PENDING]


@pytest.mark.parametrize(("key", "after"), [("r", State.REJECTED), ("h", State.HELD)])
def test_an_item_is_decided_against_by_key_with_a_reason(
    page: Page, states: Callable[[], list[State]], key: str, after: State
) -> None:
    page.keyboard.press("j")
    page.keyboard.press("k")
    follow(page, "Enter")
    page.keyboard.press(key)
    expect(page.get_by_label("理由")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    follow(page, key)

    assert states() == [after, State.PENDING, State.PENDING]
    expect(page.get_by_role("heading", level=1)).to_have_text("家里的节水办法")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


@pytest.mark.parametrize("key", ["h", "r"])
def test_from_the_list_these_keys_lead_to_the_reason(page: Page, key: str) -> None:
    follow(page, key)

    expect(page.get_by_label("理由")).to_be_focused()


def test_many_are_decided_by_key(page: Page, states: Callable[[], list[State]]) -> None:
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("已选 2 条")).to_be_in_viewport()
    page.keyboard.press("b")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    follow(page, "Enter")
    expect(page.get_by_role("heading", name="退回 2 条")).to_be_focused()
    page.get_by_label("补充说明").fill("两条一样")
    page.keyboard.press("Tab")
    follow(page, "Enter")

    assert states() == [State.REJECTED, State.REJECTED, State.PENDING]


def test_single_keys_that_are_switched_off_do_nothing(page: Page, states: Callable[[], list[State]]) -> None:
    page.locator("#keys summary").click()
    page.get_by_role("link", name="关闭单键快捷键").click()
    expect(page.locator(f"{KEYS_ARE_HEARD}[data-keys=off]")).to_be_attached()
    page.keyboard.press("j")
    for key in "arhxbu":
        page.keyboard.press(key)
    page.keyboard.press("?")

    assert page.locator("input[name=chosen]:checked").count() == 0
    assert page.evaluate("document.getElementById('keys').open") is False
    assert page.url.endswith("keys=off")
    assert states() == [State.PENDING, State.PENDING, State.PENDING]


def test_a_key_typed_into_a_field_decides_nothing(page: Page, states: Callable[[], list[State]]) -> None:
    follow(page, "r")
    page.get_by_label("补充说明").fill("")
    page.keyboard.type("aha")

    assert page.get_by_label("补充说明").input_value() == "aha"
    assert states() == [State.PENDING, State.PENDING, State.PENDING]


def test_help_is_one_key_away(page: Page) -> None:
    page.keyboard.press("?")

    expect(page.get_by_text("下一条、上一条")).to_be_visible()


def test_the_skip_link_is_the_first_stop(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
