"""Bytes of a page → what the collector reads from it: the steps in order, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lxml.html import HtmlElement

from crawler.extract.authors import read_account, read_author
from crawler.extract.blocks import Block, plain_text, read_blocks, squeeze
from crawler.extract.body import Body, read_body
from crawler.extract.charset import decode
from crawler.extract.clean import clean_node
from crawler.extract.date_search import times_in_scripts
from crawler.extract.dates import read_published
from crawler.extract.document import parse
from crawler.extract.heading import without_heading
from crawler.extract.media import read_all_media, read_media
from crawler.extract.meta import read_declared
from crawler.extract.state import PageState
from crawler.extract.titles import read_title
from crawler.extract.wechat import is_wechat, read_wechat
from indexer.items import CleanHtml, Media
from indexer.times import Published

NO_HTML = CleanHtml("")
HEADLINE_BLOCKS = 40  # a headline further from its article is another's


class PageKind(StrEnum):
    """Whose form the page has."""

    PAGE = "page"
    WECHAT = "wechat_page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says. Empty text where it says nothing; published None where nothing on it names a day.

    author: the writers of the byline, else who published. account: the account or paper that published.
    """

    kind: PageKind
    state: PageState
    title: str = ""
    author: str = ""
    account: str = ""
    published: Published | None = None
    text: str = ""
    html: CleanHtml = NO_HTML
    media: tuple[Media, ...] = ()


def read_page(body: bytes, *, url: str | None = None, content_type: str | None = None) -> Page:
    """Read one page. url: where it was found, for relative links. content_type: the HTTP header.

    Pure. What holds no article has a state other than ok, or no text; nothing is raised for any bytes.
    """
    text = decode(body, content_type)
    tree = parse(text)
    if tree is None:
        return Page(kind=PageKind.PAGE, state=PageState.UNKNOWN)
    return _read_wechat(tree, url) if is_wechat(tree, text, url) else _read_article(tree, url)


def _read_wechat(tree: HtmlElement, url: str | None) -> Page:
    found = read_wechat(tree)
    if found.content is None:
        return Page(kind=PageKind.WECHAT, state=found.state, account=found.account)
    return Page(
        kind=PageKind.WECHAT,
        state=found.state,
        title=found.title,
        author=found.author,
        account=found.account,
        published=found.published,
        text=plain_text(found.content),
        html=clean_node(found.content, url),
        media=read_all_media(found.content, url),
    )


def _read_article(tree: HtmlElement, url: str | None) -> Page:
    # The scripts are read first: finding the body takes them out.
    declared, scripts = read_declared(tree), times_in_scripts(tree)
    body = read_body(tree)
    blocks = list(read_blocks(tree))
    start, end = _span(blocks, body)
    title = read_title(blocks, declared, start=start)
    at = _headline(blocks, title, start)
    account = read_account(blocks, declared, title=at, start=start)
    body = body and without_heading(body, title)
    return Page(
        kind=PageKind.PAGE,
        state=PageState.OK if body else PageState.UNKNOWN,
        title=title,
        author=read_author(blocks, declared, title=at, start=start, end=end) or account,
        account=account,
        published=read_published(blocks, declared, title=at, start=start, scripts=scripts, url=url),
        text=body.text if body else "",
        html=clean_node(body.node, url) if body else NO_HTML,
        media=read_media(body.node, url) if body else (),
    )


def _span(blocks: Sequence[Block], body: Body | None) -> tuple[int, int]:
    """Places of the article's first block and behind its last one."""
    if body is None:
        return 0, len(blocks)
    inside = set(body.source.iter())
    places = [place for place, block in enumerate(blocks) if block.node in inside]
    return places[0], places[-1] + 1


def _headline(blocks: Sequence[Block], title: str, start: int) -> int | None:
    """Place of the block that shows the headline, the nearest to the article."""
    plain = squeeze(title)
    near = range(max(0, start - HEADLINE_BLOCKS), min(len(blocks), start + HEADLINE_BLOCKS))
    places = [place for place in near if plain and squeeze(blocks[place].text) == plain]
    return min(places, key=lambda place: abs(place - start)) if places else None
