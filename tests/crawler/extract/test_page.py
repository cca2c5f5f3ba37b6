"""crawler.extract.page: what a collector reads of an article page, and that no page can stop it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.page import PageKind, read_content, read_page
from crawler.extract.state import PageState

TITLE = "“嫦娥”的采样钻头怎样工作"
TEXT = [
    "钻头要在月面上打出一个洞，把土样一层一层地留在软管里，地上的人才能看出先后的次序。",
    "月面上没有水可以冷却，钻得太快，钻头会发热；钻得太慢，电量又不够用，所以要一边钻一边看温度。",
    "土样装好之后封在罐子里，罐口的密封要保证一路上没有空气进去，回到地面再慢慢打开。",
]
COMMENTS = ["讲得真清楚，给孩子也看了一遍，他问了很多问题，我都答不上来。", "希望以后多办这样的讲座，最好周末也有。"]


def page(head: str = "", before: str = "", after: str = "", title: str = TITLE) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    return (
        f"<html lang='zh-CN'><head><title>{title}_示例科技馆</title>{head}</head><body>{before}"
        f"<h1>{title}</h1><div class='content'>{body}</div>{after}</body></html>"
    ).encode()


def test_government_tags_give_title_day_and_source() -> None:
    read = read_page(
        page(
            "<meta name='ArticleTitle' content='采样钻头怎样工作'><meta name='PubDate' content='2026-09-17 08:30'>"
            "<meta name='ContentSource' content='示例科技馆'>",
            title="采样钻头怎样工作",
        )
    )

    assert (read.kind, read.state, read.title) == (PageKind.PAGE, PageState.OK, "采样钻头怎样工作")
    assert str(read.published) == "2026-09-17T08:30:00+08:00"
    assert read.account == "示例科技馆"


def test_a_title_that_a_quotation_mark_cut_in_its_tag_is_taken_whole_from_the_page() -> None:
    whole = '怎样"看见"暗物质：一间地下实验室'
    read = read_page(page(f'<meta name="ArticleTitle" content="{whole}">', title=whole.replace('"', "&quot;")))

    assert read.title == whole


def test_declared_schema_names_writer_and_instant() -> None:
    declared = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-09-17T01:00:00Z"}
    writer = {"author": {"@type": "Person", "name": "示例作者"}}
    read = read_page(page(f"<script type='application/ld+json'>{json.dumps(declared | writer)}</script>"))

    assert read.author == "示例作者"
    assert str(read.published) == "2026-09-17T01:00:00+00:00"


def test_comments_and_other_headlines_are_no_body() -> None:
    comments = "".join(f"<li><p>{comment}</p></li>" for comment in COMMENTS * 6)
    links = "".join(f"<li><a href='/{n}.html'>另一篇文章的标题第{n}号</a></li>" for n in range(12))
    read = read_page(page(after=f"<ul class='related'>{links}</ul><div class='comments'><ul>{comments}</ul></div>"))

    assert read.text.splitlines() == TEXT
    assert COMMENTS[0] not in read.html


def test_an_included_header_that_closes_the_page_early_hides_nothing() -> None:
    before = "<div class='top'>示例科技馆</div></body></html><body>"

    assert read_page(page(before=before)).text.splitlines()[-1] == TEXT[-1]


def test_a_responsible_editor_is_no_writer() -> None:
    read = read_page(page(before="<p>2026-09-17 来源：示例科技馆</p>", after="<p>责任编辑：某某</p>"))

    assert "某某" not in read.author
    assert str(read.published) == "2026-09-17"


def test_no_day_is_guessed_where_none_stands() -> None:
    assert read_page(page()).published is None


def test_lazy_pictures_and_films_are_media() -> None:
    inside = "<p><img src='/blank.gif' data-src='/m.jpg' width=600></p><video src='/m.mp4'></video>"
    body = page().replace(b"<div class='content'>", f"<div class='content'>{inside}".encode())
    media = read_page(body, url="http://a.example/1.html").media

    assert [(medium.kind, medium.url) for medium in media] == [
        ("image", "http://a.example/m.jpg"),
        ("video", "http://a.example/m.mp4"),
    ]


@pytest.mark.parametrize(
    ("base", "picture"),
    [
        ("/kp/", "http://a.example/kp/m.jpg"),
        ("http://b.example/", "http://b.example/m.jpg"),
        ("#", "http://a.example/art/m.jpg"),
        ("javascript:0", "http://a.example/art/m.jpg"),
    ],
)
def test_relative_addresses_start_where_the_page_says(base: str, picture: str) -> None:
    inside = b"<div class='content'><p><img src='m.jpg'><a href='more.html'>more</a></p>"
    body = page(f"<base href='{base}'>").replace(b"<div class='content'>", inside)

    read = read_page(body, url="http://a.example/art/1.html")

    assert [medium.url for medium in read.media] == [picture]
    assert picture.replace("m.jpg", "more.html") in read.html


def test_an_old_player_that_is_never_closed_does_not_swallow_the_article() -> None:
    film = "<div class='content'><embed src='http://a.example/film.swf' type='application/x-shockwave-flash'>"
    read = read_page(page().replace(b"<div class='content'>", film.encode()))

    assert read.text.splitlines() == TEXT
    assert TEXT[-1] in read.html


NESTED = b"<div>" * 60_000 + "深".encode() + b"</div>" * 60_000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 5000,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50,
        b"<",
        b"<html",
        b"<!--" * 5000,
        NESTED,
        b"<a href=x>" * 50_000,
        b"<p " + b"a=1 " * 100_000 + b">",
        b"<table><tr><td>" * 20_000,
        ("<p>" + "2026-" * 50_000 + "</p>").encode(),
        ("来源：" * 50_000).encode(),
    ],
    ids=[
        "empty",
        "nulls",
        "png",
        "less",
        "cut",
        "comments",
        "nested",
        "links",
        "attributes",
        "tables",
        "dates",
        "labels",
    ],
)
def test_no_bytes_raise_or_stop_the_reader(body: bytes) -> None:
    assert isinstance(read_page(body, url="http://a.example/1.html").text, str)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_read_as_something(body: bytes) -> None:
    assert read_page(b"<html><body>" + body).kind in PageKind


def test_an_articles_content_alone_has_text_media_and_no_script() -> None:
    read = read_content(
        f"<p>{TEXT[0]}</p></div></body><p>{TEXT[1]}<script>x()</script></p>"
        '<img data-src="https://mmbiz.qpic.cn/a/640?wx_fmt=png" src="data:image/gif;base64,x">',
        url="http://mp.weixin.qq.com/s?__biz=MzA3MDM3NjE5NQ==&mid=1&idx=1&sn=a",
    )

    assert (read.kind, read.state, read.text.splitlines()) == (PageKind.WECHAT, PageState.OK, TEXT[:2])
    assert [medium.url for medium in read.media] == ["https://mmbiz.qpic.cn/a/640?wx_fmt=png"]
    assert "script" not in read.html


@pytest.mark.parametrize("content", ["", "   ", "<style>p {}</style>", "<p> </p>"])
def test_a_content_that_says_nothing_is_none(content: str) -> None:
    assert read_content(content, url="http://mp.weixin.qq.com/s/x").state is PageState.UNKNOWN


FOOT = "<div class='foot'><p>主办单位：示例市科学技术协会 地址：示例路八号</p><p>版权所有 京ICP备00000000号</p></div>"


def test_a_notice_shorter_than_the_foot_of_its_page_is_read() -> None:
    text = "因设备检修，本馆9月24日闭馆一天。"
    read = read_page(f"<html><title>闭馆公告</title><h1>闭馆公告</h1><div><p>{text}</p></div>{FOOT}</html>".encode())

    assert read.text == text


def test_a_list_of_winners_without_a_sentence_is_the_article_that_its_system_names() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>示例小学{n}班</td><td>一等奖</td></tr>" for n in range(60))
    read = read_page(f"<html><h1>获奖名单</h1><div id='vsb_content'><table>{rows}</table></div>{FOOT}</html>".encode())

    assert read.text.endswith("59\n示例小学59班\n一等奖")


def test_an_article_of_pictures_is_not_read_as_the_foot_of_its_page() -> None:
    pictures = "".join(f"<p><img src='/u/{n}.jpg'></p>" for n in range(3))
    read = read_page(
        f"<html><h1>一图读懂</h1><p>2026-09-21</p><div class='cont'>{pictures}</div>{FOOT}</html>".encode(),
        url="https://www.example.cn/1.html",
    )

    assert "主办单位" not in read.text
    assert len(read.media) == 3


def test_the_headline_of_a_page_laid_out_flat_is_found_behind_its_side_list() -> None:
    links = "".join(f"<li><a href='/{n}.html'>另一篇文章的标题，第{n}号</a></li>" for n in range(20))
    text = "".join(
        f"<p>把一杯清水放在窗台上，过几天水面就低了一截，这些水变成看不见的水汽，第{n}天。</p>" for n in range(4)
    )
    html = f"<body><div><h4>点击排行</h4><ul>{links}</ul></div><h1>窗台上的水</h1><p>2026-09-17</p>{text}</body>"

    assert read_page(html.encode()).title == "窗台上的水"
