"""crawler.sources.site: which links of a list page are its articles."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from crawler.exchange import Answer, Ask, Unreadable
from crawler.extract.document import parse
from crawler.sources import site
from crawler.sources.site import MOST_LINKS, SOURCE, _links_held
from indexer.items import Candidate, Channel, ChannelId, ChannelKind, ItemKind, UnitId

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

LINK = "<a href='/kx/1.html'>一篇文章的标题</a>"


def read(text: str, channel: Channel = CHANNEL, **about: str) -> list[Candidate | Ask]:
    headers = {"content-type": "text/html; charset=utf-8"}
    return list(
        SOURCE.read(channel, Answer(url="https://a.example/kx/", body=text.encode(), headers=headers, about=about))
    )


def test_a_read_starts_at_the_registered_address() -> None:
    assert [ask.url for ask in SOURCE.start(CHANNEL)] == ["https://a.example/kx/"]


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

    first = next(iter(SOURCE.read(CHANNEL, answer)))

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
    with pytest.raises(Unreadable, match="写法不对"):
        read(LIST, replace(CHANNEL, options={"list": "li[["}))


def test_of_a_list_page_a_bounded_number_of_links_is_looked_at() -> None:
    links = "".join(f"<a href='/kx/{number}.html'>第 {number} 篇文章的标题</a>" for number in range(MOST_LINKS + 500))

    found = read(f"<html><body>{links}</body></html>")

    assert len(found) == MOST_LINKS


def test_the_text_read_around_the_links_of_a_page_grows_with_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    read_text = site._text_of

    def counting(element: HtmlElement) -> str:
        looked_at.append(1)
        return read_text(element)

    monkeypatch.setattr(site, "_text_of", counting)
    nested = "<div>" * 50 + "".join(f"<p><a href='/kx/{n}.html'>第 {n} 篇文章的标题</a></p>" for n in range(1000))

    found = read(f"<html><body>{nested}</body></html>")

    assert len(found) == 1000
    assert len(looked_at) == 2 * len(found)  # of each link itself, and of what stands around it


@settings(deadline=None)
@given(st.lists(st.sampled_from(["<div>", "</div>", "<p>", "</p>", "<ul><li>", "</ul>", LINK, LINK]), max_size=40))
def test_links_are_counted_in_one_pass_as_if_in_each_element(pieces: list[str]) -> None:
    page = parse(f"<html><body>{''.join(pieces)}</body></html>")
    assert page is not None

    held = _links_held(page)

    assert {node: len(node.xpath(".//a[@href]")) for node in page.iter() if node.xpath(".//a[@href]")} == held
