"""crawler.sources.wechat_page: only a page in order gives a candidate."""

import pytest

from config.words import ChannelKind
from crawler.exchange import Answer, Unreadable
from crawler.sources import options_of
from crawler.sources.wechat_page import SOURCE
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel

URL = "https://mp.weixin.qq.com/s/abcdefghijklmnopqrstuv"
CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.WECHAT,
    name="试验账号",
    source="wechat_page",
    hosts=("mp.weixin.qq.com",),
)
PAGE = """<html><head><title></title><meta property="og:title" content="月亮离我们有多远"></head>
<body id="activity-detail"><div id="js_article"><h1 class="rich_media_title" id="activity-name">月亮离我们有多远</h1>
<span class="rich_media_meta rich_media_meta_text">小林</span><a id="js_name">试验账号</a>
<div class="rich_media_content" id="js_content"><p>月亮和地球的平均距离大约三十八万公里，光要走一秒多。</p>
<img data-src="https://mmbiz.qpic.cn/1.png"><script>alert(1)</script></div></div>
<script>var ct = "1789000000";</script></body></html>"""
GONE = """<html><body>
<div class="weui-msg"><div class="weui-msg__title warn">该内容已被发布者删除</div></div></body></html>"""


def read(text: str) -> list[object]:
    return list(
        SOURCE.read(
            CHANNEL,
            options_of(SOURCE, CHANNEL),
            Answer(url=URL, body=text.encode(), headers={"content-type": "text/html"}),
        )
    )


def test_nothing_is_polled() -> None:
    assert list(SOURCE.start(CHANNEL, options_of(SOURCE, CHANNEL))) == []


def test_an_article_gives_one_candidate_with_its_account_and_time() -> None:
    (candidate,) = read(PAGE)

    assert isinstance(candidate, Candidate)
    assert (candidate.title, candidate.account) == ("月亮离我们有多远", "试验账号")
    assert candidate.published is not None
    assert candidate.published.at.timestamp() == 1789000000
    assert [medium.url for medium in candidate.media] == ["https://mmbiz.qpic.cn/1.png"]
    assert "script" not in candidate.html


def test_a_deleted_article_is_refused_with_what_to_do() -> None:
    with pytest.raises(Unreadable, match=r"已被发布者删除.*重新发布"):
        read(GONE)


def test_a_page_that_is_no_article_is_refused() -> None:
    with pytest.raises(Unreadable):
        read("<html><body></body></html>")
