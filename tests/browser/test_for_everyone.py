"""Accessibility by axe-core, narrow screens, and pages that load nothing the policy forbids."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from indexer.items import Item

pytestmark = pytest.mark.browser

PUBLIC = [
    "/",
    "/search?q=讲讲",
    "/items/{shown}",
    "/units",
    "/units/unit-a",
    "/whitelist?name=示例",
    "/sign-in",
    "/nothing",
]
DESK = ["/review/", "/review/items/{waiting}", "/review/log", "/review/refused", "/review/whitelist", "/account/"]
GRAVE = {"serious", "critical"}


@pytest.fixture
def visit(
    site: str, catalogue: list[Item], open_page: Callable[..., Page], sign_in: Callable[[Page], None]
) -> Callable[..., Page]:
    """Open a page, the desk's as an editor."""

    def go(path: str, **options: object) -> Page:
        page = open_page(**options)
        if path in DESK:
            sign_in(page)
        page.goto(site + path.format(shown=catalogue[3].id, waiting=catalogue[0].id))
        return page

    return go


@pytest.mark.parametrize("path", PUBLIC + DESK)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_grave_barrier(visit: Callable[..., Page], path: str, scheme: str) -> None:
    found = Axe().run(visit(path, color_scheme=scheme)).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in GRAVE] == []


@pytest.mark.parametrize("path", PUBLIC + DESK)
@pytest.mark.parametrize("switch", ["normal", "large"])
def test_no_page_scrolls_sideways_at_320_pixels(visit: Callable[..., Page], site: str, path: str, switch: str) -> None:
    page = visit(path, viewport={"width": 320, "height": 640})
    page.context.add_cookies([{"name": "type", "value": switch, "url": site}])
    page.reload()

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("path", PUBLIC + DESK)
def test_no_page_breaks_its_own_policy(visit: Callable[..., Page], path: str) -> None:
    page = visit(path)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.reload()

    assert [text for text in complaints if "Content Security Policy" in text] == []
