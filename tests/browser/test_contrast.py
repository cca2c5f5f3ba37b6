"""All pages in all modes: axe finds nothing, and every contrast is measured by pixels, where axe cannot judge too."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import measuring
from tests.browser.exhibition import EDITOR, PASSWORD, UNIT, Exhibition

pytestmark = pytest.mark.browser
log = logging.getLogger(__name__)

PUBLIC = [
    "/",
    "/search?q=讲讲&topic=health",
    "/search?q=讲讲&kind=nothing",
    "/search?q=没有这样的词",
    "/items/{shown}",
    "/items/{video}",
    "/items/{shown}/report",
    "/reports?ticket={ticket}",
    "/reports?ticket=unknown",
    "/units",
    "/units/unit-a",
    "/units/unit-b",
    "/whitelist?name=示例",
    "/whitelist?name=没有",
    "/sign-in",
    "/nothing",
]
DESK = [
    "/review/",
    "/review/?open={waiting}",
    "/review/#asked",
    "/review/#refused",
    "/review/items/{waiting}",
    "/review/items/{changed}",
    "/review/items/{changed}#stale",
    "/review/items/{waiting}#no-reason",
    "/review/items/{reported}",
    "/review/log",
    "/review/refused",
    "/review/whitelist",
    "/review/reports",
    "/account/",
]
OF_UNIT = ["/unit/", "/review/log"]  # the second is refused: the page that says so
PAGES = [(path, "") for path in PUBLIC] + [(path, EDITOR) for path in DESK] + [(path, UNIT) for path in OF_UNIT]
WIDE = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
Mode = tuple[dict[str, Any], dict[str, str]]
MODES: dict[str, Mode] = {
    "light": ({"color_scheme": "light"}, {}),
    "dark": ({"color_scheme": "dark"}, {}),
    "large": ({"color_scheme": "light"}, {"type": "large"}),
    "english": ({"color_scheme": "dark"}, {"lang": "en"}),
    "phone": ({"color_scheme": "light", "viewport": PHONE}, {}),
}
HARD: dict[str, Mode] = {
    "phone-large-dark": ({"color_scheme": "dark", "viewport": PHONE}, {"type": "large"}),
    "more-contrast": ({"contrast": "more"}, {}),
}
FORCED: dict[str, Mode] = {
    "forced-colors": ({"forced_colors": "active"}, {}),
    "forced-colors-dark": ({"forced_colors": "active", "color_scheme": "dark"}, {}),
}
SOME = [("/", ""), ("/search?q=讲讲&topic=health", ""), ("/review/", EDITOR)]
ALL = MODES | HARD | FORCED
WAIT_MS = 10_000


def press(page: Page, move: str) -> None:
    """Send a form of the page, the one in the bar or the only one."""
    with page.expect_navigation():
        page.locator(f".bar [value={move}], .box [value={move}]").first.click()


def ask(page: Page) -> None:
    """Be asked whether two items are to be rejected."""
    for box in page.locator("[name=chosen]").all()[:2]:
        box.check()
    press(page, "reject")


def refuse(page: Page) -> None:
    """Be refused: the two items would be rejected without a reason."""
    ask(page)
    press(page, "reject")


def refuse_stale(page: Page) -> None:
    """Be refused: another version was looked at than the newest."""
    page.evaluate("document.querySelector('#decide [name=version]').value = 1")
    page.locator("#words").fill("示例理由")
    press(page, "reject")


# Pages that no address leads to, by the end of the address that the way to them begins at. None changes anything.
STEPS: dict[str, Callable[[Page], None]] = {
    "asked": ask,
    "refused": refuse,
    "stale": refuse_stale,
    "no-reason": lambda page: press(page, "hold"),
}


@pytest.fixture(scope="module")
def known_rings() -> dict[str, set[str]]:
    """The kinds of focusable elements that were measured already, by mode."""
    return {mode: set() for mode in ALL}


@pytest.fixture(scope="module")
def visit(chromium: Browser, shown: Exhibition) -> Iterator[Callable[[str, str, str], Page]]:
    """Open a page in a mode as a person; one context for each mode and person, which signs in once."""
    contexts: dict[tuple[str, str], BrowserContext] = {}

    def context(mode: str, person: str) -> BrowserContext:
        if (mode, person) not in contexts:
            options, cookies = ALL[mode]
            made = chromium.new_context(locale="zh-CN", **options)
            made.set_default_timeout(WAIT_MS)
            made.add_cookies([{"name": name, "value": value, "url": shown.site} for name, value in cookies.items()])
            contexts[mode, person] = made
            if person:
                sign_in(made.new_page(), shown, person)
        return contexts[mode, person]

    def go(mode: str, path: str, person: str) -> Page:
        opened = context(mode, person)
        page = opened.pages[0] if opened.pages else opened.new_page()
        page.set_viewport_size(ALL[mode][0].get("viewport", WIDE))
        page.goto(shown.path(path))
        if step := STEPS.get(path.partition("#")[2]):
            step(page)
        measuring.unfold(page)
        return page

    yield go
    for made in contexts.values():
        made.close()


def sign_in(page: Page, shown: Exhibition, person: str) -> None:
    page.goto(f"{shown.site}/sign-in")
    page.locator("#name").fill(person)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").click()


def faint(measured: list[measuring.Measured]) -> list[str]:
    for one in measured:
        log.info("%s", one)
    return [str(one) for one in measured if one.ratio < one.needed]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("path", "person"), PAGES)
def test_axe_finds_nothing_and_what_it_cannot_judge_is_measured(
    visit: Callable[[str, str, str], Page],
    known_rings: dict[str, set[str]],
    mode: str,
    path: str,
    person: str,
) -> None:
    page = visit(mode, path, person)

    found = Axe().run(page).response
    measured = measuring.texts_and_controls(page)
    left = measuring.unmeasured(page, found["incomplete"])
    rings = measuring.focus_rings(page, known=known_rings[mode])

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert left == []
    assert len(measured) > 10
    assert faint(measured + rings) == []


@pytest.mark.parametrize("mode", HARD)
@pytest.mark.parametrize(("path", "person"), SOME)
def test_a_readers_own_colours_break_nothing(
    visit: Callable[[str, str, str], Page],
    known_rings: dict[str, set[str]],
    mode: str,
    path: str,
    person: str,
) -> None:
    page = visit(mode, path, person)

    measured = measuring.texts_and_controls(page) + measuring.focus_rings(page, known=known_rings[mode])

    assert faint(measured) == []


@pytest.mark.parametrize("mode", FORCED)
@pytest.mark.parametrize(("path", "person"), SOME)
def test_with_forced_colours_controls_and_focus_can_be_seen(
    visit: Callable[[str, str, str], Page],
    known_rings: dict[str, set[str]],
    mode: str,
    path: str,
    person: str,
) -> None:
    page = visit(mode, path, person)

    # The texts are the browser's own business there: it gives each a backplate.
    controls = [one for one in measuring.texts_and_controls(page) if one.what == "control"]
    rings = measuring.focus_rings(page, known=known_rings[mode])

    assert len(controls) > 1
    assert faint(controls + rings) == []
