"""Read pages of WeChat accounts: articles, picture posts, text posts, shared articles, and notices in their place.

Facts: captured pages of 2019 to 2026; RSSHub lib/utils/wechat-mp.ts (ACCESS.md, read 2026-11).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import quote, urlsplit

from lxml.html import HtmlElement

from crawler.dates.read import read_time
from crawler.dates.search import find_dates
from crawler.extract.body.blocks import inner_text, tidy
from crawler.extract.body.boilerplate import words
from crawler.extract.document import fragment
from crawler.extract.state import PageState
from crawler.extract.wechat.script import picture_addresses, script_number, script_value, section
from indexer.base.text import unescaped
from indexer.base.times import BEIJING, Published

HOST = "mp.weixin.qq.com"
OF_WECHAT = re.compile(r"mp\.weixin\.qq\.com|res\.wx\.qq\.com|mmbiz")
NOTICE_WORDS = frozenset(["weui-msg", "mesg-block", "global_error_msg", "page_msg", "icon_area"])
DELETED = re.compile(
    r"已被?(?:发布者|作者|运营者)?(?:自行)?删除|deleted by (?:the |its )?(?:author|publisher|owner)|has been deleted",
    re.IGNORECASE,
)
VIOLATION = re.compile(
    r"违规|违反|涉嫌|投诉|侵权|violat|complain|infring|removed (?:due|because)|been reported", re.IGNORECASE
)
CAPTCHA = re.compile(
    r"环境异常|完成验证|去验证|安全验证|访问过于频繁|操作频繁|"
    r"captcha|environment.{0,20}abnormal|verif(?:y|ication)|too (?:many|frequent)",
    re.I,
)
CAPTCHA_SCRIPT = re.compile(r"secitptpage|TCaptcha|appmsgcaptcha")
PUBLISHED_NAMES = ("ct", "ori_create_time", "create_timestamp", "createTimestamp", "publish_time")
DAY, DAY_CHARS = "publish_time", 60  # the id of the element that shows it
VIDEO_PAGE, MOST_PLAYERS = f"https://{HOST}/mp/readtemplate?t=pages/video_player_tmpl&vid=", 100
LITERAL_BREAK = re.compile(r"\\[nr]")


@dataclass(frozen=True, slots=True, kw_only=True)
class WechatPage:
    """What a page of an account says; content: the element that holds the article, None unless the state is ok.

    is_day_uncertain: it was saved with words for its day that name none, such as 昨天.
    """

    state: PageState
    title: str
    account: str
    author: str
    published: Published | None
    content: HtmlElement | None
    is_day_uncertain: bool = False


def is_wechat(page: HtmlElement, text: str, url: str | None) -> bool:
    """Whether the page is one of WeChat's, told by its address or by its own elements."""
    if url and urlsplit(url).hostname == HOST:
        return True
    if page.xpath("boolean(//*[@id='js_article' or @id='js_content'])"):
        # A page that was saved without its scripts names no address of WeChat's.
        return bool(OF_WECHAT.search(text)) or bool(page.xpath("boolean(//*[@id='js_name' or @id='activity-name'])"))
    may_be = any(word in text for word in NOTICE_WORDS)  # most pages are no notice, and are not searched for one
    return may_be and _notice(page) is not None and (len(text) < 4000 or bool(OF_WECHAT.search(text)))


def read_wechat(page: HtmlElement) -> WechatPage:
    """Read a page of WeChat; only an article that is there has content."""
    script = "\n".join(node.text or "" for node in page.iter("script"))
    state = _state(page, script)
    is_ok = state is PageState.OK
    published = _published(page, script) if is_ok else None
    return WechatPage(
        state=state,
        title=_title(page, script) if is_ok else "",
        account=_account(page, script),
        author=_author(page) if is_ok else "",
        published=published,
        content=_content(page, script) if is_ok else None,
        is_day_uncertain=is_ok and published is None and bool(_text(page, DAY)),
    )


def _state(page: HtmlElement, script: str) -> PageState:
    if any(page.find(f".//*[@id='{name}']") is not None for name in ("js_article", "js_content", "img-content")):
        return PageState.OK
    notice = _notice(page)
    said = inner_text(notice) if notice is not None else inner_text(page)[:2000]
    if script_value(script, "del_reason", "del_reason_id") or (VIOLATION.search(said) and not DELETED.search(said)):
        return PageState.VIOLATION
    if DELETED.search(said):
        return PageState.DELETED
    title = page.find(".//title")
    said += str(title.text_content()) if title is not None else ""
    return PageState.CAPTCHA if CAPTCHA.search(said) or CAPTCHA_SCRIPT.search(script) else PageState.UNKNOWN


