"""crawler.extract.page: the day of publication of whole pages, as site systems lay them out; nothing is guessed."""

import json

import pytest

from crawler.extract.page import Page, read_page

HEAD = "窗台上的水到哪里去了"
PROSE = [
    "把一杯清水放在窗台上，过几天水面就低了一截，这些水并没有消失，它们变成看不见的水汽，跑到空气里去了。",
    "窗台上放了三个同样大小的盘子，分别盛上清水、糖水和盐水，每天早上称一次重量，记下少了多少克。",
    "一周以后，清水少得最多，盐水少得最少，盘底还留下了一层白色的盐，这就是蒸发留下来的东西。",
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
MENU = "".join(
    f"<li><a href='/{n}/'>{name}</a></li>" for n, name in enumerate(["首页", "机构概况", "通知公告", "联系我们"])
)
DAY = "2026-09-10"


def page(
    *, head: str = "", above: str = "", first: str = "", last: str = "", below: str = "", name: str = "content"
) -> Page:
    """The reading of a page: lines above the text, at its beginning, at its end, below it."""
    html = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{HEAD}-示例科技馆</title>{head}</head><body>"
        f"<div class='nav'><ul>{MENU}</ul></div><div class='main'><h1>{HEAD}</h1>{above}"
        f"<div class='{name}'>{first}{TEXT}{last}</div>{below}</div>"
        "<div class='footer'>版权所有：示例科技馆 京ICP备00000000号</div></body></html>"
    )
    return read_page(html.encode(), url="https://www.example.cn/kp/1.html")


def day(**parts: str) -> str:
    found = page(**parts).published
    return str(found)[:10]


LINE = "<div class='info'>2026-09-10 15:20　来源：示例科技馆　浏览：120</div>"
EVENTS = [
    "<p>讲座时间：2026年9月20日（周日）14:00—15:30</p><p>讲座地点：示例科技馆一层报告厅</p>",
    "<p>一、时间：2026年9月20日</p><p>二、地点：示例科技馆</p>",
    "<p>时间：2026年9月20日 14:00</p><p>地点：示例科技馆</p>",
    "<p>时 间：2026年9月20日下午2点</p><p>地 点：示例科技馆</p>",
    "<p>报名日期：2026-09-20 至 2026-09-25</p>",
    "<p>报名截止：2026年9月20日</p>",
    "<p>截止日期：2026年9月20日</p>",
    "<p>活动时间　2026年9月20日</p>",
    "<p>【活动时间】2026年9月20日上午9:00</p>",
    "<p>1. 活动日期：2026/9/20</p>",
    "<p>（一）时间：2026年9月20日</p>",
    "<p>展览时间：2026.9.20-2026.10.20</p>",
    "<p>开放日期：2026年9月20日起</p>",
    "<p>直播时间：2026-09-20 19:30</p>",
    "<table><tr><td>时间</td><td>2026年9月20日</td></tr><tr><td>地点</td><td>示例馆</td></tr></table>",
    "<p><strong>活动时间</strong></p><p>2026年9月20日 14:00-16:00</p><p><strong>活动地点</strong></p><p>示例科技馆</p>",
    "<p>2026年9月20日</p><p>示例科技馆</p>",
    "<div class='summary'>摘要：2026年9月20日，第三届示例科普论坛在示例市举行。</div>",
    "<p>本报讯（记者 张三）2026年9月20日，第三届示例科普论坛在示例市举行。</p>",
    "<p>2026年9月20日上午，论坛在示例市举行。</p><p>2026年9月20日下午，各分论坛同时开讲。</p>",
    "<p>记者从示例科技馆获悉，2026年9月20日发布会在示例市举行。</p>",
    "<p>为迎接2026年9月20日的全国科普日，示例科技馆准备了下面这个实验。</p>",
    "<p>二〇二六年九月二十日，第三届示例科普论坛在示例市举行。</p>",
]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize(
    "line",
    [
        LINE,
        "<p class='time'>2026-09-10</p>",
        "<p>发布时间：2026年09月10日</p>",
        "<p>时间：2026-09-10　作者：张三　点击：15</p>",
        "<div><span>来源：示例科技馆</span><span>日期：２０２６－０９－１０</span></div>",
        "<div>示例科技馆 二〇二六年九月十日</div>",
        "<div class='date'><b>10</b><i>2026-09</i></div>",
    ],
)
@pytest.mark.parametrize("name", ["content", "v_news_content"])
def test_the_day_of_an_event_never_outvotes_the_date_line(event: str, line: str, name: str) -> None:
    assert day(above=line, first=event, name=name) == DAY


