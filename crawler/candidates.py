"""From an article page to the candidate it holds, or to words that say why it holds none."""

from collections.abc import Mapping
from types import MappingProxyType

from crawler.exchange import Answer, Unreadable
from crawler.extract.page import Page, read_page
from crawler.extract.state import PageState
from crawler.extract.wechat_account import biz_of_address, read_identity
from indexer.items import Candidate, Channel, ChannelKind, ItemKind, MediaKind
from indexer.times import Published, read_time

ARTICLE = "article"  # value of `page` in what a source asks for and gets back
VIDEO_TEXT_CHARS = 120  # a page with a video and less text than this is a video, not an article with a clip in it
ITEM_KIND = "item_kind"  # option of a channel whose items are all of one kind: `activity`, `live`, `video`

_STATES: Mapping[PageState, tuple[str, str]] = MappingProxyType(
    {
        PageState.DELETED: ("文章已被发布者删除", "如仍需展示，请重新发布后再推送新链接"),
        PageState.VIOLATION: ("文章被平台屏蔽（投诉或违规）", "请联系平台申诉；恢复后再推送"),
        PageState.CAPTCHA: ("平台要求验证，没有给出正文", "请在微信里打开文章，另存网页后推送文件"),
        PageState.UNKNOWN: ("没有认出这个页面", "请确认链接指向一篇文章；或另存网页后推送文件"),
    }
)


def read_candidate(channel: Channel, answer: Answer) -> Candidate:
    """Return the candidate of an article page. Raises Unreadable where the page holds no article."""
    page = read_page(answer.body, url=answer.url, content_type=answer.headers.get("content-type"))
    if page.state is not PageState.OK:
        what, do = _STATES[page.state]
        raise Unreadable(channel, what, do=do)
    if not page.text.strip() and not page.media:
        raise Unreadable(channel, "网页上没有读出正文", do="请确认登记或推送的是单篇文章的网址")
    biz, original_id = _identity(channel, answer)
    return Candidate(
        channel=channel.id,
        # The address the site itself lists, not the one a redirect ended at: by it the page is known again.
        url=answer.about.get("url", answer.url),
        title=page.title or answer.about.get("title", ""),
        text=page.text,
        html=page.html,
        author=page.author,
        account=page.account,
        account_biz=biz,
        account_id=original_id,
        published=page.published or _listed_day(answer.about),
        kind=_kind(channel, page),
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
    if declared := channel.options.get(ITEM_KIND):
        return ItemKind(declared)
    has_video = any(medium.kind is MediaKind.VIDEO for medium in page.media)
    if has_video and (channel.kind is ChannelKind.VIDEO or len(page.text) < VIDEO_TEXT_CHARS):
        return ItemKind.VIDEO
    return ItemKind.ARTICLE
