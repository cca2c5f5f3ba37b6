"""Convert titles and texts of feeds (plain, escaped HTML, inline XHTML, base64) to plain text and HTML."""

import copy
import re
from html import escape
from typing import Any

from lxml import etree

from crawler.extract.body.blocks import plain_text, tidy
from crawler.extract.document import parse
from indexer.base.text import unescaped

# Only names that HTML has: a title may speak of <T> or of <blink> in plain text.
TAG = re.compile(
    r"</?(?:a|abbr|audio|b|big|blockquote|br|center|cite|code|del|div|em|embed|figure|font|h[1-6]|hr|i|iframe|img|ins|li|"
    r"mark|object|ol|p|pre|q|s|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|tr|tt|u|ul|video)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
TRANSPARENT = re.compile(r"</?(?:embed|object|param|math)\b[^<>]*>", re.IGNORECASE)  # never closed, or text themselves
STRAY_LESS = re.compile(r"<(?![A-Za-z/!?])|<!(?=['\"\s])")
PLAIN_TYPES = frozenset(("text", "plain", "text/plain"))
TEXTUAL = ("text/", "html", "xhtml", "application/xhtml", "application/xml")
PACKED = "application/octet-stream"
NAME = re.compile(r"[A-Za-z][\w-]*")  # what is left of `<a:1>` is none
HAN = re.compile("[\u4e00-\u9fff]")
KANA_HANGUL = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")
LATIN = re.compile("[A-Za-z]")
LETTERS_PER_HAN = 8  # a Chinese word says about as much as a Latin one of six letters


def text_of_html(markup: str) -> str:
    """Return the readable text of a piece of HTML, one block a line."""
    if "<" not in markup:
        return "\n".join(line for part in unescaped(markup).splitlines() if (line := tidy(part)))
    whole = STRAY_LESS.sub("&lt;", TRANSPARENT.sub("", markup))
    root = parse(f"<html><body>{whole}</body></html>")
    return plain_text(root) if root is not None else tidy(unescaped(markup))


def title_of(value: str) -> str:
    """Return a title in one line: feeds write it as text, with entities twice escaped, or as HTML."""
    return tidy(text_of_html(value)) if TAG.search(value) else tidy(unescaped(value))


def undoubled(text: str) -> str:
    """Return the text that was meant where UTF-8 was taken for Windows-1252 and written as UTF-8 once more."""
    if text.isascii():
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def is_chinese(language: str | None, titles: list[str]) -> bool:
    """Whether times without a zone are China's: by the language that is named, else by the writing of the titles."""
    if language and language.strip():
        return language.strip().lower().startswith(("zh", "cmn", "chinese"))
    text = "".join(titles)
    han = len(HAN.findall(text))
    return han > len(KANA_HANGUL.findall(text)) * 10 and han * LETTERS_PER_HAN >= len(LATIN.findall(text))


def flatten(element: etree._Element, *, is_html: bool) -> bool:
    """Make the element one text of type `html`, `text`, or PACKED (base64); return whether it says anything.

    is_html: it holds HTML by the custom of every feed, whatever type it states.
    """
    kind = (element.get("type") or "").strip().lower()
    is_packed = kind == PACKED or (element.get("mode") or "").lower() == "base64"
    if "/" in kind and not kind.startswith(TEXTUAL) and not kind.endswith("+xml") and not is_packed:
        return False  # a video, an attached document
    is_plain = kind in PLAIN_TYPES and not is_html and not len(element)
    text = _inline(element) if len(element) else undoubled(element.text or "")
    del element[:]
    element.set("type", PACKED if is_packed else "text" if is_plain else "html")
    element.text = etree.CDATA(text)  # read in one piece, not anew at each character reference
    return bool(text.strip())


def title_in(found: Any) -> str:  # noqa: ANN401  (feedparser has no types)
    """Return the title that feedparser found, in one line; empty where there is none."""
    is_plain = found.get("title_detail", {}).get("type") == "text/plain"
    value = found.get("title", "")
    return tidy(value) if is_plain else title_of(value)


def text_of(value: str, kind: str) -> str:
    """Return the readable text of a value of this type, one block a line."""
    if _is_markup(value, kind):
        return text_of_html(value)
    return "\n".join(line for part in value.splitlines() if (line := tidy(part)))


def markup_of(value: str, kind: str) -> str:
    """Return the value of this type as HTML, uncleaned."""
    return value if _is_markup(value, kind) else escape(value).replace("\n", "<br>")


def _is_markup(value: str, kind: str) -> bool:
    return "html" in kind or (kind == PACKED and bool(TAG.search(value)))


def _inline(element: etree._Element) -> str:
    """The element's inside as HTML, without namespaces."""
    inside = copy.deepcopy(element)
    inside.tail = None
    for node in inside.iter(etree.Element):
        local = node.tag.rpartition("}")[2].rpartition(":")[2]
        node.tag = local if NAME.fullmatch(local) else "span"
    etree.cleanup_namespaces(inside)
    children = (etree.tostring(child, encoding="unicode", method="html") for child in inside)
    return escape(inside.text or "", quote=False) + "".join(children)
