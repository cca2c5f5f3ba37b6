"""Why something did not become an item: reasons that can be counted, their facts, and the words for its unit.

The words here are the Chinese ones that a refusal is filed with and commands print; the site has the same in its
catalogue of translations, and in English (`web/shown/refusals.py`; a test compares both).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from indexer.base.ids import UnitId
from indexer.base.text import storable
from indexer.catalogue.platform_words import PLATFORM_WORDS


class RefusalReason(StrEnum):
    """Why a candidate, or a page, did not become an item."""

    CHANNEL_UNKNOWN = "channel_unknown"
    CHANNEL_NOT_APPROVED = "channel_not_approved"
    FOREIGN_HOST = "foreign_host"
    OTHER_PATH = "other_path"
    MOVED_OUTSIDE = "moved_outside"
    NO_BODY = "no_body"
    OTHER_ACCOUNT = "other_account"
    ACCOUNT_UNCONFIRMED = "account_unconfirmed"
    ACCOUNT_UNREAD = "account_unread"
    UNREADABLE = "unreadable"
    NOT_VISITED = "not_visited"
    ROBOTS = "robots"
    TOO_LARGE = "too_large"
    REDIRECTS = "redirects"
    NO_SUCH_HOST = "no_such_host"
    HOST_REFUSES = "host_refuses"
    HOST_SILENT = "host_silent"
    CONNECTION_LOST = "connection_lost"
    BAD_STATUS = "bad_status"
    PROGRAM_FAULT = "program_fault"
    PAGE_FAILED = "page_failed"
    PLATFORM = "platform"  # each of its cases is a PlatformCase


R = RefusalReason
LATER = "请检查网站；下一轮会再试"
CASE = "case"  # the fact that chooses between several words of one reason
# (reason, case) → words; what stands in %(…)s are facts.
WORDS: Mapping[tuple[RefusalReason, str], str] = MappingProxyType(
    {
        (R.CHANNEL_UNKNOWN, ""): "渠道“%(channel)s”不在白名单里。请先申请登记这个渠道，获准之后再推送",
        (R.CHANNEL_NOT_APPROVED, "applied"): "渠道“%(channel)s”的白名单状态为“已申请”，主办方尚未批准。"
        "请等待批准，或联系主办方媒体中心",
        (R.CHANNEL_NOT_APPROVED, "suspended"): "渠道“%(channel)s”的白名单状态为“已暂停”。"
        "请联系主办方媒体中心了解原因并申请恢复",
        (R.CHANNEL_NOT_APPROVED, "revoked"): "渠道“%(channel)s”的白名单状态为“已撤销”。如要继续发布，请重新申请登记",
        (R.FOREIGN_HOST, ""): "链接不在渠道“%(channel)s”登记的网站上（%(hosts)s）。"
        "请只推送登记网站上的链接，或申请为这个渠道补充登记",
        (R.FOREIGN_HOST, "none"): "链接不在渠道“%(channel)s”登记的网站上（没有登记任何网站）。"
        "请只推送登记网站上的链接，或申请为这个渠道补充登记",
        (R.OTHER_PATH, ""): "链接不在渠道“%(channel)s”登记的路径 %(path)s 之下。请推送该路径之下的链接，或申请更改登记",
        (R.MOVED_OUTSIDE, ""): "网页转到了渠道登记的范围之外：%(url)s。"
        "转到的网址是 %(to)s。请改用登记范围内的网址，或申请更改登记",
        (R.NO_BODY, ""): "渠道“%(channel)s”的这个网页里没有读到正文、图片或视频。"
        "请确认链接公开可读、没有删除，再推送一次",
        (R.OTHER_ACCOUNT, ""): "这篇文章来自公众号%(seen)s，而渠道“%(channel)s”登记的公众号是%(held)s。"
        "请只推送本渠道公众号的文章；公众号确有变更的，请联系主办方媒体中心更改登记",
        (R.OTHER_ACCOUNT, "uid"): "这条微博来自账号 %(seen)s，而渠道“%(channel)s”登记的微博账号是 %(held)s（uid）。"
        "请只采集本渠道账号的微博；账号确有变更的，请联系主办方媒体中心更改登记",
        (R.OTHER_ACCOUNT, "no_uid"): "渠道“%(channel)s”没有登记微博账号的数字编号（uid），不能确认微博是它发布的。"
        "请主办方把渠道网址写成 https://weibo.com/u/数字编号，或填写 uid 选项",
        (R.ACCOUNT_UNREAD, ""): "网页上没有读出文章是哪个公众号发布的，不能确认它来自渠道“%(channel)s”。"
        "请推送文章链接，或在微信里打开文章后另存网页再推送",
        (R.ACCOUNT_UNCONFIRMED, ""): "渠道“%(channel)s”还没有确认过是哪个公众号，这篇文章来自公众号%(seen)s。"
        "请主办方的编辑在白名单页核对并确认这个公众号，确认之后再推送一次",
        (R.UNREADABLE, ""): "%(what)s：%(url)s。%(do)s",
        (R.NOT_VISITED, ""): "采集器不访问这个网址：%(url)s。%(why)s",
        (R.ROBOTS, ""): "网站的 robots.txt 不允许采集：%(url)s。请单位在 robots.txt 中允许本采集器，或改为推送",
        (R.ROBOTS, "unknown"): f"网站的 robots.txt 出错，不知道是否允许采集，本轮不读（%(why)s）：%(url)s。{LATER}",
        (R.TOO_LARGE, ""): "网页超过采集的大小上限：%(url)s。请登记较小的列表页或订阅文件",
        (R.REDIRECTS, ""): "转向次数太多：%(url)s。请登记最终网址",
        (R.NO_SUCH_HOST, ""): "域名解析不到：%(url)s。请检查登记的网址和域名解析",
        (R.HOST_REFUSES, ""): "网站拒绝连接：%(url)s。请检查网站是否在运行，端口是否正确",
        (R.HOST_SILENT, ""): "网站太久没有回答：%(url)s。请检查网站是否太慢；下一轮会再试",
        (R.CONNECTION_LOST, ""): f"连接出错：%(url)s。{LATER}",
        (R.CONNECTION_LOST, "cut"): "连接中断，没有读完：%(url)s。请检查网站的证书和网络；下一轮会再试",
        (R.CONNECTION_LOST, "part"): f"网页没有传完：%(url)s。{LATER}",
        (R.BAD_STATUS, ""): "网站回答 %(status)s，不是网页：%(url)s。请检查登记的网址",
        (R.BAD_STATUS, "401"): "网页要求登录（401）：%(url)s。请登记公开可访问的网址",
        (R.BAD_STATUS, "403"): "网站拒绝采集（403）：%(url)s。请单位在网站或防火墙上放行本采集器",
        (R.BAD_STATUS, "404"): "网页不存在（404）：%(url)s。请检查登记的网址",
        (R.BAD_STATUS, "410"): "网页已删除（410）：%(url)s。请检查登记的网址",
        (R.BAD_STATUS, "429"): "网站嫌采集太快（429）：%(url)s。下一轮会再试；仍然如此时请单位放宽限制",
        (R.BAD_STATUS, "5xx"): f"网站出错（%(status)s）：%(url)s。{LATER}",
        (R.PROGRAM_FAULT, ""): "采集程序没能读完这个网页（%(error)s）：%(url)s。"
        "请检查网页能否在浏览器中打开；能打开的，请把网址告诉管理员",
        (R.PAGE_FAILED, ""): "网页没有读成（%(error)s）：%(url)s。"
        "请检查网页能否在浏览器中打开；能打开的，请把网址告诉管理员",
        **{(R.PLATFORM, case.value): words for case, words in PLATFORM_WORDS.items()},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One reason with its facts: names in WORDS → what stood there; a fact `case` where a reason has several words."""

    reason: RefusalReason
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def case(self) -> str:
        """Which of a reason's words are meant; empty for its usual ones."""
        return self.facts.get(CASE, "")

    def __str__(self) -> str:
        """What the unit is told, in Chinese: what happened, and what to do."""
        return WORDS[self.reason, self.case] % self.facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A candidate that was not taken. message: the words its unit was told; facts: None of rows from before facts."""

    channel: str
    unit: UnitId | None
    url: str
    title: str
    reason: RefusalReason
    message: str
    at: datetime
    facts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledRefusal(Refusal):
    """A refusal as it is filed. number: by which a unit points at it. times, last_at: how often, and when last."""

    number: int
    times: int
    last_at: datetime


def refusal(trouble: Trouble, *, channel: str, unit: UnitId | None, url: str, title: str, at: datetime) -> Refusal:
    """Return the refusal of an address for a trouble."""
    return Refusal(
        channel=channel,
        unit=unit,
        url=url,
        title=title,
        reason=trouble.reason,
        message=str(trouble),
        at=at,
        facts={name: storable(value) for name, value in trouble.facts.items()},
    )
