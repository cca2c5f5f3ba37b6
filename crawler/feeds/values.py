"""The value of one XML element: text, escaped HTML, inline XHTML or base64, as its attributes and name say."""

import base64
import binascii
import copy
import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

from crawler.extract.blocks import tidy
from crawler.feeds.wording import TAG, text_of_html, title_of, undoubled

PLAIN_TYPES = frozenset(("text", "plain", "text/plain"))
# Elements that hold HTML by their specification or by the custom of every feed.
HTML_NAMES = frozenset(("description", "content:encoded", "xhtml:body", "xhtml:div", "body", "fullitem"))
NAME = re.compile(r"[A-Za-z][\w-]*")  # what is left of `<a:1>` is none
TEXTUAL = ("text/", "html", "xhtml", "application/xhtml", "application/xml")


@dataclass(frozen=True, slots=True)
class Value:
    """What an element says. is_html: `content` is HTML from outside, uncleaned; else plain text."""

    content: str
    is_html: bool

    @property
    def text(self) -> str:
        """The readable text, one block a line."""
        if self.is_html:
            return text_of_html(self.content)
        return "\n".join(line for part in self.content.splitlines() if (line := tidy(part)))

    @property
    def markup(self) -> str:
        """The value as HTML, uncleaned."""
        return self.content if self.is_html else html.escape(self.content).replace("\n", "<br>")


def read_value(name: str, element: etree._Element) -> Value | None:
    """Return what the element says; None where it is empty or no text (a video, an attached document)."""
    kind = (element.get("type") or "").strip().lower()
    is_packed = kind == "application/octet-stream" or (element.get("mode") or "").lower() == "base64"
    if "/" in kind and not kind.startswith(TEXTUAL) and not kind.endswith("+xml") and not is_packed:
        return None
    if len(element):
        return Value(_inline(element), is_html=True)
    content = _unpacked(element.text or "") if is_packed else undoubled(element.text or "")
    if not content.strip():
        return None
    if kind in PLAIN_TYPES and name != "description":
        return Value(content, is_html=False)
    if "html" in kind or name in HTML_NAMES or TAG.search(content):
        return Value(content, is_html=True)
    return Value(html.unescape(content), is_html=False)


def read_title(name: str, element: etree._Element) -> str | None:
    """Return the title in one line; None where the element is empty."""
    value = read_value(name, element)
    if value is None:
        return None
    kind = (element.get("type") or "").strip().lower()
    if len(element) or "html" in kind:
        return tidy(value.text) or None
    return (tidy(value.content) if kind in PLAIN_TYPES else title_of(value.content)) or None


def read_plain(element: etree._Element) -> str:
    """Return all characters of the element, blanks around them removed."""
    return "".join(element.itertext()).strip()


def resolve(element: etree._Element, address: str, fallback: str | None) -> str:
    """Return the address made absolute by xml:base, the feed's own address, or `fallback`; as given where it cannot."""
    try:
        return urljoin(element.base or fallback or "", address)
    except ValueError:
        return address


def _inline(element: etree._Element) -> str:
    """The element's inside as HTML, without namespaces."""
    inside = copy.deepcopy(element)
    inside.tail = None
    for node in inside.iter(etree.Element):
        local = node.tag.rpartition("}")[2].rpartition(":")[2]
        node.tag = local if NAME.fullmatch(local) else "span"
    etree.cleanup_namespaces(inside)
    children = (etree.tostring(child, encoding="unicode", method="html") for child in inside)
    return html.escape(inside.text or "", quote=False) + "".join(children)


def _unpacked(content: str) -> str:
    """Empty where it is not base64 of UTF-8 text."""
    try:
        return base64.b64decode(content).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
