"""Why an address gave no page, in words for its unit: what happened, and what to do."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.politeness import UNREACHABLE, Refused
from indexer.items import RefusalReason

BUSY = frozenset({429, 502, 503, 504})  # the host says so of itself, not of the page

_BY_KIND: Mapping[type[Exception], tuple[str, str]] = MappingProxyType(
    {
        CannotResolveHostError: ("域名解析不到", "请检查登记的网址和域名解析"),
        DownloadCancelledError: ("网页超过采集的大小上限", "请登记较小的列表页或订阅文件"),
        DownloadConnectionRefusedError: ("网站拒绝连接", "请检查网站是否在运行，端口是否正确"),
        DownloadFailedError: ("连接中断，没有读完", "请检查网站的证书和网络；下一轮会再试"),
        DownloadTimeoutError: ("网站太久没有回答", "请检查网站是否太慢；下一轮会再试"),
        ResponseDataLossError: ("网页没有传完", "请检查网站；下一轮会再试"),
    }
)
_BY_STATUS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        401: ("网页要求登录（401）", "请登记公开可访问的网址"),
        403: ("网站拒绝采集（403）", "请单位在网站或防火墙上放行本采集器"),
        404: ("网页不存在（404）", "请检查登记的网址"),
        410: ("网页已删除（410）", "请检查登记的网址"),
        429: ("网站嫌采集太快（429）", "下一轮会再试；仍然如此时请单位放宽限制"),
    }
)


class Unanswered(Exception):
    """An address that gave no page since its host did not answer; what, do: words for the unit. reason: of its row."""

    def __init__(self, url: str, *, what: str, do: str, reason: RefusalReason = RefusalReason.PAGE_FAILED) -> None:
        self.url, self.what, self.do, self.reason = url, what, do, reason
        super().__init__(f"{what}：{url}。{do}")


class BadPage(Unanswered):
    """An address whose host is there and whose page is what is wrong: says nothing of the pages beside it."""


def unanswered(url: str, error: Exception, *, sent: Sequence[str] = ()) -> Unanswered:
    """Return the words for whatever a download ended with; sent: the addresses that were asked, in their order."""
    what, do = _words(error)
    if isinstance(error, Refused):
        return BadPage(url, what=what, do=do, reason=RefusalReason.FOREIGN_HOST)
    is_elsewhere = bool(sent) and urlsplit(sent[-1]).netloc != urlsplit(url).netloc
    if isinstance(error, UNREACHABLE) and not isinstance(error, DownloadFailedError) and not is_elsewhere:
        return Unanswered(url, what=what, do=do)
    return BadPage(url, what=what, do=do)


def _words(error: Exception) -> tuple[str, str]:
    if isinstance(error, Refused):
        return "采集器不访问这个网址", str(error)
    if isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
        return "网站的 robots.txt 不允许采集", "请单位在 robots.txt 中允许本采集器，或改为推送"
    if isinstance(error, IgnoreRequest) and "DOWNLOAD_MAXSIZE" in str(error):
        return _BY_KIND[DownloadCancelledError]
    if isinstance(error, IgnoreRequest):
        return "转向次数太多", "请登记最终网址"
    for kind, words in _BY_KIND.items():
        if isinstance(error, kind):
            return words
    if isinstance(error, OSError):
        return "连接出错", "请检查网站；下一轮会再试"
    return f"网页没有读成（{_named(error)}）", "请检查网页能否在浏览器中打开；能打开的，请把网址告诉管理员"


def _named(error: Exception) -> str:
    """The kind of an error that nobody foresaw, with its first words: what an administrator looks for in the log."""
    return f"{type(error).__name__}: {error}"[:120].rstrip(": ")


def bad_status(url: str, status: int) -> Unanswered:
    """Return the words for an answer that is no page."""
    trouble = (f"网站出错（{status}）", "请检查网站；下一轮会再试") if status >= 500 else None
    what, do = _BY_STATUS.get(status) or trouble or (f"网站回答 {status}，不是网页", "请检查登记的网址")
    return (Unanswered if status in BUSY else BadPage)(url, what=what, do=do)


def unreadable(url: str, *, what: str, do: str) -> BadPage:
    """Return the words for a page that came and could not be read."""
    return BadPage(url, what=what, do=do, reason=RefusalReason.UNREADABLE)


def moved_outside(url: str, *, to: str) -> BadPage:
    """Return the words for a page of the channel whose answer came from outside of it."""
    return BadPage(
        url,
        what="网页转到了渠道登记的范围之外",
        do=f"转到的网址是 {to}。请改用登记范围内的网址，或申请更改登记",
        reason=RefusalReason.FOREIGN_HOST,
    )


def broken(url: str, error: Exception) -> BadPage:
    """Return the words for a page over which our own program stumbled."""
    return unreadable(
        url,
        what=f"采集程序没能读完这个网页（{_named(error)}）",
        do="请检查网页能否在浏览器中打开；能打开的，请把网址告诉管理员",
    )
