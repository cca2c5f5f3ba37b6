"""crawler.sources.site: which links of a list page are its articles."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from config.words import ChannelKind
from crawler.exchange import Answer, Ask, Found, Note, Unreadable
from crawler.sources import options_of
from crawler.sources.site import SOURCE
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate, ItemKind
from indexer.whitelist.records import Channel

CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.SITE,
    name="网站",
    source="site",
    address="https://a.example/kx/",
    hosts=("a.example",),
    path="/kx/",
)
LIST = """<html><body>
<div class="nav"><a href="/kx/about/">关于我们的机构介绍</a> <a href="/kx/map/">网站地图与导航</a></div>
<div class="box"><ul class="list">
<li class="odd"><a href="1.html">观察一片叶子的呼吸</a><span>2026-09-01</span></li>
<li class="even"><a href="/kx/2.html#top" title="夜空里最亮的那颗是什么">夜空里最亮的…</a><span>2026-09-03</span></li>
<li class="odd"><a href="https://other.example/3.html">别家网站上的一篇文章</a><span>2026-09-02</span></li>
<li class="even"><a href="/elsewhere/4.html">栏目之外的一篇文章</a><span>2026-09-02</span></li>
<li class="odd"><a href="/kx/5.pdf">附件：活动报名表格下载</a><span>2026-09-02</span></li>
<li class="even"><a href="javascript:void(0)">点这里展开更多内容</a></li>
</ul><a class="next" href="index_2.html">下一页</a></div>
<div class="footer"><a href="/kx/law/">法律声明和隐私条款</a></div></body></html>"""
ARTICLE = """<html><head><title>观察一片叶子的呼吸</title></head><body><div id="main"><h1>观察一片叶子的呼吸</h1>
<p>把一片新摘的叶子放进温水里，不一会儿叶面上就冒出许多细小的气泡，它们是从气孔里出来的空气。</p>
<p>在放大镜下可以看到气孔多在叶子的背面，白天张开，夜里合上，植物靠它们交换气体，也靠它们散失水分。</p>
</div></body></html>"""


def read(text: str, channel: Channel = CHANNEL, **about: str) -> list[Candidate | Ask]:
    """What is found, without the note that stands first."""
    return [found for found in answered(text, channel, about=about) if isinstance(found, Candidate | Ask)]


def noted(text: str, *, is_trial: bool = True) -> Note:
    note = answered(text, CHANNEL, about={}, is_trial=is_trial)[0]
    assert isinstance(note, Note)
    return note


def answered(text: str, channel: Channel, *, about: Mapping[str, str], is_trial: bool = False) -> list[Found]:
    headers = {"content-type": "text/html; charset=utf-8"}
    answer = Answer(url="https://a.example/kx/", body=text.encode(), headers=headers, about=about, is_trial=is_trial)
    return list(SOURCE.read(channel, options_of(SOURCE, channel), answer))


def test_a_read_starts_at_the_registered_address() -> None:
    assert [ask.url for ask in SOURCE.start(CHANNEL, options_of(SOURCE, CHANNEL))] == ["https://a.example/kx/"]


def test_the_dated_list_is_read_and_not_the_menu() -> None:
    urls = [found.url for found in read(LIST)]

    assert urls == ["https://a.example/kx/1.html", "https://a.example/kx/2.html"]


def test_a_title_cut_on_the_list_is_taken_whole_from_its_attribute() -> None:
    second = read(LIST)[1]

    assert isinstance(second, Ask)
    assert second.about["title"] == "夜空里最亮的那颗是什么"
    assert second.about["date"] == "2026-09-03"


def test_a_selector_chooses_the_links() -> None:
    channel = replace(CHANNEL, options={"list": ".footer"})

    assert [found.url for found in read(LIST, channel)] == ["https://a.example/kx/law/"]


@pytest.mark.parametrize(
    ("selector", "urls"),
    [
        (".list li:has(span:-soup-contains('09-03')) a", ["https://a.example/kx/2.html"]),
        ("div:has(> ul.list)", ["https://a.example/kx/1.html", "https://a.example/kx/2.html"]),
        ("body, div, ul, li, a[title]", ["https://a.example/kx/about/", "https://a.example/kx/map/"]),
    ],
)
def test_a_selector_may_be_any_css(selector: str, urls: list[str]) -> None:
    found = [found.url for found in read(LIST, replace(CHANNEL, options={"list": selector}))]

    assert found[: len(urls)] == urls
    assert len(found) == len(set(found))


def test_the_next_page_is_asked_for_up_to_the_limit() -> None:
    channel = replace(CHANNEL, options={"list": ".list", "next": "a.next", "pages": "2"})

    first, last = read(LIST, channel)[-1], read(LIST, channel, page="list", number="2")[-1]

    assert first.url == "https://a.example/kx/index_2.html"
    assert last.url == "https://a.example/kx/2.html"


def test_an_article_gives_one_candidate_under_its_listed_address() -> None:
    (candidate,) = read(ARTICLE, page="article", url="https://a.example/kx/1.html")

    assert isinstance(candidate, Candidate)
    assert candidate.url == "https://a.example/kx/1.html"
    assert candidate.title == "观察一片叶子的呼吸"
    assert "交换气体" in candidate.text


def test_the_day_on_the_list_stands_in_for_a_missing_one() -> None:
    (candidate,) = read(ARTICLE, page="article", url="https://a.example/kx/1.html", date="2026-09-01")

    assert isinstance(candidate, Candidate)
    assert str(candidate.published) == "2026-09-01"


def test_items_have_the_kind_that_the_channel_declares() -> None:
    channel = replace(CHANNEL, options={"item_kind": "activity"})

    (candidate,) = read(ARTICLE, channel, page="article")

    assert isinstance(candidate, Candidate)
    assert candidate.kind is ItemKind.ACTIVITY


def test_a_page_in_gb18030_is_read_whatever_its_header_says() -> None:
    body = LIST.replace("<html>", '<html><meta charset="gb2312">').encode("gb18030")
    answer = Answer(url="https://a.example/kx/", body=body, headers={"content-type": "text/html"})

    _, first, *_ = SOURCE.read(CHANNEL, options_of(SOURCE, CHANNEL), answer)

    assert isinstance(first, Ask)
    assert first.about["title"] == "观察一片叶子的呼吸"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "列表页是空的"),
        ("<p>正在维护</p>", "没有找到文章链接"),
        ('<a href="http://[">一个写坏了的链接地址</a>', "没有找到文章链接"),
    ],
)
def test_a_page_that_is_no_list_is_refused_in_plain_words(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(text)


def test_a_selector_that_is_none_is_refused_in_plain_words() -> None:
    with pytest.raises(Unreadable, match=r"渠道的采集选项 list 写法不对（li\[\[）"):
        read(LIST, replace(CHANNEL, options={"list": "li[["}))


def test_a_list_page_says_first_why_it_is_read_so() -> None:
    note = noted(LIST)

    assert note == Note(
        why="选了 ul.list 里的列表：2 篇，2 篇有日期（另有 1 行是文件、2 行不在渠道登记的范围内）", selector="ul.list"
    )


def test_no_selector_is_looked_for_while_collecting() -> None:
    assert noted(LIST, is_trial=False) == replace(noted(LIST), selector="")


def test_the_selector_of_a_note_chooses_the_same_again() -> None:
    channel = replace(CHANNEL, options={"list": noted(LIST).selector})

    assert [found.url for found in read(LIST, channel)] == [found.url for found in read(LIST)]


@pytest.mark.parametrize(("options", "asked"), [({}, False), ({"pages": "1"}, False), ({"pages": "3"}, True)])
def test_a_page_that_names_the_next_is_followed_where_the_channel_says_how_far(
    options: dict[str, str], asked: bool
) -> None:
    urls = [found.url for found in read(LIST, replace(CHANNEL, options=options))]

    assert ("https://a.example/kx/index_2.html" in urls) is asked


def test_title_and_day_within_a_row_may_be_selected() -> None:
    first = read(LIST, replace(CHANNEL, options={"title": "li > span", "date": "li > span"}))[0]

    assert isinstance(first, Ask)
    assert (first.about["title"], first.about["date"]) == ("2026-09-01", "2026-09-01")


def test_records_in_a_script_are_read_and_their_next_group_is_asked_for() -> None:
    rows = "".join(
        f"<record><![CDATA[<li><a href='{n}.html'>第{n}次观察的记录</a>2026-09-0{n}</li>]]></record>" for n in (1, 2, 3)
    )
    group = "<nextgroup><![CDATA[<a href='dataproxy.jsp?page=2'></a>]]></nextgroup>"
    text = f"<html><body><script type='text/xml'><datastore>{group}<recordset>{rows}</recordset></datastore></script>"

    urls = [found.url for found in read(text, replace(CHANNEL, options={"pages": "2"}))]

    assert urls == [f"https://a.example/kx/{name}" for name in ("1.html", "2.html", "3.html", "dataproxy.jsp?page=2")]


ROWS = [
    {"title": f"第{n}次观察的完整记录", "url": f"/kx/{n}1.html", "publishTime": f"2026-09-0{n} 08:00"}
    for n in range(1, 5)
]


def test_a_list_that_the_page_keeps_as_data_is_read_where_the_page_shows_none() -> None:
    data = f"<script>window.__INITIAL_STATE__={json.dumps({'rows': ROWS})}</script>"

    found = read(f"<html><body><div id=app></div>{data}</body></html>")

    assert [each.url for each in found if isinstance(each, Ask)] == [
        f"https://a.example/kx/{n}1.html" for n in range(1, 5)
    ]


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE.replace("</p>", "，大家都记了下来。" * 20 + "</p>").replace(
            "</body>", f"<script>var related={json.dumps(ROWS)}</script></body>"
        ),
        "<html><body><script>var s="
        + json.dumps({"text": "<p>" + "把一片新摘的叶子放进温水里，叶面上冒出气泡。" * 9 + "</p>", "related": ROWS})
        + "</script></body></html>",
    ],
)
def test_an_article_s_data_about_others_is_no_list(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)
