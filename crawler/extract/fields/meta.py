"""Read a page's metadata: government meta tags, Dublin Core, OpenGraph, microdata; JSON-LD: `linked.py`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.body.blocks import inner_text, tidy
from crawler.extract.body.boilerplate import is_comment
from crawler.extract.fields.date_lines import Role, is_fact_line, role_before
from crawler.extract.fields.linked import ARTICLE, PAGE, read_linked

VALUE_CHARS = 500
MOST_VALUES = 30  # of one field; no honest page declares more, and titles are compared each with all
# Meta names, best first, in lower case without blanks. GB/T 33-series government pages: ArticleTitle, PubDate …
TITLE_NAMES_TEXT = """
    articletitle headline og:title dc.title dcterms.title citation_title twitter:title title
"""
TITLE_NAMES = tuple(TITLE_NAMES_TEXT.split())
TIME_NAMES_TEXT = """
    pubdate article:published_time og:article:published_time publishdate publish_date publish-date publishtime
    publish_time published_time datepublished firstpublishedtime publishedtime publisheddate
    article:published article.published
    og:release_date release_date releasedate og:pubdate
    og:time weibo:article:create_at article:create_at bytedance:published_time dcterms.issued dc.date.issued
    parsely-pub-date sailthru.date
    citation_publication_date citation_online_date article_date_original pubtime apub:time
"""
# Often the day on which a template was made: a date line outvotes them.
MADE_NAMES = ("dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "createdate", "create_date", "date")
TIME_NAMES = tuple(TIME_NAMES_TEXT.split())
CHANGED_NAMES_TEXT = """
    dateupdate updatetime article:modified_time og:updated_time weibo:article:update_at bytedance:updated_time
    dcterms.modified dc.date.modified lastmodifiedtime last-modified
"""
CHANGED_NAMES = tuple(CHANGED_NAMES_TEXT.split())
AUTHOR_NAMES = [
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
]
SOURCE_NAMES = ["contentsource", "source", "article:source", "mediaid", "og:article:source"]
SITE_NAMES = ["og:site_name", "sitename", "application-name", "copyright", "apple-mobile-web-app-title"]
EDITOR_NAMES = ["editor", "responsibleeditor"]
# What programs write into a new page.
EDITORS_TITLE = re.compile(
    r"(?:无标题文档|无标题|新建网页\s?\d*|untitled(?: document)?|new page\s?\d*|document)", re.IGNORECASE
)
AGO = re.compile(
    r"(?:\d{1,3}|[一二两三四五六七八九十半几]+)\s?(?:秒钟?|分钟|个?小时|天|周|个?月|年)[之以]?前|刚刚|[今昨前]天"
)
MAX_ABOVE = 12  # elements above a microdata value or a `time` that tell whose it is


@dataclass(frozen=True, slots=True)
class Declared:
    """Fields as declared, best first; nothing is parsed or believed yet. marked: times that say less."""

    titles: Sequence[str] = ()
    times: Sequence[str] = ()
    changed: Sequence[str] = ()
    marked: Sequence[str] = ()
    authors: Sequence[str] = ()
    sources: Sequence[str] = ()
    sites: Sequence[str] = ()
    editors: Sequence[str] = ()
    page_title: str = ""
    is_chinese: bool = False


def read_declared(page: HtmlElement, url: str | None = None) -> Declared:
    """Collect the declared fields of a page; scripts must still stand in the tree. url: the page's own address."""
    metas = _metas(page)
    title = next(page.iter("title"), None)
    page_title = tidy(str(title.text_content())[:VALUE_CHARS]) if title is not None else ""
    if EDITORS_TITLE.fullmatch(page_title):
        title, page_title = None, ""
    linked = read_linked(page, titles=[page_title, *_named(metas, TITLE_NAMES)], url=url)
    return Declared(
        titles=_unique(
            [
                *_named(metas, TITLE_NAMES[:2]),
                *linked.titles,
                *_named(metas, TITLE_NAMES[2:]),
                *_items(page, "headline"),
            ]
        ),
        times=_unique(
            [
                *_named(metas, TIME_NAMES[:3]),
                *linked.times,
                *_named(metas, TIME_NAMES[3:]),
            ]
        ),
        marked=_unique([*_time_elements(page), *_named(metas, MADE_NAMES)]),
        changed=_unique(_named(metas, CHANGED_NAMES)),
        authors=_unique([*linked.authors, *_named(metas, AUTHOR_NAMES), *_items(page, "author")]),
        sources=_unique(_named(metas, SOURCE_NAMES)),
        sites=_unique([*_named(metas, SITE_NAMES), *linked.sites]),
        editors=_unique(_named(metas, EDITOR_NAMES)),
        page_title=page_title,
        is_chinese=_is_chinese(page, title),
    )


