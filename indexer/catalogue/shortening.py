"""Limit the length of a candidate: what no reader would read is cut, since every search would pay for it."""

import re
from dataclasses import dataclass, replace
from html import escape, unescape

from indexer.catalogue.items import Candidate, CleanHtml

TITLE_CHARS, NAME_CHARS, MOST_MEDIA = 500, 200, 500
HTML_SHARE = 8  # characters of HTML for each one of text: pictures and links have long addresses
VOID = frozenset(["br", "col", "hr", "img"])
# As `CleanHtml` is written: names in lower case, values between quotation marks.
TOKEN = re.compile(r"""<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?:[^>"]++|"[^"]*+")*+>|(?P<text>[^<]+|<)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortened:
    """What is kept of a candidate. omitted_chars: how many characters of its text are not."""

    candidate: Candidate
    omitted_chars: int


def shorten(candidate: Candidate, *, text_chars: int) -> Shortened:
    """Return the candidate with at most so many characters of text, in its HTML too. Pure."""
    html, omitted = shorten_html(candidate.html, text_chars=text_chars, html_chars=text_chars * HTML_SHARE)
    kept = replace(
        candidate,
        title=candidate.title[:TITLE_CHARS],
        author=candidate.author[:NAME_CHARS],
        account=candidate.account[:NAME_CHARS],
        text=candidate.text[:text_chars],
        html=html,
        media=candidate.media[:MOST_MEDIA],
    )
    return Shortened(candidate=kept, omitted_chars=max(omitted, len(candidate.text) - len(kept.text)))


def shorten_html(html: CleanHtml, *, text_chars: int, html_chars: int) -> tuple[CleanHtml, int]:
    """Return the beginning, each element in it closed, and how many characters of text are left out.

    html_chars: most characters written, the ends of elements not counted.
    """
    if len(html) <= min(text_chars, html_chars):
        return html, 0
    cut = _Cut(text_chars, html_chars)
    for token in TOKEN.finditer(html):
        cut.take(token)
    ends = "".join(f"</{name}>" for name in reversed(cut.open))
    return CleanHtml(f"{''.join(cut.pieces)}{ends}".strip()), cut.omitted


class _Cut:
    def __init__(self, text_chars: int, html_chars: int) -> None:
        self.left, self.room, self.omitted = text_chars, html_chars, 0
        self.is_full = False
        self.pieces: list[str] = []
        self.open: list[str] = []

    def take(self, token: re.Match[str]) -> None:
        text = token["text"]
        if text is not None:
            self._text(unescape(text))
        elif not self.is_full:
            self._tag(token[0], token["name"], is_end=bool(token["end"]))

    def _text(self, text: str) -> None:
        kept = "" if self.is_full else text[: min(self.left, self.room)]
        self.omitted += len(text) - len(kept)
        self.left -= len(kept)
        self._write(escape(kept, quote=False))
        self.is_full = self.is_full or len(kept) < len(text)

    def _tag(self, tag: str, name: str, *, is_end: bool) -> None:
        if is_end:
            if self.open and self.open[-1] == name:
                self.open.pop()
                self.pieces.append(tag)
            return
        if len(tag) > self.room:
            self.is_full = True
            return
        self._write(tag)
        if name not in VOID:
            self.open.append(name)

    def _write(self, piece: str) -> None:
        self.pieces.append(piece)
        self.room -= len(piece)
