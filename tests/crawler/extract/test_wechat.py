"""crawler.extract.wechat: of the states of a page only `ok` gives a body."""

import pytest

from crawler.extract.page import PageKind, read_page
from crawler.extract.state import PageState

URL = "https://mp.weixin.qq.com/s/Ab1_cd"
TEXT = "月球上一天等于地球上的将近三十天，所以月球车每过两个星期就要睡一觉，等太阳再升起来。"
ARTICLE = f"""<html><head><meta property="og:title" content="月球车怎样过夜">
<meta name="author" content="示例作者"></head>
<body id="activity-detail"><div id="js_article"><h1 id="activity-name">月球车怎样过夜</h1>
<a id="js_name">示例科技馆</a><div id="js_content" style="visibility:hidden">
<p>{TEXT}</p><p><img data-src="https://mmbiz.qpic.cn/1/640?wx_fmt=png"></p>
<iframe data-src="https://v.qq.com/iframe/preview.html?vid=x123"></iframe><p>{TEXT}</p></div></div>
<script>var ct = "1789603200"; var nickname = htmlDecode("示例科技馆");</script></body></html>"""


def notice(words: str) -> bytes:
    return (
        "<html><head><link href='https://res.wx.qq.com/x.css'></head><body><div class='weui-msg'>"
        f"<div class='weui-msg__title'>{words}</div></div></body></html>"
    ).encode()


def test_an_article_gives_title_account_instant_text_and_media() -> None:
    read = read_page(ARTICLE.encode(), url=URL)

    assert (read.kind, read.state) == (PageKind.WECHAT, PageState.OK)
    assert (read.title, read.account, read.author) == ("月球车怎样过夜", "示例科技馆", "示例作者")
    assert str(read.published) == "2026-09-17T08:00:00+08:00"
    assert read.text.count(TEXT) == 2
    assert [medium.kind for medium in read.media] == ["image", "video"]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("该内容已被发布者删除", PageState.DELETED),
        ("The content has been deleted by the author.", PageState.DELETED),
        ("此内容因违规无法查看", PageState.VIOLATION),
        ("当前环境异常，完成验证后即可继续访问。", PageState.CAPTCHA),
        ("该内容暂时无法查看", PageState.UNKNOWN),
        ("参数错误", PageState.UNKNOWN),
    ],
)
def test_a_notice_is_told_from_an_article_and_has_no_text(words: str, state: PageState) -> None:
    read = read_page(notice(words), url=URL)

    assert (read.kind, read.state, read.text, read.html) == (PageKind.WECHAT, state, "", "")


def test_an_article_that_quotes_a_notice_is_still_an_article() -> None:
    quoting = ARTICLE.replace(TEXT, f"{TEXT}打开旧链接，有时会看到“该内容已被发布者删除”这句话。", 1)

    assert read_page(quoting.encode(), url=URL).state is PageState.OK
