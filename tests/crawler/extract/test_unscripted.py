"""crawler.extract.unscripted: what scripts would put into a page: videos of site systems, pictures loaded late."""

import pytest
from lxml.html import HtmlElement, tostring

from crawler.extract.document import parse
from crawler.extract.page import Page, read_page
from crawler.extract.unscripted import MOST_CHANGED, unscript

HEAD = "窗台上的水到哪里去了"
PROSE = "把一杯清水放在窗台上，过几天水面就低了一截，这些水并没有消失，它们变成看不见的水汽，跑到空气里去了。"
TEXT = f"<p>{PROSE}</p>"
CUP, FILM = "https://www.example.cn/pic/cup.jpg", "https://www.example.cn/v/water.mp4"


def page(inside: str, *, above: str = "", below: str = "", name: str = "content") -> Page:
    html = (
        f"<html><head><meta charset='utf-8'><title>{HEAD}</title></head><body>"
        "<div class='top'><img src='/img/logo.png'></div>"
        f"<div class='main'><h1>{HEAD}</h1><div class='info'>2026-09-17 来源：示例馆</div>{above}"
        f"<div class='{name}'>{TEXT}{inside}{TEXT * 2}</div>{below}</div>"
        "<div class='footer'><img src='/img/qrcode.png'>版权所有：示例馆</div></body></html>"
    )
    return read_page(html.encode(), url="https://www.example.cn/info/1/2.htm")


def media(found: Page) -> list[tuple[str, str]]:
    return [(str(medium.kind), medium.url) for medium in found.media]


VIDEOS = [
    "<p class='vsbcontent_img'><script name='_videourl' vurl='/v/water.mp4' type='text/javascript'></script></p>",
    "<script name='_videourl' vurl='/v/water.mp4'>showVsbVideo('/v/water.mp4','','');</script>",
    "<script>showVsbVideo(\"/v/water.mp4\", \"600\");</script>",
    "<div id='p'></div><script>new ckplayer({container: '#p', video: '/v/water.mp4'});</script>",
    "<div class='wp_video_player' sudy-wp-src='/v/water.mp4' sudy-wp-player='show'></div>",
    "<div sudy-wp-src='/v/water.mp4'>您的浏览器不支持</div>",
    "<div class='player' data-video='/v/water.mp4'></div>",
    "<div class='player' data-video-src='/v/water.mp4?t=1'><img src='/pic/cover.jpg'></div>",
    "<span data-url='/v/water.mp4'></span>",
    "<button data-src='/v/water.mp4'>播放</button>",
    "<video controls src='/v/water.mp4'></video>",
    "<video controls data-src='/v/water.mp4'></video>",
    "<video controls><source src='/v/water.mp4' type='video/mp4'><source src='/v/water.webm'></video>",
    "<video><source data-src='/v/water.mp4'></video>",
    "<video data-video='/v/water.mp4' poster='/pic/cover.jpg'></video>",
    "<embed src='/images/player.swf?file=/v/water.mp4'>",
    "<embed src='/images/player.swf' flashvars='autostart=0&file=/v/water.mp4'>",
    "<iframe data-video='/v/water.mp4'></iframe>",
    "<a class='player' href='/v/water.mp4' style='width:600px'></a>",
]  # fmt: skip


@pytest.mark.parametrize("inside", VIDEOS)
@pytest.mark.parametrize("name", ["content", "v_news_content"])
def test_a_video_of_a_site_system_is_a_medium_of_the_article(inside: str, name: str) -> None:
    found = page(f"<p>{inside}</p>" if inside.startswith("<script") else inside, name=name)

    videos = [url.partition("?")[0] for kind, url in media(found) if kind == "video"]
    assert videos == [FILM]
    assert found.text.count(PROSE) == 3


@pytest.mark.parametrize(
    "player",
    [
        "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD",
        "//player.bilibili.com/player.html?aid=1",
        "https://www.bilibili.com/blackboard/html5mobileplayer.html?bvid=BV1xx411c7mE",
        "https://v.qq.com/txp/iframe/player.html?vid=a0123456789",
        "https://player.cntv.cn/standard/cntvplayer.html?id=1",
        "https://tv.cctv.com/2026/09/17/VIDE1.shtml",
        "https://w.yangshipin.cn/video?type=0&vid=a1",
        "https://player.youku.com/embed/X1",
    ],
)
def test_a_frame_of_a_known_player_is_a_video(player: str) -> None:
    address = f"https:{player}" if player.startswith("//") else player

    assert media(page(f"<iframe src='{player}'></iframe>")) == [("video", address)]
    assert media(page(f"<p><iframe data-src='{player}' src='about:blank'></iframe></p>")) == [("video", address)]


def test_a_frame_of_anybody_else_is_none() -> None:
    assert media(page("<iframe src='https://ads.example/frame.html'></iframe>")) == []


