"""Make a candidate of an article page, or say in words why it holds none."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from config.words import ChannelKind
from crawler.dates.read import read_time
from crawler.exchange import Answer, Ask, Unreadable
from crawler.extract.page import Page, read_page
from crawler.extract.state import PageState
from crawler.extract.wechat.account import biz_of_address, read_identity
from indexer.base.times import Published
from indexer.catalogue.items import Candidate, ItemKind, MediaKind
from indexer.whitelist.records import Channel

ARTICLE = "article"  # value of `page` in what a source asks for and gets back
VIDEO_TEXT_CHARS = 120  # a page with a video and less text than this is a video, not an article with a clip in it

_STATES: Mapping[PageState, tuple[str, str]] = MappingProxyType(
    {
        PageState.DELETED: ("文章已被发布者删除", "如仍需展示，请重新发布后再推送新链接"),
        PageState.VIOLATION: ("文章被平台屏蔽（投诉或违规）", "请联系平台申诉；恢复后再推送"),
        PageState.CAPTCHA: ("平台要求验证，没有给出正文", "请在微信里打开文章，另存网页后推送文件"),
        PageState.UNKNOWN: ("没有认出这个页面", "请确认链接指向一篇文章；或另存网页后推送文件"),
    }
)


def with_article_source(channel: Channel) -> Channel:
    """Return the channel with a source that reads an article: its own, or where nothing polls it, that of its kind."""
    return replace(channel, source=channel.source or ("wechat_page" if channel.kind is ChannelKind.WECHAT else "site"))


def article_ask(url: str, *, title: str = "", day: Published | None = None) -> Ask:
    """Return the request for an article's own page, with what the list says of it."""
    about = {"page": ARTICLE, "url": url, "title": title}
    return Ask(url=url, about=about | ({"date": str(day)} if day else {}))


def is_article(about: Mapping[str, str]) -> bool:
    """Tell whether what is known of a page says that it is an article's own."""
    return about.get("page") == ARTICLE


def read_candidate(channel: Channel, answer: Answer, *, kind: ItemKind | None = None) -> Candidate:
    """Return the candidate of an article page. Raises Unreadable where the page holds no article.

    kind: what the channel's items all are; None: told by the page.
    """
    page = read_page(answer.body, url=answer.url, content_type=answer.headers.get("content-type"))
    if page.state is not PageState.OK:
        what, do = _STATES[page.state]
        raise Unreadable(channel, what, do=do, state=page.state)
    if not page.text.strip() and not page.media:
        raise Unreadable(channel, "网页上没有读出正文", do="请确认登记或推送的是单篇文章的网址")
    biz, original_id = _identity(channel, answer)
    listed = replace(
        page,
        title=page.title or answer.about.get("title", ""),
        published=page.published or _listed_day(answer.about),
    )
    # The address the site itself lists, not the one a redirect ended at: by it the page is known again.
    url = answer.about.get("url", answer.url)
    return candidate_of(channel, listed, url=url, biz=biz, original_id=original_id, kind=kind)


def candidate_of(
    channel: Channel, page: Page, *, url: str, biz: str = "", original_id: str = "", kind: ItemKind | None = None
) -> Candidate:
    """Return the candidate of an article that was read, by whatever way it came.

    biz, original_id: of the account that published it. kind: None: told by the page.
    """
    return Candidate(
        channel=channel.id,
        url=url,
        title=page.title,
        text=page.text,
        html=page.html,
        author=page.author,
        account=page.account,
        account_biz=biz,
        account_id=original_id,
        published=page.published,
        kind=kind or _kind(channel, page),
        media=page.media,
    )


def _identity(channel: Channel, answer: Answer) -> tuple[str, str]:
    """The numbers of the WeChat account that published the page. Raises Unreadable where page and address disagree."""
    if channel.kind is not ChannelKind.WECHAT:
        return "", ""
    biz, original_id = read_identity(answer.body, content_type=answer.headers.get("content-type"))
    addressed = biz_of_address(answer.about.get("url", answer.url))
    if biz and addressed and biz != addressed:
        what = f"网址写的公众号（biz {addressed}）不是发布这个网页的公众号（biz {biz}）"
        raise Unreadable(channel, what, do="请从微信里重新复制这篇文章的链接再推送")
    return biz or addressed, original_id


def _listed_day(about: Mapping[str, str]) -> Published | None:
    """What the list page says beside the link, where the article's own page gives no date."""
    return read_time(about["date"], chinese=True) if "date" in about else None


def _kind(channel: Channel, page: Page) -> ItemKind:
    videos = [medium for medium in page.media if medium.kind is MediaKind.VIDEO]
    if any(medium.starts for medium in videos) and len(page.text) < VIDEO_TEXT_CHARS:
        return ItemKind.LIVE
    if videos and (channel.kind is ChannelKind.VIDEO or len(page.text) < VIDEO_TEXT_CHARS):
        return ItemKind.VIDEO
    return ItemKind.ARTICLE
