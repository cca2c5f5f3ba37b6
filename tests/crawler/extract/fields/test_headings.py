"""crawler.extract.fields.headings: what may be a headline, by rank, name, style and the line below it."""

import pytest

from crawler.extract.body.blocks import read_blocks
from crawler.extract.document import parse
from crawler.extract.fields.headings import TITLE_CHARS, is_named_title, is_section, read_headings, section_names
from crawler.extract.page import read_page

HEAD = "窗台上的水到哪里去了"
PROSE = "把一杯清水放在窗台上，过几天水面就低了一截，这些水并没有消失，它们变成看不见的水汽，跑到空气里去了。"
TEXT = f"<p>{PROSE}</p>" * 3
MENU = "".join(
    f"<li><a href='/{n}/'>{name}</a></li>" for n, name in enumerate(["首页", "机构概况", "新闻动态", "科普资源"])
)
LINE = "<div class='ly'><b>发布时间：2026-09-17</b> <i>来源：示例学会</i></div>"
LOOKS = [
    f"<h4>{HEAD}</h4>",
    f"<h5>{HEAD}</h5>",
    f"<h6 class='x'><span>{HEAD}</span></h6>",
    f"<div class='article_title'>{HEAD}</div>",
    f"<div class='newstitle'>{HEAD}</div>",
    f"<p class='wzbt'>{HEAD}</p>",
    f"<span id='lblTitle'>{HEAD}</span>",
    f"<div id='artTitle'>{HEAD}</div>",
    f"<p style='font-size:24px;text-align:center'>{HEAD}</p>",
    f"<p align='center'><strong>{HEAD}</strong></p>",
    f"<div><span style='font-size: 18pt'>{HEAD}</span></div>",
    f"<p><font size='5'>{HEAD}</font></p>",
    f"<center><b>{HEAD}</b></center>",
    f"<table><tr><td class='biaoti'>{HEAD}</td></tr></table>",
    f"<table><tr><td align='center'><font size='+2'><b>{HEAD}</b></font></td></tr></table>",
    f"<table width='100%'><tr><td height='40'>{HEAD}</td></tr></table>",
    f"<div class='d1'>{HEAD}</div>",
]


def title(look: str, *, element: str, crumbs: str = "<h3>首页 - 新闻动态</h3>", inside: str = "") -> str:
    html = (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{element}</title></head><body>"
        f"<div class='nav'><ul>{MENU}</ul></div><div class='main'>{crumbs}{look}{LINE}"
        f"<div class='con'>{inside}{TEXT}</div></div>"
        "<div class='footer'>版权所有：示例学会</div></body></html>"
    )
    return read_page(html.encode()).title


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    "element",
    [
        "新闻动态--示例学会官网",
        "示例学会",
        "新闻动态",
        "示例学会-新闻动态",
        "",
        "首页 > 新闻动态 > 正文",
        f"{HEAD}-示例学会",
        "详情页",
    ],
)
def test_a_headline_outside_the_first_ranks_is_found_whatever_the_title_element_says(look: str, element: str) -> None:
    assert title(look, element=element) == HEAD


@pytest.mark.parametrize(
    "crumbs",
    [
        "<div>当前位置：<a href='/'>首页</a> &gt; <a href='/2/'>新闻动态</a> &gt; 正文</div>",
        "<h2>新闻动态</h2>",
        "<h1>示例学会</h1><h2>新闻动态</h2>",
        "<div class='title'>新闻动态</div>",
    ],
)
@pytest.mark.parametrize("look", [LOOKS[1], LOOKS[3], LOOKS[8], LOOKS[13]])
def test_names_of_section_and_site_are_no_headline(crumbs: str, look: str) -> None:
    assert title(look, element="新闻动态--示例学会", crumbs=crumbs) == HEAD


@pytest.mark.parametrize(
    "inside", ["<p>各有关单位：</p>", "<p style='font-size:18px'>一、实验的材料</p>", "<h4>实验材料</h4>"]
)
def test_lines_of_the_text_do_not_outvote_the_headline(inside: str) -> None:
    assert title(LOOKS[1], element="示例学会", inside=inside) == HEAD


def test_a_short_headline_keeps_its_place_beside_its_own_link() -> None:
    assert (
        title("<h1>什么是霾</h1>", element="什么是霾-示例学会", crumbs="<div><a href='/1'>什么是霾</a></div>")
        == "什么是霾"
    )


def headings(body: str, *, start: int) -> list[str]:
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    found = read_headings(list(read_blocks(tree)), start=start, whole="", chinese=True)
    return [each.text for each in found if each.weight >= 0.8]


def test_what_is_long_a_sentence_or_a_line_of_facts_is_no_candidate() -> None:
    body = (
        f"<p align=center><b>{'水' * (TITLE_CHARS + 1)}</b></p><p align=center><b>来源：示例网</b></p><h4>{HEAD}</h4>"
    )

    assert headings(body + TEXT, start=3) == [HEAD]


@pytest.mark.parametrize(
    ("mark_up", "is_title"),
    [
        ("<p class='con_title'>", True),
        ("<p class='Article-Title'>", True),
        ("<p id='nr_bt'>", True),
        ("<p class='subtitle'>", False),
        ("<p class='text'>", False),
        ("<p>", False),
    ],
)
def test_names_say_that_an_element_is_a_title(mark_up: str, *, is_title: bool) -> None:
    tree = parse(f"<html><body>{mark_up}水</p></body></html>")
    assert tree is not None

    assert is_named_title(tree.find(".//p")) is is_title


def test_a_menu_names_the_sections() -> None:
    tree = parse(f"<html><body><ul>{MENU}</ul></body></html>")
    assert tree is not None
    menu = section_names(list(read_blocks(tree)))

    assert [is_section(text, menu) for text in ("新闻动态", "机构概况", "首页 > 科普", "通知公告", HEAD)] == [
        True
    ] * 4 + [False]


def test_the_line_of_facts_inside_a_heading_is_no_part_of_it() -> None:
    heading = f"<h1>{HEAD}<br><span>2026-09-17 10:26:41 来源：示例网 评论：<a href='#'>0</a> 点击：</span></h1>"

    assert title(heading, element=f"{HEAD} - 科普 - 示例学会") == HEAD
    assert title("<h1>一杯清水<br>到哪里去了</h1>", element="示例学会") == "一杯清水 到哪里去了"


@pytest.mark.parametrize("element", ["示例学会-新闻动态", "无标题文档", "Untitled Document", "新建网页 1"])
def test_a_title_element_that_names_site_and_section_or_nothing_gives_no_headline(element: str) -> None:
    assert title(f"<p class='p1'>{HEAD}</p>", element=element) == HEAD


@pytest.mark.parametrize(
    "crumbs", ["<h1 class='logo'>示例学会</h1><h2>新闻动态</h2>", "<h1 style='display:none'>示例学会</h1>"]
)
def test_a_title_element_that_names_the_site_alone_gives_no_headline(crumbs: str) -> None:
    assert title(f"<p class='p_tit'>{HEAD}</p>", element="示例学会", crumbs=crumbs) == HEAD