def _notice(page: HtmlElement) -> HtmlElement | None:
    return next((node for node in page.iter("div", "section", "p") if words(node) & NOTICE_WORDS), None)


def _title(page: HtmlElement, script: str) -> str:
    found = _meta(page, "og:title") or _text(page, "activity-name") or script_value(script, "msg_title")
    return tidy(LITERAL_BREAK.sub(" ", unescaped(found)))


def _account(page: HtmlElement, script: str) -> str:
    found = _text(page, "js_name") or script_value(script, r"var\s+nickname", "nick_name", r"window\.name")
    if not found:
        node = next((node for node in page.iter("div", "span", "a") if "wx_follow_nickname" in words(node)), None)
        found = inner_text(node) if node is not None else ""
    return tidy(unescaped(found))


def _author(page: HtmlElement) -> str:
    return _meta(page, "author") or _meta(page, "og:article:author") or _text(page, "js_author_name") or _byline(page)


def _byline(page: HtmlElement) -> str:
    """The writer between headline and account, as older pages have it: the one piece there that has no id."""
    line = page.find(".//*[@id='meta_content']")
    pieces = line.iter("span") if line is not None else ()
    return next(
        (inner_text(each) for each in pieces if "rich_media_meta_text" in words(each) and not each.get("id")), ""
    )


def _published(page: HtmlElement, script: str) -> Published | None:
    seconds = script_number(script, *PUBLISHED_NAMES)
    if seconds and 1_300_000_000 < seconds < 4_000_000_000:
        return Published(at=datetime.fromtimestamp(seconds, BEIJING))
    told = script_value(script, "create_time", "createTime", "publish_time")
    # What the scripts wrote into the page before it was saved, perhaps with the place; 昨天 is no day.
    shown = (day for _, day in find_dates(_text(page, DAY)[:DAY_CHARS], chinese=True))
    return read_time(told, chinese=True) or next(shown, None)


def _content(page: HtmlElement, script: str) -> HtmlElement:
    article, content = page.find(".//*[@id='js_article']"), page.find(".//*[@id='js_content']")
    if page.find(".//*[@id='js_share_source']") is not None:
        return _shared(page, script)
    is_post = article is not None and "share_content_page" in words(article)
    if content is not None:
        _open_players(content)
    if content is not None and not is_post and (inner_text(content) or content.find(".//img") is not None):
        return content
    return _post(script, content)


def _open_players(content: HtmlElement) -> None:
    """Make players of the boxes that WeChat's script fills with its own videos."""
    for node in content.xpath(".//span[@data-mpvid]")[:MOST_PLAYERS]:
        node.tag = "iframe"
        node.set("data-src", VIDEO_PAGE + quote(node.get("data-mpvid") or "", safe=""))


def _shared(page: HtmlElement, script: str) -> HtmlElement:
    """What the account says of the article it shares, and a link to that article; its text is another's."""
    said = script_value(script, r"getElementById\('js_share_notice'\)\.innerHTML")
    notice = page.find(".//*[@id='js_share_notice']")
    said = said or (inner_text(notice) if notice is not None else "")
    link = page.find(".//*[@id='js_share_source']")
    address = escape(link.get("data-url") or link.get("href") or "") if link is not None else ""
    return fragment(f'{_lines(said)}<p><a href="{address}">阅读全文</a></p>' if address else _lines(said))


def _post(script: str, content: HtmlElement | None) -> HtmlElement:
    """A text post or picture post: its text and pictures stand in the scripts."""
    text = script_value(section(script, "text_page_info"), "content_noencode", "content") or script_value(
        script, "content_noencode"
    )
    pictures = "".join(f'<p><img data-src="{escape(url)}"></p>' for url in picture_addresses(script))
    if not text and not pictures and content is not None:
        return content
    return fragment(_lines(text) + pictures)


def _lines(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())


def _meta(page: HtmlElement, name: str) -> str:
    for meta in page.iter("meta"):
        if name in (meta.get("property"), meta.get("name")) and (value := (meta.get("content") or "").strip()):
            return value
    return ""


def _text(page: HtmlElement, name: str) -> str:
    node = page.find(f".//*[@id='{name}']")
    return inner_text(node) if node is not None else ""