def _metas(page: HtmlElement) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if not name and (name := meta.get("itemprop") or "") and not _is_of_article(meta):
            continue
        value = tidy((meta.get("content") or meta.get("value") or "")[:VALUE_CHARS])
        if name and value:
            found.setdefault("".join(name.split()).lower().lstrip("_"), []).append(value)
    return found


def _named(metas: Mapping[str, list[str]], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _items(page: HtmlElement, prop: str) -> Iterator[str]:
    """Microdata outside `meta`, where the page holds only one of it: several are a list of other articles."""
    found = [node for node in page.xpath("//*[@itemprop=$prop][not(self::meta)]", prop=prop)]
    if len(found) == 1:
        name = found[0].find(".//*[@itemprop='name']")
        yield inner_text(name if name is not None else found[0])[:VALUE_CHARS]


def _is_of_article(node: HtmlElement) -> bool:
    """Whether a microdata value is the article's or the page's: not a comment's, a video's, an event's."""
    for above in islice(node.iterancestors(), MAX_ABOVE):
        if above.get("itemscope") is not None:
            kind = (above.get("itemtype") or "").rstrip("/").rpartition("/")[2]
            return bool(ARTICLE.search(kind) or PAGE.search(kind))
    return True


def _time_elements(page: HtmlElement) -> Iterator[str]:
    """The first `time` that says it is the publication's; any `time` where all on the page agree on the day."""
    found = [
        (node, value)
        for node in page.iter("time", "abbr")
        if (value := node.get("datetime") or node.get("title")) and _may_be_published(node)
    ]
    said = [value for node, value in found if _says_published(node)]
    if said:
        yield said[0]
    elif len({value[:10] for _, value in found}) == 1 and _is_in_facts(found[0][0]):
        yield found[0][1]


def _may_be_published(node: HtmlElement) -> bool:
    """Whether neither the words before it nor its place say that it is another: 讲座时间, Received, a comment's."""
    previous = node.getprevious()
    before = previous.tail if previous is not None else getattr(node.getparent(), "text", "")
    if role_before(before or "") in (Role.OTHER, Role.CHANGED) or not _is_of_article(node):
        return False
    return not any(is_comment(above) for above in islice(node.iterancestors(), MAX_ABOVE))


def _is_in_facts(node: HtmlElement) -> bool:
    """Whether it stands in a line of facts, not in a sentence."""
    previous = node.getprevious()
    before = previous.tail if previous is not None else getattr(node.getparent(), "text", "")
    text = tidy(f"{before or ''} {inner_text(node, most=VALUE_CHARS)} {node.tail or ''}")
    return not text or bool(AGO.fullmatch(text)) or is_fact_line(text, chinese=True)


def _says_published(node: HtmlElement) -> bool:
    names = (node.get("class") or "").lower()
    return node.get("pubdate") is not None or node.get("itemprop") == "datePublished" or "publish" in names


def _unique(values: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(value for value in values if value), MOST_VALUES))


def _is_chinese(page: HtmlElement, title: HtmlElement | None) -> bool:
    """Whether the page is in Chinese, by its letters: the lang attribute is often a leftover of the theme."""
    sample = "".join(str(page.text_content()).split())[:50_000] if title is None else str(title.text_content())
    wide = sum("一" <= char <= "鿿" for char in sample)
    letters = sum(char.isalpha() for char in sample)
    kana = sum("぀" <= char <= "ヿ" for char in sample)
    return wide * 5 >= letters > 0 and kana * 20 < wide
