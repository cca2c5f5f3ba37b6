"""What a look at a link saw, in the words of the law of looks: of a page that was read, of trouble on the way."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from crawler.extract.state import PageState
from crawler.reading.failures import BUSY, RULES_UNKNOWN, Unanswered
from crawler.reading.worker import Reading
from indexer.catalogue.items import Candidate
from indexer.catalogue.looks import Seen, Sight
from indexer.catalogue.troubles import RefusalReason
from indexer.whitelist.addresses import is_inside
from indexer.whitelist.records import Channel

NOTHING_WRONG = Seen(sight=Sight.THERE)
GONE_STATUSES, REFUSING = frozenset({404, 410}), frozenset({401, 403, 407, 451})
NOTICE_CHARS = 120  # a page that says it is gone says little else
SUBJECT = r"(?:页面|网页|文章|内容|信息|稿件|新闻|资讯|链接|视频|记录|数据)"
# What sites answer with 200 where a page is gone. A longer text that holds such words is about something else.
NOTICE = re.compile(
    rf"{SUBJECT}[^。，！]{{0,12}}(?:不存在|(?:已|已经|被)[^。，！]{{0,4}}(?:删除|移除|下线|下架|撤下|撤稿|撤销|失效|过期))"
    rf"|(?:找不到|未找到|没有找到)[^。，！]{{0,12}}{SUBJECT}"
    r"|\b404\b[^。]{0,20}(?:not found|未找到|错误)|page not found",
    re.IGNORECASE,
)
_BY_STATE: Mapping[PageState, Sight] = MappingProxyType(
    {PageState.DELETED: Sight.DELETED, PageState.VIOLATION: Sight.VIOLATION, PageState.CAPTCHA: Sight.CAPTCHA}
)
_BY_REASON: Mapping[RefusalReason, Sight] = MappingProxyType(
    {
        RefusalReason.NO_SUCH_HOST: Sight.SILENT,
        RefusalReason.HOST_REFUSES: Sight.SILENT,
        RefusalReason.HOST_SILENT: Sight.SILENT,
        RefusalReason.CONNECTION_LOST: Sight.SILENT,
        RefusalReason.ROBOTS: Sight.REFUSED,
        RefusalReason.NOT_VISITED: Sight.ELSEWHERE,
        RefusalReason.REDIRECTS: Sight.ELSEWHERE,
        RefusalReason.MOVED_OUTSIDE: Sight.ELSEWHERE,
        RefusalReason.UNREADABLE: Sight.UNKNOWN,
        RefusalReason.TOO_LARGE: Sight.UNKNOWN,
    }
)


def sight_of_trouble(trouble: Unanswered) -> Seen:
    """Return what an address was that gave no page."""
    return Seen(sight=_sight(trouble), words=str(trouble))


def sight_of_reading(reading: Reading, *, title: str, is_page: bool) -> Seen:
    """Return what a page was that came; NOTHING_WRONG where it may be the piece.

    title: of the piece as it is known, which is no notice whatever it says. is_page: the piece was read from it before;
    of another, a feed's say, only what it says of itself counts.
    """
    what, do = reading.unreadable or ("", "")
    words = f"{what}。{do}" if what else ""
    if says_gone(reading, title=title):
        return Seen(sight=Sight.MISSING, words="网页上写着内容已不存在")
    if reading.state is not None and reading.state in _BY_STATE:
        return Seen(sight=_BY_STATE[reading.state], words=words)
    if reading.unreadable and is_page:
        return Seen(sight=Sight.UNKNOWN, words=words)
    return NOTHING_WRONG


def says_gone(reading: Reading, *, title: str) -> bool:
    """Tell whether a page that came with 200 says in a few words that there is nothing, its known title aside."""
    pages = [found for found in reading.found if isinstance(found, Candidate)]
    return any(len(page.text) <= NOTICE_CHARS and NOTICE.search(_without(title, page)) for page in pages)


def _without(title: str, page: Candidate) -> str:
    words, known = (" ".join(text.split()) for text in (f"{page.title} {page.text}", title))
    return words.replace(known, "") if known else words


def is_elsewhere(channel: Channel, *, asked: str, answered: str) -> bool:
    """Tell whether an answer came from where the piece is not: outside of the channel, or from a first page."""
    if answered == asked:
        return False
    if not is_inside(channel, answered):
        return True
    was_first, is_first = (urlsplit(url).path.strip("/") in ("", "index.html") for url in (asked, answered))
    return (is_first and not was_first) or answered == channel.address


def _sight(trouble: Unanswered) -> Sight:
    reason, facts = trouble.trouble.reason, trouble.trouble.facts
    if reason is RefusalReason.ROBOTS and trouble.trouble.case == RULES_UNKNOWN:
        return Sight.BROKEN
    if reason is not RefusalReason.BAD_STATUS:
        return _BY_REASON.get(reason, Sight.BROKEN)
    status = int(facts["status"])
    if status in GONE_STATUSES:
        return Sight.MISSING
    if status in REFUSING:
        return Sight.REFUSED
    return Sight.BUSY if status in BUSY else Sight.BROKEN