@pytest.mark.parametrize("event", [event for event in EVENTS if not event.startswith("<p>2026年9月20日</p>")])
def test_without_a_date_line_the_day_of_an_event_is_no_day_of_publication(event: str) -> None:
    found = page(first=event)

    assert found.published is None or str(found.published)[:10] != "2026-09-20"


def test_a_page_that_names_only_other_days_says_that_it_is_uncertain() -> None:
    assert page(first=EVENTS[0]).is_day_uncertain is True
    assert page().is_day_uncertain is False
    assert page(above=LINE).is_day_uncertain is False


def test_two_days_that_tie_are_none() -> None:
    found = page(above="<p>2026-09-10</p><p>2026-09-12</p>")

    assert (found.published, found.is_day_uncertain) == (None, True)


@pytest.mark.parametrize(
    "below",
    [
        "<div class='foot-info'><font color='#666'>发布日期：2026-09-10　责任编辑：某某</font></div>",
        "<div>发布时间：2026年09月10日 08:30</div>",
        "<p>日期：2026-09-10</p>",
        "<p>发布于 2026-09-10</p>",
        "<p>2026-09-10 发布</p>",
        "<div>来源：示例科技馆　时间：2026-09-10</div>",
        "<div>作者：张三</div><div>编辑：李四</div><div>发布时间：2026-09-10</div><div><a href='/'>打印</a></div>",
        "<div><a href='javascript:print()'>打印</a> <a href='#'>关闭</a></div><div>发布日期：2026-09-10</div>",
        "<p>发布日期：2026-09-10</p><p>上一篇：<a href='/2.html'>盐从哪里来的小实验又来了一个</a> 2026-09-12</p>",
        "<ul><li>发布时间：２０２６年０９月１０日</li></ul>",
        "<table><tr><td>发布日期</td><td>2026-09-10</td></tr></table>",
    ],
)
def test_a_date_line_below_the_article_is_read(below: str) -> None:
    assert day(below=below) == DAY
    assert day(below=below, name="v_news_content") == DAY
    assert day(below=below, first=EVENTS[0]) == DAY


@pytest.mark.parametrize("last", ["<p>示例科技馆</p><p>2026年9月10日</p>", "<p>二〇二六年九月十日</p>"])
def test_the_day_under_a_signature_counts_where_no_line_names_another(last: str) -> None:
    assert day(last=last) == DAY
    assert day(last=last, above="<p>发布时间：2026-09-12</p>") == "2026-09-12"


@pytest.mark.parametrize(
    "below",
    [
        "<div>上一篇：<a href='/2.html'>盐从哪里来的小实验又来了一个</a> 2026-09-12</div>",
        "<h3>相关阅读</h3><ul><li><a href='/2.html'>盐从哪里来</a><span>2026-09-12</span></li></ul>",
        "<div>Copyright © 2026-09-12 示例科技馆</div>",
        "<div>报名时间：2026-09-12</div>",
    ],
)
def test_days_of_others_below_the_article_are_none(below: str) -> None:
    assert day(below=below) == "None"


