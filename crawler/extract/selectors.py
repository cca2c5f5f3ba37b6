"""Select elements of a page by CSS: any selector of soupsieve, `:has()` and `:-soup-contains()` included."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import html
from lxml.html import HtmlElement

if TYPE_CHECKING:  # at run time where it is asked for: few channels have selectors, and every worker would wait for it
    from bs4 import BeautifulSoup

MARK = "data-place"  # of an element in the page, so that it is known again in the tree that soupsieve reads
MOST_ELEMENTS = 50_000  # marked, hence chosen; no list that people read has more
MOST_CHOSEN = 5000


class SelectorInvalid(ValueError):
    """Text that is no CSS selector; the message is the first line of soupsieve's, in English."""


class Chooser:
    """Selects elements of one page, which is read once for all selectors, when the first is asked for."""

    def __init__(self, page: HtmlElement) -> None:
        self.page = page
        self._elements: Sequence[HtmlElement] = ()

    def select(self, selector: str) -> Sequence[HtmlElement]:
        """Return the elements that the selector chooses, in the page's order. Raises SelectorInvalid."""
        import soupsieve

        try:
            chooser = soupsieve.compile(selector)
        except soupsieve.SelectorSyntaxError as error:
            raise SelectorInvalid(str(error).partition("\n")[0]) from error
        chosen = (tag.get(MARK) for tag in chooser.select(self._soup, limit=MOST_CHOSEN))
        return [self._elements[int(str(place))] for place in chosen if place is not None]

    @cached_property
    def _soup(self) -> "BeautifulSoup":
        """The page as soupsieve reads it, each element with its place; the page itself stays as it was."""
        from bs4 import BeautifulSoup

        elements = [element for element in self.page.iter() if isinstance(element.tag, str)][:MOST_ELEMENTS]
        self._elements = elements
        for place, element in enumerate(elements):
            element.set(MARK, str(place))
        written = html.tostring(self.page, encoding="unicode")
        for element in elements:
            del element.attrib[MARK]
        return BeautifulSoup(written, "lxml")
