"""List pages of a unit's own site (path B): finds the links to articles, then reads each article."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import html
from lxml.cssselect import CSSSelector, SelectorError

from crawler.candidates import ARTICLE, read_candidate
from crawler.exchange import Answer, Ask, Unreadable
from crawler.extract.charset import decode
from crawler.extract.document import parse
from indexer.items import URL_CHARS, Candidate, Channel

LIST, NEXT, PAGES = "list", "next", "pages"  # options: selector of links, selector of the next page, how many pages
DEFAULT_PAGES = 3
TITLE_CHARS_AT_LEAST, TITLE_CHARS_COUNTED = 6, 30
DATED_WEIGHT = 3
MOST_LINKS = 5000  # of a list page; no list that people read is longer
MOST_ANCESTORS = 100  # looked at around a link
TEXT_CHARS, BESIDE_CHARS = 2000, 400  # read of a link and of what stands around it
DATE = re.compile(r"(?:20\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}")
FULL_DATE = re.compile(r"20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
FILES = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip", ".rar", ".jpg", ".jpeg", ".png", ".gif", ".mp4", ".apk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a list page. date: as written beside it with its year, or empty. shape: where in the page it stands."""

    url: str
    title: str
    date: str
    is_dated: bool
    shape: tuple[str, ...]


class Site:
    """With the option `list` exactly the links it selects; without it the group of links that looks like the list."""

    kind = "site"

    def start(self, channel: Channel) -> Iterator[Ask]:
        """The list page."""
        yield Ask(url=channel.address or "")

    def read(self, channel: Channel, answer: Answer) -> Iterator[Candidate | Ask]:
        """Of an article its candidate; of a list page its articles, then the next page. Raises Unreadable."""
        if answer.about.get("page") == ARTICLE:
            yield read_candidate(channel, answer)
            return
        page = _parse(channel, answer)
        yield from (_ask(link) for link in _listed(channel, page, answer.url))
        yield from _next_page(channel, page, answer)


def _parse(channel: Channel, answer: Answer) -> html.HtmlElement:
    kind = answer.headers.get("content-type", "text/html")
    text = decode(answer.body, kind).replace("\0", "")
    if "html" not in kind and "text" not in kind and "xml" not in kind:
        raise Unreadable(channel, f"列表页不是网页（{kind[:60]}）", do="请登记栏目列表页的网址")
    page = parse(text)
    if page is None:
        raise Unreadable(channel, "列表页是空的", do="请检查登记的网址能否在浏览器中打开")
    return page


def _listed(channel: Channel, page: html.HtmlElement, url: str) -> Sequence[Link]:
    links: Sequence[Link]
    if selector := channel.options.get(LIST):
        elements = [found for element in _select(channel, page, selector) for found in element.iter("a")]
        links = _links(channel, elements, url)
    else:
        links = _likeliest([link for link in _links(channel, page.iter("a"), url) if _may_be_title(link.title)])
    if not links:
        raise Unreadable(channel, "列表页上没有找到文章链接", do="请登记栏目列表页的网址，或为渠道填写 list 选择器")
    return list({link.url: link for link in links}.values())


def _select(channel: Channel, page: html.HtmlElement, selector: str) -> Sequence[html.HtmlElement]:
    try:
        found: Sequence[html.HtmlElement] = CSSSelector(selector, translator="html")(page)
    except SelectorError as error:
        raise Unreadable(channel, f"选择器 {selector} 写法不对", do="请按 CSS 选择器改正渠道的 list 或 next") from error
    return found


def _links(channel: Channel, elements: Iterator[html.HtmlElement] | Sequence[html.HtmlElement], url: str) -> list[Link]:
    found: list[Link] = []
    held: Mapping[html.HtmlElement, int] | None = None
    for element in elements:
        target = _target(url, element.get("href"))
        if not target or target == urldefrag(url).url or not _is_ours(channel, target):
            continue
        if len(found) == MOST_LINKS:
            break
        held = held if held is not None else _links_held(element.getroottree().getroot())
        title = " ".join((element.get("title") or _text_of(element))[:TEXT_CHARS].split())
        beside = _beside(element, held)
        full = FULL_DATE.search(beside)
        is_dated = bool(DATE.search(beside.replace(title, "")))
        found.append(
            Link(url=target, title=title, date=full[0] if full else "", is_dated=is_dated, shape=_shape(element))
        )
    return found