@pytest.mark.parametrize(
    "above",
    [
        "<div class='date'><b>10</b><i>2026-09</i></div>",
        "<div class='date'><i>2026-09</i><b>10</b></div>",
        "<div class='date'><p>10</p><p>2026-09</p></div>",
        "<div class='date'><span>10</span><em>2026/09</em></div>",
        "<div class='date'><b>09-10</b><i>2026</i></div>",
        "<div class='date'><i>2026</i><b>09-10</b></div>",
        "<div class='date'><i>2026年</i><b>9月10日</b></div>",
        "<div class='date'><b>10</b><i>九月</i><i>2026</i></div>",
        "<div class='date'><b>10</b> / <i>2026.09</i></div>",
        "<p>Sep</p><p>10</p><p>2026</p>",
    ],
)
def test_a_day_in_parts_is_put_together(above: str) -> None:
    assert day(above=above) == DAY


def linked(*entities: object) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(entity)}</script>" for entity in entities)


ARTICLE = {"@type": "NewsArticle", "headline": HEAD, "datePublished": "2026-09-10T08:30:00+08:00"}
VIDEO = {"@type": "VideoObject", "name": "往期：一杯水的旅行", "uploadDate": "2024-03-01T10:00:00+08:00"}
EVENT = {"@type": "Event", "name": "示例论坛", "startDate": "2026-10-01", "datePublished": "2024-03-01"}
COMMENT = {"@type": "Comment", "text": "真好看", "datePublished": "2024-03-01"}
RELATED = {
    "@type": "NewsArticle", "headline": "盐从哪里来的一点小知识", "datePublished": "2024-03-01",
    "url": "https://www.example.cn/kp/2.html",
}  # fmt: skip


@pytest.mark.parametrize(
    "entities",
    [
        (VIDEO, ARTICLE), (ARTICLE, VIDEO), (EVENT, ARTICLE), (COMMENT, ARTICLE), (RELATED, ARTICLE),
        ([VIDEO, ARTICLE],),
        ({"@graph": [VIDEO, EVENT, {"@type": "WebPage", "mainEntity": ARTICLE}]},),
        ({"@graph": [{"@graph": [RELATED, ARTICLE]}]},),
        (ARTICLE | {"video": VIDEO, "comment": [COMMENT], "hasPart": [RELATED]},),
        (ARTICLE | {"@type": ["Article", "BlogPosting"]}, RELATED),
        ({"@type": "ItemList", "itemListElement": [RELATED]}, ARTICLE),
        ({"@type": "WebPage", "url": "https://www.example.cn/kp/1.html", "datePublished": DAY}, RELATED),
        ({"@context": "https://baidu.example/cambrian.jsonld", "title": HEAD, "pubDate": "2026-09-10T08:30:00"},),
    ],
)  # fmt: skip
def test_of_the_entities_of_json_ld_only_the_article_says_when(entities: tuple[object, ...]) -> None:
    assert day(head=linked(*entities)) == DAY


@pytest.mark.parametrize("entities", [(VIDEO,), (EVENT,), (COMMENT,), (RELATED,), ({"@graph": [VIDEO, EVENT]},)])
def test_json_ld_of_others_alone_names_no_day(entities: tuple[object, ...]) -> None:
    assert day(head=linked(*entities)) == "None"
    assert day(head=linked(*entities), above=LINE) == DAY


def test_broken_json_ld_is_read_as_far_as_its_types_tell() -> None:
    broken = '{"@type": "%s", "headline": "他说"好"", "author": {"@type": "Person"}, "datePublished": "2026-09-10"}'

    assert day(head=f"<script type='application/ld+json'>{broken % 'NewsArticle'}</script>") == DAY
    assert day(head=f"<script type='application/ld+json'>{broken % 'VideoObject'}</script>") == "None"


