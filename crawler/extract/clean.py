"""Sanitise HTML of other sites for display: an allow-list of tags, attributes and schemes, absolute addresses.

The only maker of `CleanHtml`. The piece is read once, by the rules of the HTML standard that browsers follow; of that
tree only what is on the list is written, once, in a form that reads back as the same tree (`html/writer.py`). So the
result is balanced, and cleaning it again changes nothing. No script, style, form, frame or foreign element survives;
players become links.
"""

import re
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement, tostring

from crawler.extract.document import bounded
from crawler.extract.html.tree import Node, read_html
from crawler.extract.html.writer import HtmlWriter, Opened
from crawler.extract.media import VOICES, absolute, document_url, file_url, is_icon, picture_url, player_url, voice_url
from indexer.catalogue.items import URL_CHARS, CleanHtml

TAGS_TEXT = """
    a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4
    h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table
    tbody td tfoot th thead time tr u ul var
"""
TAGS = frozenset(TAGS_TEXT.split())
DROPPED_WHOLE_TEXT = """
    script style noscript template svg math form object embed iframe title textarea select button noembed noframes
"""
DROPPED_WHOLE = frozenset(DROPPED_WHOLE_TEXT.split())
PLAYERS = frozenset(["iframe", "embed", "video", "audio", *VOICES])
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset(["href", "title"]),
    "img": frozenset(["src", "alt", "width", "height"]),
    "td": frozenset(["colspan", "rowspan"]),
    "th": frozenset(["colspan", "rowspan", "scope"]),
    "ol": frozenset(["start"]),
    "time": frozenset(["datetime"]),
}
NUMBERS = frozenset(["width", "height", "colspan", "rowspan", "start"])
NUMBER = re.compile(r"\s*(\d{1,4})(?:px)?\s*")
VALUE_CHARS = 500  # of titles, descriptions of pictures, times
MAIL = re.compile(r"mailto:[^\s<>\"'\\]+", re.IGNORECASE)
REL = "nofollow noopener noreferrer"
VIDEO, AUDIO, DOCUMENT = "▶ 视频", "▶ 音频", "📄 文件"


def clean(html: str, base_url: str | None) -> CleanHtml:
    """Return the piece of HTML made harmless. base_url: address of its page; without it relative links are dropped.

    What stands behind the bounds of `document.bounded` is left out.
    """
    cleaning = _Cleaning(base_url)
    for node in read_html(bounded(html)):
        cleaning.take(node)
    return CleanHtml(cleaning.writer.html())


def clean_node(node: HtmlElement, base_url: str | None) -> CleanHtml:
    """Return an element made harmless; the one given is not changed."""
    return clean(tostring(node, encoding="unicode", with_tail=False), base_url)


class _Cleaning:
    def __init__(self, base_url: str | None) -> None:
        self.base_url, self.writer = base_url, HtmlWriter()
        self._opened: list[Opened | None] = []

    def take(self, node: Node) -> None:
        """Write one step of the tree: a text, the start of an element, or its end."""
        if node.is_end:
            self.writer.end(self._opened.pop())
        elif node.text is not None:
            self.writer.text(node.text)
        elif node.tag in PLAYERS:
            self._player(node)
            node.skip()
        elif node.tag in DROPPED_WHOLE:
            node.skip()
        else:
            self._opened.append(self._element(node))

    def _element(self, node: Node) -> Opened | None:
        if node.tag not in TAGS:
            return None
        attributes = dict(self._attributes(node))
        is_pointless = (node.tag == "a" and "href" not in attributes) or (
            node.tag == "img" and ("src" not in attributes or is_icon(node.attributes))
        )
        return None if is_pointless else self.writer.start(node.tag, attributes)

    def _attributes(self, node: Node) -> Iterator[tuple[str, str]]:
        if node.tag == "a" and (href := self._link(node.attributes.get("href") or "")):
            yield from (("href", href), ("rel", REL))
        if node.tag == "img" and (src := picture_url(node.attributes, self.base_url)):
            yield "src", src
        for name in sorted(ATTRIBUTES.get(node.tag, frozenset()) - {"href", "src"}):
            value = node.attributes.get(name) or ""
            if name not in NUMBERS:
                value = value[:VALUE_CHARS].strip()
            else:
                value = found[1] if (found := NUMBER.fullmatch(value)) else ""
            if value:
                yield name, value

    def _link(self, href: str) -> str:
        href = href.strip()
        if not href.lower().startswith("mailto:"):
            return absolute(href, self.base_url)
        return href if len(href) <= URL_CHARS and MAIL.fullmatch(href) else ""

    def _player(self, node: Node) -> None:
        """A link to what the player plays, in a paragraph of its own; nothing where nobody could follow it."""
        match node.tag:
            case "iframe" | "embed":
                url, label = player_url(node.attributes, self.base_url), VIDEO
                if not url:
                    url, label = document_url(node.attributes, self.base_url), DOCUMENT
            case "mpvoice" | "mp-common-mpaudio":
                url, label = voice_url(node.attributes), AUDIO
            case _:
                url = file_url(node.attributes, self.base_url) or absolute(node.first_source(), self.base_url)
                label = AUDIO if node.tag == "audio" else VIDEO
        if not url or self.writer.has_open("a"):
            return
        paragraph = None if self.writer.has_open("p") else self.writer.start("p")
        link = self.writer.start("a", {"href": url, "rel": REL})
        self.writer.text(label)
        self.writer.end(link)
        self.writer.end(paragraph)