def test_a_recording_is_a_sound() -> None:
    assert media(page("<p><script>play('/a/rain.mp3')</script></p>")) == [
        ("audio", "https://www.example.cn/a/rain.mp3")
    ]
    assert media(page("<audio data-url='/a/rain.mp3'></audio>")) == [("audio", "https://www.example.cn/a/rain.mp3")]


PICTURES = [
    "<img alt='' class='lazy'><noscript><img src='/pic/cup.jpg'></noscript>",
    "<img src='data:image/gif;base64,R0'><noscript><img src='/pic/cup.jpg'></noscript>",
    "<img src='/img/loading.gif'><noscript><img src='/pic/cup.jpg'></noscript>",
    "<noscript><img src='/pic/cup.jpg'></noscript>",
    "<noscript><img src='/pic/cup.jpg'></noscript><img class='lazy'>",
    "<img data-src='/pic/cup.jpg'><noscript><img src='/pic/cup.jpg'></noscript>",
    "<span class='lazy'><img></span><noscript><img src='/pic/cup.jpg'></noscript>",
    "<picture><source srcset='/pic/cup.jpg 800w, /pic/cup_s.jpg 400w'><img alt=''></picture>",
    "<picture><source data-srcset='/pic/cup_s.jpg 1x, /pic/cup.jpg 2x'><img src='data:image/gif;base64,R0'></picture>",
    "<img srcset='/pic/cup_s.jpg 400w, /pic/cup.jpg 800w'>",
    "<img src='/img/blank.gif' data-srcset='/pic/cup_s.jpg 400w, /pic/cup.jpg 800w'>",
    "<img data-whatever='/pic/cup.jpg'>",
    "<img src='/img/s.gif' data-abc='/pic/cup.jpg'>",
    "<img src='/img/grey.png' lazysrc='/pic/cup.jpg'>",
    "<img src='/pic/small.jpg' data-full-src='/pic/cup.jpg'>",
    "<img src='/img/1x1.png' data-x-y='/pic/cup.jpg' data-error='/img/none.jpg'>",
    "<img src='/pic/cup.jpg' data-thumb='/pic/t.jpg' onerror=\"this.src='/img/none.png'\">",
    "<img data-placeholder='/img/p.png' data-lazyload-img='/pic/cup.jpg' data-loading='/img/l.png'>",
    "<div class='lazy-bg' data-bg='/pic/cup.jpg'></div>",
    "<div style=\"background-image: url('/pic/cup.jpg')\"></div>",
    "<figure data-original='/pic/cup.jpg'></figure>",
    "<img src='' data-bg-set='/pic/cup_s.jpg 1x, /pic/cup.jpg 2x'>",
    "<img src='/img/loading.gif' data-page-url='/info/1.htm' data-lazy-url='/servlet/a?id=9' data-real='/pic/cup.jpg'>",
    "<img src='/pic/cup.jpg'><img src='/system/resource/images/fileTypeImages/icon_doc.gif'>",
]


@pytest.mark.parametrize("inside", PICTURES)
@pytest.mark.parametrize("name", ["content", "wp_articlecontent"])
def test_a_picture_that_is_loaded_late_is_a_medium_and_stands_in_the_html(inside: str, name: str) -> None:
    found = page(f"<p>{inside}</p>" if inside.startswith(("<img", "<noscript", "<span", "<pic")) else inside, name=name)

    assert media(found) == [("image", CUP)]
    assert CUP in found.html


APART = [
    "<div class='xx_img'><img src='/pic/cup.jpg' width='800'></div>",
    "<p><img data-src='/pic/cup.jpg'></p>",
    "<div><a href='/pic/cup.jpg'><img src='/pic/cup.jpg'></a><p>一杯水。示例馆供图</p></div>",
    "<figure><img src='/pic/cup.jpg'><figcaption>窗台上的水</figcaption></figure>",
]


@pytest.mark.parametrize("box", APART)
@pytest.mark.parametrize("name", ["content", "TRS_Editor"])
def test_a_picture_between_headline_and_text_or_below_is_the_article_s(box: str, name: str) -> None:
    assert media(page("", above=box, name=name)) == [("image", CUP)]
    assert media(page("", below=box, name=name)) == [("image", CUP)]
    assert CUP in page("", above=box, name=name).html


def test_a_picture_s_address_may_have_no_ending_where_no_other_is_named() -> None:
    found = page("<p><img src='/img/loading.gif' data-page-url='/info/1.htm' data-lazy-url='/servlet/a?id=9'></p>")

    assert media(found) == [("image", "https://www.example.cn/servlet/a?id=9")]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='v'><video src='/v/water.mp4' poster='/pic/cover.jpg'></video></div>",
        "<div><video><source src='/v/water.mp4'></video></div>",
        "<div sudy-wp-src='/v/water.mp4'></div>",
        "<div><script name='_videourl' vurl='/v/water.mp4'></script></div>",
    ],
)
@pytest.mark.parametrize("name", ["content", "wp_articlecontent"])
def test_a_player_between_headline_and_text_or_below_is_the_article_s(box: str, name: str) -> None:
    assert media(page("", above=box, name=name)) == [("video", FILM)]
    assert media(page("", below=box, name=name)) == [("video", FILM)]
    assert FILM in page("", above=box, name=name).html


