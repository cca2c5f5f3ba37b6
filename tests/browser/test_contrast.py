"""All pages in all modes: axe finds nothing, and every contrast is measured by pixels, where axe cannot judge too."""

import logging
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import measuring
from tests.browser.exhibition import EDITOR, Exhibition
from tests.browser.visiting import PAGES, Mode, Visits

pytestmark = pytest.mark.browser
log = logging.getLogger(__name__)

PHONE = {"width": 390, "height": 844}
# Colours come from the scheme, what is cut or covered from size and width, words from the language: each of them is
# there once; each with each would find no more.
MODES: dict[str, Mode] = {
    "light": ({"color_scheme": "light"}, {}),
    "dark-english": ({"color_scheme": "dark"}, {"lang": "en"}),
    "phone-large": ({"color_scheme": "light", "viewport": PHONE}, {"type": "large"}),
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


@pytest.fixture(scope="module")
def known_rings() -> dict[str, set[str]]:
    """The kinds of focusable elements that were measured already, by mode."""
    return {mode: set() for mode in ALL}


@pytest.fixture(scope="module")
def visit(chromium: Browser, shown: Exhibition) -> Iterator[Callable[[str, str, str], Page]]:
    """Open a page in a mode as a person, unfolded and with its pictures."""
    visits = Visits(chromium, shown, ALL)

    def go(mode: str, path: str, person: str) -> Page:
        page = visits.go(mode, path, person)
        measuring.unfold(page)
        return page

    yield go
    visits.close()


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
