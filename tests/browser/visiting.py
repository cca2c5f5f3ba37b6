"""Visits to every page of the exhibition in a mode, as a person: for tests that look and change nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.exhibition import EDITOR, PASSWORD, UNIT, UNWELL, Exhibition

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
    "/items/{gone}",
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
    "/review/alarms",
    "/review/channels",
    "/review/channels?condition=frozen",
    "/review/channels/{health_error}",
    "/review/channels/{health_missing}",
    "/review/whitelist",
    "/review/trials",
    "/review/trials/{trial}",
    "/review/trials/{failed_trial}",
    "/review/trials/{waiting_trial}",
    "/review/reports",
    "/account/",
]
OF_UNIT = ["/unit/", "/unit/keys", "/review/log"]  # the last is refused: the page that says so
PAGES = (
    [(path, "") for path in PUBLIC]
    + [(path, EDITOR) for path in DESK]
    + [(path, UNIT) for path in OF_UNIT]
    + [("/unit/", UNWELL)]
)
WIDE = {"width": 1280, "height": 720}
WAIT_MS = 10_000
Mode = tuple[dict[str, Any], dict[str, str]]  # options of the context, cookies


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


@dataclass(slots=True)
class Visits:
    """One context for each mode and person, which signs in once."""

    chromium: Browser
    shown: Exhibition
    modes: dict[str, Mode]
    contexts: dict[tuple[str, str], BrowserContext] = field(default_factory=dict)

    def go(self, mode: str, path: str, person: str) -> Page:
        """Open a page of PAGES in a mode as a person ("": nobody), and take the steps that lead on from it."""
        page = self.page(mode, person)
        page.set_viewport_size(self.modes[mode][0].get("viewport", WIDE))
        page.goto(self.shown.path(path))
        if step := STEPS.get(path.partition("#")[2]):
            step(page)
        return page

    def page(self, mode: str, person: str) -> Page:
        """Return the one page of a context, wherever it stands."""
        context = self._context(mode, person)
        return context.pages[0] if context.pages else context.new_page()

    def close(self) -> None:
        """Close all contexts."""
        for context in self.contexts.values():
            context.close()

    def _context(self, mode: str, person: str) -> BrowserContext:
        if (mode, person) not in self.contexts:
            options, cookies = self.modes[mode]
            made = self.chromium.new_context(locale="zh-CN", **options)
            made.set_default_timeout(WAIT_MS)
            made.add_cookies(
                [{"name": name, "value": value, "url": self.shown.site} for name, value in cookies.items()]
            )
            self.contexts[mode, person] = made
            if person:
                self._sign_in(made.new_page(), person)
        return self.contexts[mode, person]

    def _sign_in(self, page: Page, person: str) -> None:
        page.goto(f"{self.shown.site}/sign-in")
        page.locator("#name").fill(person)
        page.locator("#password").fill(PASSWORD)
        page.locator("main form button").click()
