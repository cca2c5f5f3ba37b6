"""Find the article's pictures and players that stand in boxes of their own, between headline and text or below it."""

import copy
import re
from collections.abc import Iterator, Set
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.body.blocks import inner_text
from crawler.extract.body.boilerplate import is_boilerplate, is_comment, is_hidden
from crawler.extract.body.main_text import Body
from crawler.extract.media import document_url, file_url, is_icon, picture_url, player_url

MOST_SHOWN = 12
PLAYERS = ("video", "audio", "iframe", "embed")
SHOWN = ("img", *PLAYERS)
MOST_ABOVE = 30  # elements above a picture that are looked at
CAPTION_CHARS = 120  # a box with more text than a caption is another piece
BOXES_BELOW = 2
NO_PICTURE = re.compile(
    r"logo|icon|(?:^|[/_-])(?:ico|qr|ewm|bg|ad|btn|dot|top|nav)(?=[\d_.-])|qrcode|erweima|weixin|wechat|share|print|arrow|button|banner|avatar|sprite|ggimg",
    re.IGNORECASE,
)
PAGE = "http://page.invalid/"


def with_media_around(body: Body, page: HtmlElement, headline: HtmlElement | None) -> Body:
    """Return the body with the pictures and players beside it in its tree; its text stays as it is."""
    known = {node.get("src") for node in body.source.iter("img", *PLAYERS)}
    boxes = _Boxes(set(body.source.iterancestors()))
    new = (each for each in _above(body.source, page, headline) if each.get("src") not in known or not each.get("src"))
    above = list(islice(filter(boxes.is_article_s, new), MOST_SHOWN))
    below = list(islice(filter(boxes.is_article_s, _below(body.source)), MOST_SHOWN))
    if not above and not below:
        return body
    root = body.node.makeelement("div")
    for each in above:
        root.append(_paragraph(each))
    root.append(body.node)
    for each in below:
        root.append(_paragraph(each))
    return Body(source=body.source, node=root, text=body.text)


def _above(source: HtmlElement, page: HtmlElement, headline: HtmlElement | None) -> Iterator[HtmlElement]:
    """What stands behind the headline and before the text, and the one box right above the headline."""
    if headline is None or headline is source or source in headline.iterancestors():
        return
    if (above := headline.getprevious()) is not None and headline.getparent() in set(source.iterancestors()):
        yield from above.iter(*SHOWN)
    is_behind = False
    for node in page.iter():
        if node is source:
            return
        is_behind = is_behind or node is headline
        if is_behind and node.tag in SHOWN:
            yield node


def _below(source: HtmlElement) -> Iterator[HtmlElement]:
    """What stands in the boxes that follow the text, up to one with text of its own."""
    for box in islice(source.itersiblings(), BOXES_BELOW):
        if (
            len(inner_text(box, most=CAPTION_CHARS)) > CAPTION_CHARS
            or next(box.iter("ul", "ol", "form", "h3"), None) is not None
        ):
            return
        yield from box.iter(*SHOWN)


class _Boxes:
    """Tells whose the pictures and players are that stand beside an article. around: the elements above both."""

    def __init__(self, around: Set[HtmlElement]) -> None:
        self.around = around
        self.short: dict[HtmlElement, bool] = {}  # thousands of pictures may stand in one box, which is read once

    def is_article_s(self, node: HtmlElement) -> bool:
        """Whether it shows something, and its box holds nothing else but a caption."""
        if not (_is_played(node) if node.tag in PLAYERS else _is_picture(node)):
            return False
        box = node
        for above in islice(node.iterancestors(), MOST_ABOVE):
            if above in self.around:
                return self._is_short(box)
            if _is_another_s(above):
                return False
            box = above
        return False  # deeper than any caption's picture

    def _is_short(self, box: HtmlElement) -> bool:
        if (known := self.short.get(box)) is None:
            known = self.short[box] = len(inner_text(box, most=CAPTION_CHARS)) <= CAPTION_CHARS
        return known


def _is_picture(img: HtmlElement) -> bool:
    address = picture_url(img, PAGE)
    return bool(address) and not is_icon(img) and not NO_PICTURE.search(address.removeprefix(PAGE))


def _is_played(player: HtmlElement) -> bool:
    """Whether it plays something, as far as its own attributes and the first of its files say."""
    if player.tag in ("iframe", "embed"):
        return bool(player_url(player, PAGE) or document_url(player, PAGE))
    source = player.find(".//source")
    return bool(file_url(player, PAGE) or (source is not None and file_url(source, PAGE)))


def _is_another_s(node: HtmlElement) -> bool:
    """Whether what stands in the element is no part of the article: boilerplate, or a link to another page."""
    href = (node.get("href") or "").lower()
    is_link = (
        node.tag == "a" and bool(href) and not re.search(r"^(?:#|javascript)|\.(?:jpe?g|png|gif|webp)(?:\?|$)", href)
    )
    return is_link or is_boilerplate(node) or is_comment(node) or is_hidden(node)


def _paragraph(node: HtmlElement) -> HtmlElement:
    paragraph = node.makeelement("p")
    shown = copy.deepcopy(node)
    shown.tail = None
    paragraph.append(shown)
    return paragraph
