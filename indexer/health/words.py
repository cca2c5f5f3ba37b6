"""What is said of a channel's health, in Chinese: what is the case, and what is to be done.

The site has the same in its catalogue of translations, and in English (`web/shown/health.py`; a test compares both).
"""

from collections.abc import Mapping
from types import MappingProxyType

from indexer.health.conditions import DISCONNECTED, Condition, Diagnosis

C = Condition
CONDITION_WORDS: Mapping[Condition, str] = MappingProxyType(
    {
        C.ERROR: "读取失败",
        C.ENDED: "授权失效",
        C.FROZEN: "列表停滞",
        C.STALE: "桥接停滞",
        C.ENDING: "授权将到期",
        C.MISSING: "内容缺失",
        C.SILENT: "久无更新",
        C.LYING: "缓存有误",
        C.FAILING: "最近读取失败",
        C.RENAMED: "名称有变",
        C.WAITS: "等待次日",
        C.NEW: "尚未读取",
        C.OFF: "未采集",
        C.PUSHED: "仅推送",
        C.GOOD: "正常",
    }
)
NOTHING_TO_DO = "不用处理"
TRIED_AGAIN = "不用处理：下一轮会自动再试"
# (condition, case) → what is the case, what is to be done; what stands in %(…)s are facts. Where the second is empty,
# the trouble of the last read says it.
WORDS: Mapping[tuple[Condition, str], tuple[str, str]] = MappingProxyType(
    {
        (C.ERROR, ""): ("从 %(since)s 起，连续 %(times)s 次没有读成", ""),
        (C.ERROR, "once"): ("%(since)s 没有读成", ""),
        (C.FAILING, ""): ("从 %(since)s 起，连续 %(times)s 次没有读成，下一轮会自动再试", ""),
        (C.FAILING, "once"): ("%(since)s 没有读成，下一轮会自动再试", ""),
        (C.ENDED, "expired"): ("授权已于 %(ends)s 到期，不能再自动读取", "请重新授权"),
        (C.ENDED, "withdrawn"): ("授权已在平台上取消，不能再自动读取", "如仍要自动采集，请重新授权"),
        (C.ENDED, DISCONNECTED): ("%(who)s 于 %(at)s 断开了连接，不再自动读取", "如仍要自动采集，请重新连接"),
        (C.ENDING, ""): ("授权将于 %(ends)s 到期，还有 %(days)s 天", "请在到期前重新授权，以免采集中断"),
        (C.FROZEN, "announced"): (
            "列表从 %(since)s 起没有变化，而平台另外告知此后发布的 %(count)s 篇一直没有出现在列表里",
            "请检查列表是否给出了旧的缓存；在恢复之前，请推送新内容的链接",
        ),
        (C.FROZEN, "elsewhere"): (
            "列表停在 %(newest)s，读了 %(reads)s 次都没有变化，而本单位的其他渠道此后仍有新内容（最近 %(other)s）",
            "请打开登记的列表页核对：有更新的内容而这里没有，说明网站给出了旧的缓存，请清除；没有更新的内容，可不处理",
        ),
        (C.STALE, ""): ("桥接的订阅读得到，内容却没有更新", ""),
        (C.LYING, ""): (
            "%(at)s 核对时，网站回答“没有变化”（304），列表其实已经变了",
            "请检查网站的缓存设置（ETag、Last-Modified）；在改好之前，采集器每次都读完整的列表",
        ),
        (C.MISSING, ""): (
            "平台显示近期发布了 %(total)s 篇，已收到 %(held)s 篇，缺 %(missing)s 篇",
            "请推送缺少的内容的链接；确已删除的，可不处理",
        ),
        (C.SILENT, ""): (
            "已有 %(days)s 天没有新内容（最近一次是 %(last)s），以往最长间隔约 %(usual)s 天",
            "请确认渠道是否仍在更新；已经更新而这里没有的，请推送新内容的链接，并告诉主办方媒体中心",
        ),
        (C.RENAMED, ""): (
            "平台上的名称现在是“%(new)s”，登记的是“%(old)s”",
            "请主办方的编辑核对是否同一主体，再确认新名称",
        ),
        (C.WAITS, ""): ("今天向平台查询的次数已经用完", "不用处理：余下的明天自动继续"),
        (C.NEW, ""): ("已批准，还没有读取过", "不用处理：采集器会自动开始读取"),
        (C.OFF, ""): ("白名单状态不是“已批准”，目前不采集", "请联系主办方媒体中心了解原因"),
        (C.PUSHED, ""): ("不自动读取，只收本单位推送的内容", "有新内容时，请推送它的链接"),
        (C.GOOD, ""): ("读取正常，最近一次是 %(read)s", NOTHING_TO_DO),
        (C.GOOD, "brought"): ("读取正常，最近一次是 %(read)s；最近一次读到新内容是 %(new)s", NOTHING_TO_DO),
    }
)


def what(diagnosis: Diagnosis) -> str:
    """Return what is the case, in Chinese, without a full stop."""
    return WORDS[diagnosis.condition, diagnosis.case][0] % diagnosis.facts


def to_do(diagnosis: Diagnosis) -> str:
    """Return what is to be done, in Chinese, without a full stop; of a trouble also what it was."""
    if said := WORDS[diagnosis.condition, diagnosis.case][1]:
        return said % diagnosis.facts
    return str(diagnosis.trouble) if diagnosis.trouble else diagnosis.remark or TRIED_AGAIN