@pytest.mark.parametrize(
    "box",
    [
        "<div class='sidebar'><video src='/v/water.mp4'></video></div>",
        "<div><iframe src='https://ads.example/frame.html'></iframe></div>",
    ],
)
def test_players_of_others_around_the_text_are_not(box: str) -> None:
    assert [kind for kind, _ in media(page("", below=box)) if kind == "video"] == []


@pytest.mark.parametrize(
    "box",
    [
        "<div class='share'><img src='/pic/cup.jpg'></div>",
        "<div><img src='/img/qrcode_weixin.png'>扫码关注</div>",
        "<div><a href='/info/2.htm'><img src='/pic/cup.jpg'></a></div>",
        "<div><img src='/pic/cup.jpg' width='16' height='16'></div>",
        "<div style='display:none'><img src='/pic/cup.jpg'></div>",
        "<ul><li><a href='/2.htm'><img src='/pic/cup.jpg'>盐从哪里来</a></li></ul>",
    ],
)
def test_pictures_of_others_around_the_text_are_not(box: str) -> None:
    assert [url for _, url in media(page("", below=box)) if url == CUP] == []


def tree(body: str) -> HtmlElement:
    found = parse(f"<html><body>{body}</body></html>")
    assert found is not None
    unscript(found, body)
    return found


def test_words_around_what_is_changed_stay_in_their_place() -> None:
    assert tree("<p>前<script vurl='/a.mp4'></script>后</p>").text_content() == "前后"
    assert tree("<p>前<noscript><img src='/a.jpg'></noscript>后</p>").text_content() == "前后"
    assert tree("<div data-video='/a.mp4'>前<b>中</b></div>后").text_content() == "前中后"


def test_a_script_that_names_no_file_and_a_notice_without_pictures_stay_as_they_are() -> None:
    body = "<script>var a = 'x.js'</script><noscript>请打开脚本</noscript><a href=\"/a.mp4\">下载</a>"

    assert tostring(tree(body), encoding="unicode") == f"<html><body>{body}</body></html>"


def test_the_number_of_changes_is_bounded() -> None:
    found = tree("<script vurl='/a.mp4'></script>" * (MOST_CHANGED + 50))

    assert len(found.findall(".//video")) == MOST_CHANGED


@pytest.mark.parametrize(
    "shown",
    [
        "<div class='wp_pdf_player' pdfsrc='/f/water.pdf'></div>",
        "<object data='/f/water.pdf' type='application/pdf'>您的浏览器打不开这个文件，请安装插件后再试一次。</object>",
        "<iframe src='/f/water.pdf'></iframe>",
        "<embed src='/f/water.pdf'>",
        "<iframe src='/pdfjs/web/viewer.html?file=%2Ff%2Fwater.pdf'></iframe>",
    ],
)
def test_a_document_that_a_frame_shows_is_a_link(shown: str) -> None:
    read = page(shown)

    assert 'href="https://www.example.cn/f/water.pdf"' in read.html
    assert (read.media, read.text.splitlines()) == ((), [PROSE] * 3)


def test_amp_pictures_and_those_of_an_escaped_noscript_are_shown() -> None:
    assert media(page("<amp-img src='/pic/cup.jpg' width='600'><noscript><img src='/x.jpg'></noscript></amp-img>")) == [
        ("image", CUP)
    ]
    assert media(page("<p><noscript>&lt;img src='/pic/cup.jpg'&gt;</noscript></p>")) == [("image", CUP)]


def test_a_picture_that_stands_for_a_player_becomes_it() -> None:
    assert media(page("<p><img sudyplayer='wp_video_player' src='/blank.gif' sudy-wp-src='/v/water.mp4'></p>")) == [
        ("video", FILM)
    ]
    assert media(page("<p><img src='/blank.gif' sudy-wp-player='/v/water.mp3'></p>")) == [
        ("audio", FILM.replace("mp4", "mp3"))
    ]


@pytest.mark.parametrize(
    "inside",
    [
        '<script>showVsbpdfIframe("/f/a.pdf","100%","900");</script>',
        "<script name='_pdfurl' vurl='/f/a.pdf'>showVsbpdfIframe('/f/a.pdf');</script>",
        "<p><a swsrc='/f/a.pdf' href='javascript:void(0)'>手册.pdf</a></p>",
    ],
)
def test_a_document_that_a_script_would_show_is_linked(inside: str) -> None:
    assert "https://www.example.cn/f/a.pdf" in page(inside).html


def test_the_day_that_a_script_writes_is_that_of_its_line() -> None:
    found = page("", above="<p>发布时间：<script>document.write(fmt('2026-08-01 09:40:00'))</script></p>")
    event = page("", above="<p><script>document.write('报名截止：2026-08-01')</script></p>")

    assert str(found.published) == "2026-08-01T09:40:00+08:00"
    assert str(event.published) == "2026-09-17"
