"""Find what may be the headline: headings of any rank, what is named or styled as one, the line above the date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.body.blocks import Block, read_blocks, squeeze, tidy
from crawler.extract.body.boilerplate import is_hidden, words
from crawler.extract.fields.date_lines import dates_of, is_fact_line

TITLE_CHARS, SHORTEST = 200, 4
ABOVE, INSIDE = 20, 3  # blocks above the article's first one, and from it on, among which the headline stands
SECTION_CHARS, WORD_CHARS = 12, 6  # longer texts are no names of sections, even where the menu has them
FIRST_RANKS, RANKS = frozenset(["h1", "h2", "h3"]), frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
TITLE_WORDS = frozenset(["title", "headline", "biaoti", "bt", "tit", "subject", "h1", "topic"])
TITLE_NAME = re.compile(
    r"(?<!sub)(?<!s_)(?<!fu)(?:title|headline|biaoti)$|^(?:wz|nr|xw|news|cont?|content|art|article|info|main|show|detail|d)(?:bt|tit)$"
)
# How much a place's word counts.
FIRST_HEADING, HEADING, LOW_HEADING, NAMED, STYLED, PLAIN, ABOVE_DATE = 2.0, 1.2, 0.9, 0.8, 0.8, 0.2, 1.4
SIZE = re.compile(
    r"font(?:-size)?\s*:[^;]{0,60}?(\d{1,3}(?:\.\d{1,2})?)\s*(px|pt|r?em|%)|font-size\s*:\s*(?:xx?-)?large", re.I
)
BIG = {"px": 18.0, "pt": 14.0, "em": 1.3, "rem": 1.3, "%": 130.0}
CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
MOST_LINES = 6  # of a heading
MOST_STYLED = 6  # elements of a block that are looked at
CRUMBS = re.compile(
    r"^(?:首\s*页|主页|当前位置|您?(?:现在|当前)?所?在?的?位置|网站首页)|(?:首页|home)\s*[>»›/→-]", re.IGNORECASE
)
SECTION = re.compile(
    r"(?:动态|公告|公示|资讯|中心|专栏|专题|要闻|新闻|活动|详情|详细|正文|首页|概况|之窗|园地|频道|栏目|文章|内容|信息|通知|简报|快讯|播报|文库|天地|课堂|公开|专区|目录|指南|解读|政策|文件|预告"
    r"|报道|风采|聚焦|头条|百科|视界|视点|一览|纵横)$"
)


# Between headline, section and site in the title element.
SEPARATOR = re.compile(r"\s*[_|｜丨]+\s*|\s+[-–—―·»«:：]+\s+|\s*[-–—―]{2,}\s*|-(?=[^-]*$)|\s*[»«]\s*|\s*>+\s*")
# What a template calls every page of its kind.
TEMPLATE = re.compile(
    r"(?:新闻|文章|资讯|信息|公告|通知|活动|动态|内容)?(?:详情|详细|正文|内容)(?:页|页面)?|打印(?:文章|新闻|本页|页面|预览)?"
)
SITE_CHARS = 16
SITE = re.compile(
    r"(?:学会|协会|科协|大学|学院|学校|中学|小学|研究[院所]|科学院|[馆局厅委院园社网台报]|政府|委员会|中心|官网|网站|主页|门户|集团|公司|平台|频道|客户端)$"
)
INLINE, MOST_INLINE = frozenset(["span", "b", "strong", "font", "a", "em", "i", "label"]), 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A text that may be the headline, and how much its place speaks for it."""

    text: str
    weight: float


def read_headings(blocks: Sequence[Block], *, start: int, whole: str, chinese: bool) -> Iterator[Heading]:
    """Yield each candidate in the page's order.

    start: place of the article's first block. whole: what the title element says, squeezed.
    """
    seen: set[HtmlElement] = set()
    tags: set[str] = set()
    for place, block in enumerate(blocks):
        node = block.node
        if node in seen or block.chars > TITLE_CHARS:
            continue
        seen.add(node)
        near = place <= start + INSIDE
        if not near and squeeze(block.text) not in whole:
            continue  # of a list of other articles
        node = _own_element(block) if near else node
        tag = str(node.tag)
        text = _of_heading(node, chinese=chinese) if tag in RANKS else block.text
        weight = _of_names(node, is_first=tag not in tags) * (1.0 if near else 0.4)
        tags.add(tag)
        if not weight and near and squeeze(text) in whole:
            weight = PLAIN
        if near and place >= start - ABOVE:
            weight += _of_looks(blocks, place, node, is_inside=place >= start, chinese=chinese)
        if weight:
            yield Heading(text, weight)


