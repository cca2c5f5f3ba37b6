"""Links of a list page: anchors, and rows that lead on by a script; where each leads."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.lists.words import BRACKETED, HEADINGS, class_words, plain, says_nothing
from indexer.catalogue.items import URL_CHARS

TEXT_CHARS = 2000  # read of a link
LOOKED_AT = 100  # elements within a link
FILES = (
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".ofd", ".zip", ".rar", ".7z",
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".mp3", ".mp4", ".apk", ".exe",
)  # fmt: skip
ROW_ATTRIBUTES = ("data-href", "data-url", "data-link", "data-uri", "data-src-url")
SCRIPTED = re.compile(
    r"""(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\s*\(|(?:window\.)?open\w{0,10}\s*\()\s*["']([^"'<>\s]{1,2048})["']""",
    re.IGNORECASE,
)
LOOKS_LIKE_ADDRESS = re.compile(r"^(?:https?://|[./?]|[\w%-]+/)|\.(?:s?html?|jhtml|aspx?|jspx?|php)\b", re.IGNORECASE)
# Last names of addresses that hold a list, by the habits of the site systems.
SECTION_LEAF = re.compile(
    r"(?:index|list|default|main|home|category|column|col|channel|node|lm|more|lanmu|common)[\d_-]*(?:\.\w{2,6})?|space-(?:uid|username)-[^/]{1,60}",
    re.IGNORECASE,
)
SECTION_STEPS = frozenset(
    ("category", "tag", "tags", "author", "column", "channel", "col", "topic", "topics", "search")
)
SECTION_PATH = re.compile(r"/(?:lists?|class|sort|lm)/\d{1,5}(?:\.\w{2,6})?$", re.IGNORECASE)
# Of whoever published: all that a department or an author wrote, by its number.
OWNER_LEAF = re.compile(
    r"(?:dept|department|danwei|bumen|unit|org|organ|author|user|zuozhe|laiyuan|source|copyfrom)s?\.\w{2,6}",
    re.IGNORECASE,
)
SECTION_QUERY = re.compile(
    r"(?:^|&)(?:tid|cid|typeid|catid|cat|columnid|channelid|page|author|uid|username)=", re.IGNORECASE
)
ARTICLE_QUERY = re.compile(r"(?:^|&)(?:(?:id|aid|newsid|articleid|p)=|mod=viewthread(?:&|$))", re.IGNORECASE)
CATEGORY_CLASSES = frozenset(
    (
        "cat",
        "category",
        "tag",
        "author",
        "column",
        "lanmu",
        "type",
        "source",
        "more",
        "comment",
        "comments",
        "badge",
        "label",
        "chip",
    )
)
NUMBER = re.compile(r"[0-9]+")
HOLE = re.compile(r"\{\{|\$\{|<%|\{\$|%7b%7b", re.IGNORECASE)  # of a row that a script copies and fills in
ARTICLE_NUMBER = re.compile(r"\d{2,}")


@dataclass(frozen=True, kw_only=True, eq=False)
class Link:
    """One link. url: absolute, no fragment. place: its number on the page. is_ours: it leads into the channel."""

    element: HtmlElement
    url: str
    place: int
    is_ours: bool

    @cached_property
    def text(self) -> str:
        """What a reader sees of it; of a picture its alternative text; else its title."""
        seen = plain(text_of(self.element))
        if seen:
            return seen
        alternatives = (image.get("alt") or image.get("title") or "" for image in self.images)
        return plain((self.element.get("title") or next(filter(None, alternatives), ""))[:TEXT_CHARS])

    @cached_property
    def images(self) -> tuple[HtmlElement, ...]:
        """Its pictures."""
        return tuple(each for each in islice(self.element.iterdescendants(), LOOKED_AT) if each.tag == "img")

    @cached_property
    def is_in_heading(self) -> bool:
        """Whether it stands in a heading, or holds one."""
        around = (self.element.getparent(), self.element)
        return any(each is not None and each.tag in HEADINGS for each in around) or any(
            child.tag in HEADINGS for child in islice(self.element.iterdescendants(), LOOKED_AT)
        )

    @cached_property
    def is_file(self) -> bool:
        """Whether it leads to a document or picture, by the address's ending."""
        return is_file(self.url)

    @cached_property
    def leads_to_section(self) -> bool:
        """Whether its address is written as those of lists are."""
        return is_section(self.url)

    @cached_property
    def shape(self) -> str:
        """The form of its address: those of one list share it. Numbers and the last name are left out."""
        parts = urlsplit(self.url)
        folder, _, leaf = parts.path.rstrip("/").rpartition("/")
        ending = leaf.rpartition(".")[2] if "." in leaf else ""
        steps = NUMBER.sub("0", folder)
        return f"{parts.netloc}{steps}/*.{ending}{'/' if parts.path.endswith('/') else ''}"

    @cached_property
    def is_aside(self) -> bool:
        """Whether what it says of itself is no title: a category, an author, `详细`."""
        if says_nothing(self.text) or BRACKETED.fullmatch(self.text):
            return True
        return bool(
            CATEGORY_CLASSES & class_words(self.element)
            or re.search(r"tag|author|category", self.element.get("rel") or "")
        )


def is_section(url: str) -> bool:
    """Tell whether an address is written as those of lists are: a folder, an index, a category."""
    parts = urlsplit(url)
    steps = parts.path.split("/")
    if parts.query and OWNER_LEAF.fullmatch(steps[-1]):
        return True
    is_folder = SECTION_PATH.search(parts.path) or SECTION_STEPS.intersection(steps[:-1])
    if SECTION_LEAF.fullmatch(steps[-1]) or is_folder:
        return not ARTICLE_NUMBER.search(parts.query)
    if SECTION_QUERY.search(parts.query) and not ARTICLE_QUERY.search(parts.query):
        return True
    return not steps[-1] and not ARTICLE_NUMBER.search(parts.path) and not parts.query


def is_file(url: str) -> bool:
    """Tell whether an address leads to a document, picture or sound, by its ending."""
    return urlsplit(url).path.lower().endswith(FILES)


def base_of(page: HtmlElement, url: str) -> str:
    """Return what relative addresses stand on: the page's first `base` with an address, else its own."""
    for base in page.iter("base"):
        written: str = (base.get("href") or "").strip()
        if written:
            try:
                return urljoin(url, written)
            except ValueError:
                return url
    return url


def target_of(element: HtmlElement, base: str) -> str | None:
    """Return the absolute address that an element leads to, without its fragment; None where it leads to no page."""
    written = _written(element)
    if not written or len(written) > URL_CHARS or HOLE.search(written):
        return None
    try:
        target = urldefrag(urljoin(base, written)).url
        parts = urlsplit(target)
    except ValueError:  # "http://[" and the like
        return None
    return target if parts.scheme in {"http", "https"} and parts.netloc and len(target) <= URL_CHARS else None


def _written(element: HtmlElement) -> str:
    """The address as written: of an anchor or `link`, else of an attribute or script that stands in for one."""
    href: str = (element.get("href") or "").strip() if element.tag in ("a", "link") else ""
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return href
    for name in ROW_ATTRIBUTES:
        written: str = (element.get(name) or "").strip()
        if written and LOOKS_LIKE_ADDRESS.search(written):
            return written
    for script in (element.get("onclick") or "", href):
        if script and (found := SCRIPTED.search(script[:URL_CHARS])):
            return found[1]
    return ""


def text_of(element: HtmlElement) -> str:
    """Return the first characters of the element's text."""
    pieces: list[str] = []
    chars = 0
    for piece in element.itertext():
        pieces.append(str(piece))
        chars += len(piece)
        if chars > TEXT_CHARS:
            break
    return "".join(pieces)[:TEXT_CHARS]


Accepts = Callable[[str], bool]
"""Tells whether an address lies in the channel."""
