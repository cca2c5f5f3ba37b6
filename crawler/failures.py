"""Why an address gave no page, in words for its unit: what happened, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.politeness import Refused

# What a request can end with short of an answer. OSError: Twisted's own errors of the connection.
DOWNLOAD_ERRORS = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    OSError,
)

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
    """An address that gave no page; what, do: words for the unit."""

    def __init__(self, url: str, *, what: str, do: str) -> None:
        self.url, self.what, self.do = url, what, do
        super().__init__(f"{what}：{url}。{do}")


def unanswered(url: str, error: Exception) -> Unanswered:
    """Return the words for an error of the download."""
    if isinstance(error, Refused):
        return Unanswered(url, what="采集器不访问这个网址", do=str(error))
    if isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
        return Unanswered(url, what="网站的 robots.txt 不允许采集", do="请单位在 robots.txt 中允许本采集器，或改为推送")
    if isinstance(error, IgnoreRequest):
        return Unanswered(url, what="转向次数太多", do="请登记最终网址")
    for kind, (what, do) in _BY_KIND.items():
        if isinstance(error, kind):
            return Unanswered(url, what=what, do=do)
    return Unanswered(url, what="连接出错", do="请检查网站；下一轮会再试")


def bad_status(url: str, status: int) -> Unanswered:
    """Return the words for an answer that is no page."""
    trouble = (f"网站出错（{status}）", "请检查网站；下一轮会再试") if status >= 500 else None
    what, do = _BY_STATUS.get(status) or trouble or (f"网站回答 {status}，不是网页", "请检查登记的网址")
    return Unanswered(url, what=what, do=do)