def _of_heading(node: HtmlElement, *, chinese: bool) -> str:
    """The text of a heading without the line of facts that some systems put into it."""
    texts = [block.text for block in islice(read_blocks(node), MOST_LINES)]
    return tidy(" ".join([*texts[:1], *(text for text in texts[1:] if not is_fact_line(text, chinese=chinese))]))


def _of_names(node: HtmlElement, *, is_first: bool) -> float:
    """What rank, class and id say; is_first: no element of this rank came before."""
    if node.tag in FIRST_RANKS:
        return FIRST_HEADING if node.tag == "h1" and is_first else HEADING
    return NAMED if is_named_title(node) else 0.0


def is_named_title(node: HtmlElement) -> bool:
    """Whether class or id say that the element is a title."""
    own = words(node)
    return bool(own) and (bool(own & TITLE_WORDS) or any(TITLE_NAME.search(word) for word in own))


def section_names(blocks: Sequence[Block]) -> frozenset[str]:
    """Return the short texts of the page's links, squeezed: menus and crumbs name the sections there."""
    return frozenset(
        squeeze(block.text)
        for block in blocks
        if block.chars <= SECTION_CHARS and block.link_chars and block.link_chars * 10 >= block.chars * 8
    )


def is_section(text: str, menu: frozenset[str]) -> bool:
    """Whether a text names a section of the site, the way to it, or a section and the site."""
    if CRUMBS.search(text.strip()):
        return True
    parts = [plain for part in SEPARATOR.split(text) if (plain := squeeze(part))]
    is_several = len(parts) > 1
    return bool(parts) and all(_is_menu_word(part, menu) or (is_several and is_site(part)) for part in parts)


def _is_menu_word(plain: str, menu: frozenset[str]) -> bool:
    is_word = len(plain) <= WORD_CHARS and bool(SECTION.search(plain))
    return len(plain) <= SECTION_CHARS and (plain in menu or is_word)


def is_site(text: str) -> bool:
    """Whether a text may be no more than the name of who runs a site."""
    return len(squeeze(text)) <= SITE_CHARS and bool(SITE.search(text.strip()))


def _own_element(block: Block) -> HtmlElement:
    """The innermost element around the block's text: a `span` where others stand beside it."""
    if len(block.pieces) != 1:
        return block.node
    inline = (
        child
        for child in islice(block.node, MOST_INLINE)
        if child.tag in INLINE and squeeze(child.text or "") == squeeze(block.text)
    )
    return next(inline, block.node)


def _of_looks(blocks: Sequence[Block], place: int, node: HtmlElement, *, is_inside: bool, chinese: bool) -> float:
    """What rank, style and the line below say of a short line that is no link, no sentence, and no line of facts."""
    block = blocks[place]
    is_line = SHORTEST <= block.chars <= TITLE_CHARS // 2 and block.link_chars * 2 < block.chars
    if not is_line or block.text[-1] in "。；;，,：:" or is_fact_line(block.text, chinese=chinese) or is_hidden(node):
        return 0.0
    weight = LOW_HEADING if node.tag in RANKS - FIRST_RANKS else 0.0
    if _is_big(node, is_inside=is_inside):
        weight += STYLED
    below = blocks[place + 1] if place + 1 < len(blocks) else None
    if below and is_fact_line(below.spaced, chinese=chinese) and any(dates_of(below.spaced, chinese=chinese)):
        weight += ABOVE_DATE
    return weight


def _is_big(node: HtmlElement, *, is_inside: bool) -> bool:
    """Whether the style shows the line larger than text; inside the article it must be centred too."""
    parent = node.getparent()
    around = [node, *islice(node.iterdescendants(), MOST_STYLED)]
    is_centred = any(
        (each.get("align") or "").lower() == "center" or each.tag == "center" or CENTRED.search(each.get("style") or "")
        for each in (*around, *([parent] if parent is not None else []))
    )
    if is_inside and not is_centred:
        return False
    is_bold = any(each.tag in ("b", "strong", "big") for each in around)
    return any(_has_size(each) for each in around) or (is_centred and is_bold)


def _has_size(node: HtmlElement) -> bool:
    if node.tag == "font" and (node.get("size") or "").strip() in ("4", "5", "6", "7", "+1", "+2", "+3"):
        return True
    found = SIZE.search((node.get("style") or "")[:500])
    return found is not None and (found[1] is None or float(found[1]) >= BIG[found[2].lower()])
