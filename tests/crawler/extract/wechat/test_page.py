"""crawler.extract.wechat.page: of the states of a page only `ok` gives a body."""

import pytest

from crawler.extract.document import parse
from crawler.extract.page import PageKind, read_page
from crawler.extract.state import PageState
from crawler.extract.wechat.page import is_wechat, read_wechat

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


@pytest.mark.parametrize(
    ("html", "url", "is_one"),
    [
        ("<p>a</p>", "https://mp.weixin.qq.com/s/x", True),
        ("<div id='js_content'>mmbiz.qpic.cn</div>", None, True),
        ("<div id='js_content'>another site</div>", None, False),
        ("<div class='weui-msg'>notice</div>", None, True),
        ("<p>see mp.weixin.qq.com</p>", "https://a.example/", False),
    ],
)
def test_a_page_of_wechat_is_told_by_address_or_elements(html: str, url: str | None, is_one: bool) -> None:
    tree = parse(html)
    assert tree is not None
    assert is_wechat(tree, html, url) is is_one


def test_only_an_article_that_is_there_has_content() -> None:
    tree = parse("<div class='weui-msg'>该内容已被发布者删除</div><script>var nickname = '示例号';</script>")
    assert tree is not None
    found = read_wechat(tree)

    assert (found.state, found.content, found.title, found.account) == (PageState.DELETED, None, "", "示例号")


SAVED = f"""<html><head><title>月球车怎样过夜</title></head><body><div id="img-content">
<h1 class="rich_media_title" id="activity-name"> 月球车怎样过夜 </h1><div id="meta_content">
<span id="profileBt"><a href="javascript:void(0);" id="js_name"> 示例科技馆 </a></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text">%s</em></div>
<div class="rich_media_content" id="js_content"><p>{TEXT}</p>%s<p>{TEXT}</p></div></div></body></html>"""


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2026-09-17 08:30", "2026-09-17T08:30:00+08:00"),
        ("2026年9月17日 08:30", "2026-09-17T08:30:00+08:00"),
        ("2026-09-17", "2026-09-17"),
        ("2026年9月17日 08:30 北京", "2026-09-17T08:30:00+08:00"),
        ("昨天", "None"),
        ("09-17", "None"),
        ("", "None"),
    ],
)
@pytest.mark.parametrize("url", [URL, None])
def test_a_page_saved_without_its_scripts_is_read_by_what_they_had_written(
    written: str, published: str, url: str | None
) -> None:
    read = read_page((SAVED % (written, "")).encode(), url=url)

    assert (read.kind, read.state) == (PageKind.WECHAT, PageState.OK)
    assert (read.title, read.account, str(read.published)) == ("月球车怎样过夜", "示例科技馆", published)
    assert read.is_day_uncertain is (published == "None" and written != "")
    assert read.text.count(TEXT) == 2


@pytest.mark.parametrize("tag", ["mpvoice", "mp-common-mpaudio"])
def test_a_recording_is_a_sound_and_a_link_in_the_html(tag: str) -> None:
    card = f"<section><{tag} name='听水' voice_encode_fileid='MzI4MDE2NzAyM18yMjQ3NDgzNjUx'></{tag}></section>"

    read = read_page((SAVED % ("2026-09-17", card)).encode(), url=URL)

    assert [medium.kind for medium in read.media] == ["audio"]
    assert read.media[0].url in read.html
    assert read.text.count(TEXT) == 2


def test_a_card_of_a_channels_video_has_no_lasting_address_and_takes_no_text_with_it() -> None:
    card = "<p><mp-common-videosnap data-url='https://findermp.video.qq.com/1?a=b'></mp-common-videosnap></p>"

    read = read_page((SAVED % ("2026-09-17", card)).encode(), url=URL)

    assert read.media == ()
    assert read.text.count(TEXT) == 2


def test_the_box_that_a_script_fills_with_the_account_s_own_video_is_one() -> None:
    box = "<span class='video_iframe' data-mpvid='wxv_1234567890123456789'></span>"
    read = read_page(ARTICLE.replace("<iframe", f"{box}<iframe").encode(), url=URL)

    assert [medium.kind for medium in read.media] == ["image", "video", "video"]
    assert "vid=wxv_1234567890123456789" in read.media[1].url
