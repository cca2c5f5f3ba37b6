"""Find an article's text where only a script would show it: in a template, a text field, or the data of a Vue or React
page (`__NEXT_DATA__`, `__NUXT__`, `__INITIAL_STATE__`)."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement, tostring

from crawler.extract.body.blocks import read_blocks, squeeze
from crawler.extract.body.boilerplate import is_sentence
from crawler.extract.body.main_text import Body
from crawler.extract.document import fragment

ENOUGH_CHARS = 60  # of a text that stands in the page itself, for it to be the article
LEAST_PROSE, ALONE_SHARE = 60, 0.7  # characters of prose that waits; its share of all that waits, else it is a list's
MOST_CHARS, MOST_PIECES = 4_000_000, 400  # looked at
HOLES = re.compile(r"\{\{|<%|\$\{|v-(?:for|if|html)=")  # of a template without its data
# A text in quotation marks, of JSON or a script, that holds a paragraph. An escaped mark outside of one is passed over:
# it would begin a text without end, and each of thousands of them would be looked through to the end.
QUOTED = re.compile(r'\\.|(?P<text>"(?:[^"\\\n]|\\.){40,}+")')
TITLE = re.compile(
    r'"(?:title|headline|subject|[a-z]{1,12}_?title)"\s{0,3}:\s{0,3}("(?:[^"\\\n]|\\.){4,200}")', re.IGNORECASE
)
BESIDE_CHARS = 3000
HTML = re.compile(r"<(?:p|br|div|section|span)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Waiting:
    html: str
    title: str = ""


def waiting_pieces(page: HtmlElement) -> Sequence[str]:
    """Return what the page's scripts, text fields and `noscript` hold; call it while they still stand there."""
    found: list[str] = []
    left = MOST_CHARS
    for node in islice(page.iter("script", "textarea", "noscript"), MOST_PIECES):
        piece = _inside(node)
        left -= len(piece)  # of elements within each other the text comes again
        if left < 0:
            break
        if "<" in piece or "\\u003" in piece:
            found.append(piece)
    return found


def with_waiting(page: HtmlElement, body: Body | None, pieces: Sequence[str]) -> bool:
    """Put the article that waits into the page, as its last element; return whether there is one.

    body: what was found without it. Nothing is put where that is an article, or where several texts wait.
    """
    if body is not None and len(squeeze(body.text)) >= ENOUGH_CHARS:
        return False
    best = _article(pieces)
    if best is None:
        return False
    found = page.find("body")
    around = page if found is None else found
    if best.title:
        heading = page.makeelement("h1")
        heading.text = best.title
        around.append(heading)
    article = fragment(best.html)
    article.set("class", "article-content")
    around.append(article)
    return True


def holds_article(pieces: Sequence[str]) -> bool:
    """Tell whether one article waits in the pieces, rather than none or those of a list."""
    return _article(pieces) is not None


def _article(pieces: Sequence[str]) -> _Waiting | None:
    waiting = {
        text: prose for text in dict.fromkeys(islice(_texts(pieces), MOST_PIECES)) if (prose := _prose(text.html))
    }
    best = max(waiting, key=lambda text: waiting[text], default=None)
    if best is None or waiting[best] < max(LEAST_PROSE, ALONE_SHARE * sum(waiting.values())):
        return None
    return best


def _inside(node: HtmlElement) -> str:
    if node.tag != "noscript":
        return node.text or ""
    return (node.text or "") + "".join(tostring(child, encoding="unicode") for child in islice(node, MOST_PIECES))


def _texts(pieces: Sequence[str]) -> Iterator[_Waiting]:
    """Each piece of HTML that waits: the whole of a template or field, the texts of data."""
    for piece in pieces:
        if piece.lstrip()[:1] == "<" and not HOLES.search(piece):
            yield _Waiting(piece)
            continue
        quoted = (found for found in QUOTED.finditer(piece) if found["text"])
        for found in islice(quoted, MOST_PIECES):
            text = _unquoted(found["text"])
            if HTML.search(text) and not HOLES.search(text):
                yield _Waiting(text, _title_beside(piece, found.start(), found.end()))


def _title_beside(piece: str, start: int, end: int) -> str:
    """What the data calls the title, in the fields right before the text or behind it."""
    before = list(TITLE.finditer(piece, max(0, start - BESIDE_CHARS), start))
    found = before[-1] if before else TITLE.search(piece, end, end + BESIDE_CHARS)
    return _unquoted(found[1]).strip() if found else ""


def _unquoted(quoted: str) -> str:
    try:
        text = json.loads(quoted, strict=False)
    except ValueError:  # of a script: `\'` is none of JSON
        return ""
    return text if isinstance(text, str) else ""


def _prose(piece: str) -> int:
    return sum(block.chars for block in read_blocks(fragment(piece)) if is_sentence(block))
