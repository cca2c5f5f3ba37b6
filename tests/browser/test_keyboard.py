"""Reviewing with the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from indexer.items import Item, State
from indexer.records import items
from indexer.records.database import Database

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page: Callable[..., Page], sign_in: Callable[[Page], None]) -> Page:
    """The queue, as an editor who just signed in sees it."""
    opened = open_page()
    sign_in(opened)
    expect(opened.get_by_role("heading", name="审核队列")).to_be_visible()
    return opened


@pytest.fixture
def states(database: Database, catalogue: list[Item]) -> Callable[[], list[State]]:
    """Read the states of the three items that waited."""

    def read() -> list[State]:
        with database.reading() as tx:
            found = [items.item(tx, item.id) for item in catalogue[:3]]
        return [item.state for item in found if item]

    return read


def waiting(page: Page) -> None:
    page.wait_for_load_state("load")


def test_the_queue_is_worked_through_by_key(page: Page, states: Callable[[], list[State]]) -> None:
    with page.expect_navigation():
        page.keyboard.press("a")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("h")

    assert states() == [State.APPROVED, State.PENDING, State.HELD]


def test_the_last_decision_is_taken_back_by_key(page: Page, states: Callable[[], list[State]]) -> None:
    with page.expect_navigation():
        page.keyboard.press("a")
    with page.expect_navigation():
        page.keyboard.press("u")

    assert states() == [State.PENDING, State.PENDING, State.PENDING]


def test_an_item_is_opened_and_rejected_by_key_with_a_reason(page: Page, states: Callable[[], list[State]]) -> None:
    page.keyboard.press("j")
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("r")
    expect(page.get_by_label("理由")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("r")

    assert states() == [State.REJECTED, State.PENDING, State.PENDING]
    expect(page.get_by_role("heading", level=1)).to_have_text("家里的节水办法")


def test_a_key_typed_into_a_field_decides_nothing(page: Page, states: Callable[[], list[State]]) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter") if page.evaluate(
            "document.activeElement !== document.body"
        ) else page.keyboard.press("r")
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