def _target(url: str, href: str | None) -> str | None:
    """The absolute address without its fragment; None for what leads to no page."""
    try:
        href = (href or "#").strip()
        target = urldefrag(urljoin(url, href if len(href) <= URL_CHARS else "#")).url
        parts = urlsplit(target)
    except ValueError:  # "http://[" and the like
        return None
    is_page = parts.scheme in {"http", "https"} and not parts.path.lower().endswith(FILES)
    return target if is_page and len(target) <= URL_CHARS else None


def _is_ours(channel: Channel, target: str) -> bool:
    parts = urlsplit(target)
    return parts.netloc.lower() in channel.hosts and parts.path.startswith(channel.path)


def _links_held(root: html.HtmlElement) -> Mapping[html.HtmlElement, int]:
    """How many links stand in each element that holds any: counted in one pass, the innermost elements first."""
    held: dict[html.HtmlElement, int] = {}
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        count = held.get(element, 0)
        if parent is not None and (count or element.get("href") is not None):
            held[parent] = held.get(parent, 0) + count + (element.tag == "a" and element.get("href") is not None)
    return held


def _beside(element: html.HtmlElement, held: Mapping[html.HtmlElement, int]) -> str:
    """The text of the nearest ancestor that holds no other link: where lists write the date."""
    around = element
    for ancestor in islice(element.iterancestors(), MOST_ANCESTORS):
        if held.get(ancestor, 0) > 1:
            break
        around = ancestor
    return " ".join(_text_of(around).split())[:BESIDE_CHARS]


def _text_of(element: html.HtmlElement) -> str:
    """The first characters of the element's text."""
    pieces: list[str] = []
    chars = 0
    for piece in element.itertext():
        pieces.append(str(piece))
        chars += len(piece)
        if chars > TEXT_CHARS:
            break
    return "".join(pieces)[:TEXT_CHARS]


def _shape(element: html.HtmlElement) -> tuple[str, ...]:
    """Tags of the nearest ancestors, with the class of the outer ones: the rows of one list share it."""
    chain = [ancestor for ancestor, _ in zip(element.iterancestors(), range(5), strict=False)]
    return tuple(
        str(ancestor.tag) if nearness < 2 else f"{ancestor.tag}.{ancestor.get('class', '')}"
        for nearness, ancestor in enumerate(chain)
    )


def _may_be_title(title: str) -> bool:
    return len(title) >= TITLE_CHARS_AT_LEAST


def _likeliest(links: Sequence[Link]) -> Sequence[Link]:
    """The links of the group with the longest titles and the most dates; a menu has neither."""
    groups: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        groups[link.shape].append(link)
    return max(groups.values(), key=_weight, default=[])


def _weight(group: Sequence[Link]) -> int:
    return sum(min(len(link.title), TITLE_CHARS_COUNTED) * (DATED_WEIGHT if link.is_dated else 1) for link in group)


def _ask(link: Link) -> Ask:
    about = {"page": ARTICLE, "url": link.url, "title": link.title}
    return Ask(url=link.url, about=about | ({"date": link.date} if link.date else {}))


def _next_page(channel: Channel, page: html.HtmlElement, answer: Answer) -> Iterator[Ask]:
    number = int(answer.about.get("number", "1"))
    selector = channel.options.get(NEXT)
    if not selector or number >= int(channel.options.get(PAGES, DEFAULT_PAGES)):
        return
    for element in _select(channel, page, selector)[:1]:
        target = _target(answer.url, element.get("href"))
        if target and _is_ours(channel, target):
            yield Ask(url=target, about={"page": LIST, "number": str(number + 1)})


SOURCE = Site()
