"""Find the element in which a site system puts the article, where the page is one of a system that we know.

Facts: pages of the systems that Chinese units publish with, and themes of WordPress; names are compared in lower case.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from lxml.html import HtmlElement

# id or class → the system that writes it. Generic names (content, detail) are not here: lists and menus carry them too.
SYSTEMS: Mapping[str, str] = {
    "v_news_content": "博达 VSB",
    "wp_articlecontent": "苏迪 WebPlus",
    "trs_editor": "拓尔思 TRS",
    "trs_editor_view": "拓尔思 TRS",
    "trs_ueditor": "拓尔思 TRS",
    "view trs_ueditor": "拓尔思 TRS",
    "trs_preappend": "拓尔思 TRS",
    "zoom": "大汉 jcms",
    "zoomcon": "大汉 jcms",
    "ucap-content": "开普 UCAP",
    "ucapcontent": "开普 UCAP",
    "pages_content": "中国政府网",
    "rich_media_content": "微信公众号",
    "rm_txt_con": "人民网",
    "entry-content": "WordPress",
    "post-content": "WordPress",
    "post_content": "WordPress",
    "td-post-content": "WordPress",
    "wp-block-post-content": "WordPress",
    "articlebody": "schema.org",
    "article-body": "",
    "article_body": "",
    "article-content": "",
    "article_content": "",
    "articlecontent": "",
    "news-content": "",
    "news_content": "",
    "newscontent": "",
    "news-body": "",
    "content-article": "",
    "main-text": "",
    "post_body": "",
    "post_text": "",
}
# The number of the text stands behind the name: vsb_content_2, vsb_content_501.
STEMS = ("vsb_content",)
TAGS = frozenset(["article"])
MOST_ABOVE = 200  # elements between one of them and another around it
ALONE_SHARE = 0.8  # of the text of all such elements: below it the page holds several articles, or a list


def named_container(nodes: Iterable[HtmlElement], amount: Mapping[HtmlElement, float]) -> HtmlElement | None:
    """Return the one element that a system names as its article, None where there is none or several.

    nodes: of the page, in its order. amount: how much text stands in each element and below it.
    """
    found = [node for node in nodes if amount.get(node, 0.0) > 0 and _is_named(node)]
    outermost = _outermost(found)
    outer = dict.fromkeys(outermost.values())
    total = sum(amount[node] for node in outer)
    best = max(outer, key=lambda node: amount[node], default=None)
    if best is None or amount[best] < ALONE_SHARE * total:
        return None
    # The innermost that still holds it: an `article` also carries headline, tags and what is related.
    inside = [node for node in found if outermost[node] is best and amount[node] >= ALONE_SHARE * amount[best]]
    return inside[-1]


def _is_named(node: HtmlElement) -> bool:
    if node.tag in TAGS or (node.get("itemprop") or "").lower() == "articlebody":
        return True
    identity = (node.get("id") or "").lower()
    if identity in SYSTEMS or identity.startswith(STEMS):
        return True
    names = node.get("class")
    return names is not None and any(name in SYSTEMS or name.startswith(STEMS) for name in names.lower().split())


def _outermost(found: Sequence[HtmlElement]) -> Mapping[HtmlElement, HtmlElement]:
    """For each of the elements, which are in the page's order, the outermost of them around it, or itself."""
    outermost: dict[HtmlElement, HtmlElement] = {}
    for node in found:
        above = next((each for each in islice(node.iterancestors(), MOST_ABOVE) if each in outermost), node)
        outermost[node] = outermost.get(above, node)
    return outermost
