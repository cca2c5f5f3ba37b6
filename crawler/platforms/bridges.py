"""What a unit's own bridge makes of its account at a platform (path C3): the pieces of its feed. Pure.

Bridges write an error into an entry's text where they could not fetch the article, and go on answering 200 with what
they have when their own sign-in has ended (ACCESS.md: bugs seen in other collectors).
"""

import re
from dataclasses import replace

from config import weibo
from config.words import ChannelKind, ItemKind
from crawler.exchange import BadEntry
from crawler.extract.wechat.account import biz_of_address
from crawler.feeds.entries import Entry, Feed
from crawler.platforms.weibo.texts import title_of_post
from crawler.reading.entries import candidate_or_words
from indexer.base.times import Published
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel

ERROR_CHARS = 300  # an article that speaks of such errors is longer
ERROR = re.compile(
    r"fail(?:ed|ure)? to (?:get|fetch|load|parse|extract|obtain)|"
    r"(?:could not|couldn't|unable to|cannot|can't) (?:get|fetch|load|retrieve)|"
    r"(?:获取|抓取|读取|提取|加载|解析|采集)(?:微信)?(?:文章|全文|正文|内容|原文)*(?:时)?(?:失败|出错|超时|不到)|"
    r"(?:全文|正文|文章|内容)(?:获取|抓取|读取|提取|加载|解析)(?:失败|出错|超时)|"
    r"(?:当前)?环境异常|完成验证后即可继续访问|已被发布者删除|此内容(?:已)?(?:因违规|被投诉)|"
    r"请在微信客户端打开|参数错误|rate limit|too many requests|access denied|"
    r"^\s*(?:null|undefined|nan|none|\[object Object\])\s*$",
    re.IGNORECASE,
)
NO_TEXT = "桥接的订阅里这一条没有全文"
NO_TEXT_DO = "请在桥接程序里打开全文输出；取到全文之后自动收录"
NOT_FETCHED = "桥接程序没有取到这一篇的全文"
NOT_FETCHED_DO = "请检查桥接程序的登录是否失效；取到全文之后自动收录"


def is_error_text(text: str) -> bool:
    """Tell whether a short text is what a bridge writes where it could not fetch an article."""
    return len(text) <= ERROR_CHARS and bool(ERROR.search(text))


def piece_of(channel: Channel, entry: Entry, url: str, *, kind: ItemKind | None = None) -> Candidate | BadEntry:
    """Return the candidate of an entry with its full text, or words why it is none yet: then it stays unknown here.

    Many bridges have no element for the full text and write it as the summary.
    """
    whole = replace(entry, markup=entry.markup or entry.summary)
    found = candidate_or_words(channel, whole, _address(channel, url), kind=kind)
    if isinstance(found, BadEntry):
        return found
    if is_error_text(found.text) or (not found.text.strip() and is_error_text(found.title)):
        return BadEntry(url=found.url, title=found.title, what=NOT_FETCHED, do=NOT_FETCHED_DO)
    if not found.text.strip() and not found.media:
        return BadEntry(url=found.url, title=found.title, what=NO_TEXT, do=NO_TEXT_DO)
    if channel.kind is ChannelKind.WEIBO:
        return replace(found, title=title_of_post(found.text) or found.title)
    return replace(found, account_biz=biz_of_address(found.url))


def newest_of(feed: Feed) -> Published | None:
    """Return when the newest entry was published; the feed's own time only where no entry has one.

    A bridge whose sign-in has ended goes on writing the present time on the feed.
    """
    days = [entry.published for entry in feed.entries if entry.published]
    return max(days, key=lambda one: one.at, default=feed.updated)


def _address(channel: Channel, url: str) -> str:
    """The address under which a post of Weibo is known, whichever of its addresses the bridge writes."""
    if channel.kind is not ChannelKind.WEIBO or (post := weibo.post_of(url)) is None or not post[0]:
        return url
    return weibo.post_address(*post)
