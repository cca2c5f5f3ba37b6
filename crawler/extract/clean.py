"""HTML from outside → HTML that may be shown: an allow-list of tags, attributes and schemes, absolute addresses.

The only maker of `CleanHtml`. No script, style, form, frame or foreign class survives; players become links.
"""

import copy

import nh3
from lxml.html import HtmlElement, tostring
from lxml.html.builder import A, P

from crawler.extract.document import fragment
from crawler.extract.media import absolute, is_icon, picture_url, player_url, voice_url
from indexer.items import CleanHtml

TAGS_TEXT = """
    a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4
    h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table
    tbody td tfoot th thead time tr u ul var
"""
TAGS = frozenset(TAGS_TEXT.split())
DROPPED_WHOLE_TEXT = """
    script style noscript template svg math form object embed iframe title textarea select button
"""
DROPPED_WHOLE = frozenset(DROPPED_WHOLE_TEXT.split())
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "time": {"datetime"},
}
SCHEMES = frozenset(["http", "https", "mailto"])
REL = "nofollow noopener noreferrer"
VIDEO, AUDIO = "▶ 视频", "▶ 音频"


def clean(html: str, base_url: str | None) -> CleanHtml:
    """Return the piece of HTML made harmless. base_url: address of its page; without it relative links are dropped."""
    if not html.strip():
        return CleanHtml("")
    cleaned = clean_node(fragment(html), base_url)
    return CleanHtml(cleaned.removeprefix("<div>").removesuffix("</div>").strip())  # the fragment's own wrapper


def clean_node(node: HtmlElement, base_url: str | None) -> CleanHtml:
    """Return an element made harmless; the one given is not changed."""
    node = copy.deepcopy(node)
    for each in list(node.iter("img", "iframe", "embed", "video", "audio", "mpvoice", "a")):
        _resolve(each, base_url)
    raw = tostring(node, encoding="unicode")
    return CleanHtml(
        nh3.clean(
            raw,
            tags=set(TAGS),
            clean_content_tags=set(DROPPED_WHOLE - TAGS),
            attributes=ATTRIBUTES,
            url_schemes=set(SCHEMES),
            link_rel=REL,
            strip_comments=True,
        ).strip()
    )


def _resolve(node: HtmlElement, base_url: str | None) -> None:
    match node.tag:
        case "a":
            href = (node.get("href") or "").strip()
            if not href.lower().startswith("mailto:"):
                _set(node, "href", absolute(href, base_url))
        case "img":
            _set(node, "src", picture_url(node, base_url))
            if not node.get("src") or is_icon(node):
                node.drop_tree()
        case "iframe" | "embed":
            _replace(node, player_url(node, base_url), VIDEO)
        case "mpvoice":
            _replace(node, voice_url(node), AUDIO)
        case _:
            first = node.find("source")
            address = node.get("src") or node.get("data-src") or (first.get("src") if first is not None else "")
            _replace(node, absolute(address or "", base_url), AUDIO if node.tag == "audio" else VIDEO)


def _set(node: HtmlElement, name: str, value: str) -> None:
    if value:
        node.set(name, value)
    else:
        node.attrib.pop(name, None)


def _replace(node: HtmlElement, url: str, label: str) -> None:
    parent = node.getparent()
    if url and parent is not None:
        node.addprevious(P(A(label, href=url)))
    node.drop_tree()
