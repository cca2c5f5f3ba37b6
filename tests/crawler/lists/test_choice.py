"""crawler.lists.choice: which of the groups of a page is its list."""

import pytest

from crawler.extract.document import parse
from crawler.lists.choice import Prospect, lead_of, prospects_of
from crawler.lists.outline import Outline
from crawler.lists.rows import groups_of
from tests.crawler.lists.layouts import COLUMN_OF_FRIENDS, FOOT, HEAD, LAYOUTS, PAGER, URL, made, side


def prospects(text: str) -> list[Prospect]:
    page = parse(text)
    assert page is not None
    outline = Outline(page, URL, lambda url: True)
    return prospects_of(outline, groups_of(outline))


def test_the_likeliest_comes_first_and_menus_are_no_lists() -> None:
    found = prospects(LAYOUTS["cut titles"].page(made(), before=side(), after=PAGER))

    assert [each.name for each in found if each.is_list] == ["ul.list 10 行"]
    assert found[0].is_list
    assert [each.is_side for each in found if each.name == "“本月热门”12 行"] == [True]


@pytest.mark.parametrize(
    ("rows", "is_list"),
    [
        ("<li><a href='/a/12.html'>观察一滴水里的小生物</a>2026-09-30</li>", True),
        ("<li><a href='/a/12.html'>观察一滴水里的小生物</a></li>", False),
        ("<li><a href='/a/'>观察一滴水里的小生物</a>2026-09-30</li>", False),
        ("".join(f"<li><a href='/a/{n}.html'>第{n}次观察的记录</a></li>" for n in range(10, 14)), True),
        ("".join(f"<li><a href='/a/{n}.html'>关于{n}</a></li>" for n in range(10, 16)), False),
        ("".join(f"<li><a href='/{word}.html'>关于{word}的一篇很长很长的文章</a></li>" for word in "abcd"), True),
        ("".join(f"<li><a href='/{word}.html'>{word}栏目的首页</a></li>" for word in "abcd"), False),
        ("".join(f"<li><a href='/list/{n}/index.html'>第{n}栏目的首页列表</a></li>" for n in range(10, 16)), False),
    ],
)
def test_few_short_or_unnumbered_rows_without_a_day_are_no_list(rows: str, is_list: bool) -> None:
    found = prospects(f"{HEAD}<div id='main'><ul>{rows}</ul></div>{FOOT}")

    assert any(each.is_list for each in found) is is_list


def test_a_group_before_the_pager_weighs_more() -> None:
    one, two = (
        f"<div class='{name}'><ul>{''.join(row.fill(LAYOUTS['tail'].row, '/a/{}1.html') for row in made(5))}</ul></div>"
        for name in "ab"
    )

    found = prospects(f"{HEAD}{one}{PAGER}{two}{FOOT}")

    assert found[0].ends_before_pager
    assert found[0].weight > found[1].weight


@pytest.mark.parametrize("head", ["图片新闻", "最新公告", "热点新闻", "通知公告"])
def test_a_column_of_every_page_is_not_taken_for_a_short_list(head: str) -> None:
    found = prospects(LAYOUTS["head"].page(made(4), before=side(head, "%Y-%m-%d")))

    assert [len(each.titled) for each in found[:2]] == [4, 12]


@pytest.mark.parametrize(
    "more", ["<a href='/hot/'>更多&gt;&gt;</a>", "<p><b>热门文章</b> <a href='/hot/'>MORE+</a></p>"]
)
def test_a_heading_is_read_without_the_link_that_leads_on(more: str) -> None:
    beside = side("热门文章", "%Y-%m-%d").replace("</h3>", f"</h3>{more}")

    found = prospects(LAYOUTS["head"].page(made(4), before=beside))

    assert [(each.heading, each.is_side) for each in found if len(each.titled) == 12] == [("热门文章", True)]


@pytest.mark.parametrize("count", [3, 4])
def test_links_to_friends_hide_no_short_list(count: int) -> None:
    found = prospects(LAYOUTS["no day"].page(made(count), after=COLUMN_OF_FRIENDS))

    assert [(each.is_menu, len(each.titled)) for each in found[:2]] == [(False, count), (True, 8)]


def test_a_day_in_a_sentence_of_the_row_counts_as_one() -> None:
    found = prospects(LAYOUTS["author, day and count"].page(made(5)))

    assert found[0].dated == 5


def test_links_of_friends_are_told_by_the_heading_in_their_own_box() -> None:
    links = "".join(f"<a href='/go/{n}.html'>示例市第{n}科学技术馆官方网站</a>" for n in range(9))
    page = parse(f"<div class='x'><h3>友情链接</h3>{links}</div>")
    assert page is not None
    outline = Outline(page, URL, lambda url: True)

    assert not any(each.is_list for each in prospects_of(outline, groups_of(outline)))


def test_short_names_are_a_list_where_each_row_tells_of_its_own() -> None:
    rows = "".join(
        f"<div><a href='/bk/{n}.html'><h3>磁铁</h3>TOLD</a></div>".replace("磁铁", name)
        for n, name in enumerate(("磁铁", "星空", "霜降", "食盐", "龙卷风", "雾"), start=30)
    )
    told = prospects(f"<div>{rows.replace('TOLD', '<p>词条由示例大学的老师审定，配有三幅插图。</p>')}</div>")
    bare = prospects(f"<div>{rows.replace('TOLD', '')}</div>")

    assert [each.is_list for each in told] == [True]
    assert not any(each.is_list for each in bare)


def test_the_months_of_an_archive_are_no_titles() -> None:
    months = "".join(f"<li><a href='/2026/{n:02}/'>2026年{n}月（{n}）</a></li>" for n in range(1, 10))

    assert not any(each.is_list for each in prospects(f"<ul>{months}</ul>"))


def test_a_first_row_of_another_tag_in_the_list_itself_leads_it() -> None:
    rest = "".join(f"<p><a href='/a/{n}.html'>第{n}次观察的完整记录</a> 2026-09-2{n}</p>" for n in range(4))
    found = prospects(f"<div><h2><a href='/a/9.html'>头条里的一次观察</a> <b>2026-09-30</b></h2>{rest}</div>")

    best = next(each for each in found if each.is_list)
    lead = lead_of(found, best)

    assert lead is not None
    assert [entry.title for entry in lead.taken] == ["头条里的一次观察"]


@pytest.mark.parametrize(
    "row",
    [
        "<div><a href='/map.html'>网站地图</a> 京ICP备00000000号</div>",
        "<div>上一篇：<a href='/a/9.html'>去年的记录</a></div>",
    ],
)
def test_the_foot_of_a_site_and_the_way_to_the_next_article_are_no_rows(row: str) -> None:
    rows = "".join(f"<div><a href='/a/{n}.html'>第{n}次观察的完整记录</a> 2026-09-2{n}</div>" for n in range(4))

    assert [len(each.taken) for each in prospects(f"{rows}{row}") if each.is_list] == [4]
