"""The address of the next list page, where a page says which it is."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawler.lists.links import base_of, target_of, text_of
from crawler.lists.words import folded

NEXT = re.compile(r"[\s\[(（<【]*(?:下一?[页頁]|后一?页|next(?: page)?)[\s\])）>»›】→]*|[»›]", re.IGNORECASE)
# createPageHTML(pages, current, "index", "html"), createPageHTML('id', pages, current, 'index', 'shtml', rows): TRS
SCRIPT_PAGES = re.compile(
    r"""createPageHTML\w{0,20}\s*\(\s*(?:["'][\w-]{0,60}["']\s*,\s*)?(\d{1,6})\s*,\s*(\d{1,6})\s*,\s*["']([\w./-]{1,100})["']\s*,\s*["'](\w{1,10})["']"""
)
SCRIPT_CHARS = 200_000


def next_page(page: HtmlElement, url: str) -> str | None:
    """Return the address of the next page: declared, linked as 下一页, or counted in a script; None where none is."""
    base = base_of(page, url)
    here = url.partition("#")[0]
    return next((target for target in _targets(page, base, url) if target and target != here), None)


def _targets(page: HtmlElement, base: str, url: str) -> Iterator[str | None]:
    for link in page.iter("link"):
        if _is_next(link):
            yield target_of(link, base)
    anchors = list(page.iter("a"))
    for anchor in anchors:
        if _is_next(anchor):
            yield target_of(anchor, base)
    for anchor in anchors:
        if any(NEXT.fullmatch(folded(text)) for text in _says(anchor)):
            yield target_of(anchor, base)
    yield _counted(page, url)


def _is_next(element: HtmlElement) -> bool:
    return "next" in (element.get("rel") or "").lower().split()


def _says(anchor: HtmlElement) -> Iterator[str]:
    yield text_of(anchor)[:40]
    yield (anchor.get("title") or "")[:40]
    for image in anchor.findall("img"):
        yield (image.get("alt") or "")[:40]


def _counted(page: HtmlElement, url: str) -> str | None:
    """The next page by the numbers that a script is called with: `index.html`, `index_1.html`, …"""
    for script in page.iter("script"):
        found = SCRIPT_PAGES.search((script.text or "")[:SCRIPT_CHARS])
        if found and int(found[2]) + 1 < int(found[1]):
            return urljoin(url, f"{found[3]}_{int(found[2]) + 1}.{found[4]}")
    return None
