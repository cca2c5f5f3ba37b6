"""Feed values, which may be text, escaped HTML or inline mark-up → plain text."""

import html
import re

from crawler.extract.blocks import plain_text, tidy
from crawler.extract.document import parse

# Only names that HTML has: a title may speak of <T> or of <blink> in plain text.
TAG = re.compile(
    r"</?(?:a|abbr|audio|b|big|blockquote|br|center|cite|code|del|div|em|embed|figure|font|h[1-6]|hr|i|iframe|img|ins|li|"
    r"mark|object|ol|p|pre|q|s|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|tr|tt|u|ul|video)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
TRANSPARENT = re.compile(r"</?(?:embed|object|param|math)\b[^<>]*>", re.IGNORECASE)  # never closed, or text themselves
STRAY_LESS = re.compile(r"<(?![A-Za-z/!?])|<!(?=['\"\s])")
HAN = re.compile("[\u4e00-\u9fff]")
KANA_HANGUL = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")
LATIN = re.compile("[A-Za-z]")
LETTERS_PER_HAN = 8  # a Chinese word says about as much as a Latin one of six letters


def text_of_html(markup: str) -> str:
    """Return the readable text of a piece of HTML, one block a line."""
    if "<" not in markup:
        return "\n".join(line for part in html.unescape(markup).splitlines() if (line := tidy(part)))
    whole = STRAY_LESS.sub("&lt;", TRANSPARENT.sub("", markup))
    root = parse(f"<html><body>{whole}</body></html>")
    return plain_text(root) if root is not None else tidy(html.unescape(markup))


def title_of(value: str) -> str:
    """Return a title in one line: feeds write it as text, with entities twice escaped, or as HTML."""
    return tidy(text_of_html(value)) if TAG.search(value) else tidy(html.unescape(value))


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
