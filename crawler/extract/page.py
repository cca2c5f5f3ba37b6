"""Read a page from its bytes: run the steps of extraction in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lxml.html import HtmlElement

from crawler.dates.search import times_in_scripts
from crawler.extract.body.bare import behind_facts
from crawler.extract.body.blocks import Block, plain_text, read_blocks, squeeze
from crawler.extract.body.heading import without_heading
from crawler.extract.body.main_text import Body, read_body
from crawler.extract.body.surroundings import with_media_around
from crawler.extract.charset import decode
from crawler.extract.clean import clean_node
from crawler.extract.document import parse
from crawler.extract.fields.authors import read_account, read_author
from crawler.extract.fields.meta import read_declared
from crawler.extract.fields.published import read_published
from crawler.extract.fields.titles import read_title
from crawler.extract.media import absolute, read_all_media, read_media
from crawler.extract.players import NO_FACTS, read_facts, with_facts
from crawler.extract.state import PageState
from crawler.extract.unscripted import unscript
from crawler.extract.waiting import waiting_pieces, with_waiting
from crawler.extract.wechat.page import is_wechat, read_wechat
from indexer.base.times import Published
from indexer.catalogue.items import CleanHtml, Media

NO_HTML = CleanHtml("")
HEADLINE_BLOCKS = 40  # a headline further from its article is another's


class PageKind(StrEnum):
    """Whose form the page has."""

    PAGE = "page"
    WECHAT = "wechat_page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says. Empty text where it says nothing; published None where nothing on it surely names the day;
    is_day_uncertain: it names days, but it does not tell which of them is that of publication.

    author: the writers of the byline, else who published. account: the account or paper that published.
    """

    kind: PageKind
    state: PageState
    title: str = ""
    author: str = ""
    account: str = ""
    published: Published | None = None
    is_day_uncertain: bool = False
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
    return _read_wechat(tree, url) if is_wechat(tree, text, url) else _read_article(tree, text, url)


def read_content(html: str, *, url: str) -> Page:
    """Read an article's own content, of WeChat's API say, which has its fields beside it. Pure, as `read_page` is.

    Its state is ok where it says or shows something.
    """
    tree = parse(f"<html><body>{html}</body></html>")
    if tree is None:
        return Page(kind=PageKind.WECHAT, state=PageState.UNKNOWN)
    text, media = plain_text(tree), with_facts(read_all_media(tree, url), NO_FACTS, tree, base=url)
    state = PageState.OK if text.strip() or media else PageState.UNKNOWN
    return Page(kind=PageKind.WECHAT, state=state, text=text, html=clean_node(tree, url), media=media)


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
        is_day_uncertain=found.is_day_uncertain,
        text=plain_text(found.content),
        html=clean_node(found.content, url),
        media=with_facts(read_all_media(found.content, url), NO_FACTS, found.content, base=url),
    )


def _read_article(tree: HtmlElement, text: str, url: str | None) -> Page:
    # The scripts are read first: finding the body takes them out.
    declared, scripts, facts = read_declared(tree, url), times_in_scripts(tree), read_facts(tree, url)
    waiting = waiting_pieces(tree)
    unscript(tree, text)
    _alive = list(tree.iter())  # an element without a reference would be made anew at each look
    blocks, body = _blocks_and_body(tree, waiting)
    start, end = _span(blocks, body)
    title = read_title(blocks, declared, start=start)
    at = _headline(blocks, title, start)
    account = read_account(blocks, declared, title=at, start=start, end=end)
    body = body and with_media_around(without_heading(body, title), tree, blocks[at].node if at is not None else None)
    base = _base(tree, url)
    day = read_published(blocks, declared, title=at, start=start, end=end, scripts=scripts, url=url)
    article = body.node if body else None
    found = read_media(article, base) if article is not None else ()
    media = with_facts(found, facts, article, base=base, title=title)
    return Page(
        kind=PageKind.PAGE,
        state=PageState.OK if body or media else PageState.UNKNOWN,
        title=title,
        author=read_author(blocks, declared, title=at, start=start, end=end) or account,
        account=account,
        published=day.published,
        is_day_uncertain=day.is_uncertain,
        text=body.text if body else "",
        html=clean_node(body.node, base) if body else NO_HTML,
        media=media,
    )


def _blocks_and_body(tree: HtmlElement, waiting: Sequence[str]) -> tuple[Sequence[Block], Body | None]:
    """The page's blocks and its article. waiting: what is read where the page itself shows none."""
    blocks = list(read_blocks(tree))
    body = read_body(tree, blocks)
    if with_waiting(tree, body, waiting):
        blocks = list(read_blocks(tree))
        body = read_body(tree, blocks)
    return blocks, body and behind_facts(body)


def _base(tree: HtmlElement, url: str | None) -> str | None:
    """Where the page's relative links start: its first `<base href>`, else its own address."""
    declared = tree.find(".//base[@href]")
    return (absolute(declared.get("href") or "", url) if declared is not None else "") or url


def _span(blocks: Sequence[Block], body: Body | None) -> tuple[int, int]:
    """Places of the article's first block and behind its last one."""
    if body is None:
        return 0, len(blocks)
    inside = set(body.source.iter())
    places = [place for place, block in enumerate(blocks) if block.node in inside]
    if body.source.tag == "body":  # it holds the menus and side lists too, which the article's text does not
        lines = set(body.text.splitlines())
        places = [place for place in places if blocks[place].text in lines] or places
    return places[0], places[-1] + 1


def _headline(blocks: Sequence[Block], title: str, start: int) -> int | None:
    """Place of the block that shows the headline, the nearest to the article."""
    plain = squeeze(title)
    near = range(max(0, start - HEADLINE_BLOCKS), min(len(blocks), start + HEADLINE_BLOCKS))
    places = [place for place in near if plain and squeeze(blocks[place].text) == plain]
    return min(places, key=lambda place: abs(place - start)) if places else None