@pytest.mark.parametrize(
    "content",
    [
        "2026-09-10-08:30:12", "2026-09-10 08:30", "20260910083012", "2026/09/10/08:30", "2026年09月10日08时30分",
        "2026-09-10T08:30:12+0800", "２０２６年０９月１０日", "二〇二六年九月十日", "2026-9-10 8:30:5",
        "Thu Sep 10 08:30:12 CST 2026",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["firstpublishedtime", "PubDate", "article:published_time"])
def test_a_declared_time_may_have_an_odd_clock(content: str, name: str) -> None:
    assert day(head=f"<meta name='{name}' content='{content}'>") == DAY


@pytest.mark.parametrize(
    "lines",
    [
        "<p>收稿日期：2026-03-01　录用日期：2026-08-01　发布日期：2026-09-10</p>",
        "<ul><li>Received: 1 March 2026</li><li>Accepted: 1 August 2026</li><li>Published: 10 September 2026</li></ul>",
        "<p>Received 1 March 2026; Accepted 1 August 2026; Published 10 September 2026</p>",
        "<p>成文日期：2026-09-01</p><p>发布日期：2026-09-10</p>",
        "<table><tr><td>成文日期</td><td>2026年9月1日</td><td>发布日期</td><td>2026年9月10日</td></tr></table>",
        "<p>活动时间：2026-09-20　发布时间：2026-09-10</p>",
        "<p>发布时间：2026-09-10　更新时间：2026-09-12</p>",
        "<p>2026-09-10 发布　2026-09-12 更新</p>",
        "<p>最后更新：2026-09-12</p><p>发布：2026-09-10</p>",
        "<ul><li>Received: <time datetime='2026-03-01'>1 March 2026</time></li>"
        "<li>Published: <time datetime='2026-09-10'>10 September 2026</time></li></ul>",
    ],
)
def test_of_several_days_that_of_publication_is_taken(lines: str) -> None:
    assert day(above=lines) == DAY
    assert day(below=f"<div>{lines}</div>") == DAY


def test_a_day_in_the_headline_is_its_subject() -> None:
    html = (
        "<html><head><title>2026年9月20日科普讲座预告</title></head><body><h1>2026年9月20日科普讲座预告</h1>"
        f"<p>2026-09-10</p><div class='content'>{TEXT}</div></body></html>"
    )

    assert str(read_page(html.encode()).published) == DAY


@pytest.mark.parametrize("name", ["content", "wp_articlecontent", "TRS_Editor"])
def test_headline_and_date_line_may_stand_in_the_article_s_own_element(name: str) -> None:
    html = (
        f"<html><head><title>{HEAD}</title></head><body><div class='{name}'><h1>{HEAD}</h1>"
        f"<p>时间：2026-09-10 15:20</p>{EVENTS[0]}{TEXT}</div></body></html>"
    )

    assert str(read_page(html.encode()).published) == "2026-09-10T15:20:00+08:00"


NEXT = "<div>上一条：<a href='/2.html'>怎样量出一滴水的大小</a>[2026-09-08]</div>"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"below": f"{NEXT}<div>发布日期：2026-09-10</div>"}, DAY),
        ({"below": f"{NEXT}<div>2026-09-10</div>"}, "None"),
        ({"below": "<div>2026年9月10日　责任编辑：某某</div>"}, DAY),
        ({"above": "<p>发布时间：20260910</p>"}, DAY),
        ({"above": "<p>浏览量：20260910</p>"}, "None"),
        ({"above": "<p>来源：示例日报2026年9月8日第3版　发布时间：2026-09-10</p>"}, DAY),
        ({"above": "<p>来源：示例日报 2026年9月10日 第3版</p>"}, DAY),
        ({"above": "<p>2026-09-10　有效期至：2026-12-31</p>"}, DAY),
        ({"above": "<p>考试日期：2026-09-10；准考证打印：2026-09-08</p>"}, "None"),
        ({"head": "<meta name='_pubtime' content='2026-09-10 08:00'>"}, DAY),
    ],
)
def test_lines_that_name_other_days_too(parts: dict[str, str], expected: str) -> None:
    assert day(**parts) == expected
