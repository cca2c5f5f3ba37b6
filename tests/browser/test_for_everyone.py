"""Every page on the narrowest screen: nothing scrolls sideways, and nothing is loaded that the policy forbids."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from tests.browser.exhibition import Exhibition
from tests.browser.visiting import PAGES, Mode, Visits

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
MODES: dict[str, Mode] = {
    "normal": ({"viewport": NARROW}, {}),
    "large": ({"viewport": NARROW}, {"type": "large"}),
}


@pytest.fixture(scope="module")
def visits(chromium: Browser, shown: Exhibition) -> Iterator[Visits]:
    """Visits at 320 pixels."""
    made = Visits(chromium, shown, MODES)
    yield made
    made.close()


@pytest.mark.parametrize(("path", "person"), PAGES)
@pytest.mark.parametrize("mode", MODES)
def test_no_page_scrolls_sideways_or_breaks_its_own_policy(visits: Visits, path: str, person: str, mode: str) -> None:
    said: list[str] = []
    page = visits.page(mode, person)

    def listen(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", listen)

    visits.go(mode, path, person)

    page.remove_listener("console", listen)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    assert [text for text in said if "Content Security Policy" in text] == []
