"""crawler.lists.rows: which elements are rows, and which link of a row leads to its article."""

import pytest

from crawler.extract.document import parse
from crawler.lists.outline import Outline
from crawler.lists.rows import article_of, best_links, groups_of, likeness, main_link, settled
from tests.crawler.lists.layouts import URL


def outlined(body: str) -> Outline:
    page = parse(f"<html><body>{body}</body></html>")
    assert page is not None
    return Outline(page, URL, lambda url: True)


def sizes(body: str) -> list[int]:
    return [len(group.rows) for group in groups_of(outlined(body))]


ROW = "<li class='i{n} {odd}'><a href='/a/{n}.html'>第{n}次观察的完整记录</a></li>"


def rows(first: int, end: int) -> str:
    return "".join(ROW.format(n=n, odd="odd" if n % 2 else "even") for n in range(first, end))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<ul>{rows(0, 9)}</ul>", [9]),
        (f"<ul>{rows(0, 4)}</ul><ul>{rows(4, 9)}</ul>", [9]),
        (f"<ul>{rows(0, 4)}</ul><hr><ul>{rows(4, 5)}</ul>", [5]),
        (f"<div><ul>{rows(0, 4)}</ul></div><div><ul>{rows(4, 9)}</ul></div>", [9]),
        (f"<ul>{rows(0, 4)}</ul><h3>通知</h3><ul>{rows(4, 9)}</ul>", [4, 5]),
        (f"<div><h3>动态</h3><ul>{rows(0, 4)}</ul></div><div><h3>通知</h3><ul>{rows(4, 9)}</ul></div>", [4, 5]),
        (f"<ul class='a'>{rows(0, 4)}</ul><ul class='b'>{rows(4, 9)}</ul>", [4, 5]),
        (f"<ul class='left'>{rows(0, 4)}</ul><ul class='right'>{rows(4, 9)}</ul>", [9]),
    ],
)
def test_rows_stand_side_by_side_whatever_their_classes(body: str, expected: list[int]) -> None:
    assert sizes(body) == expected


@pytest.mark.parametrize(
    "row",
    [
        "<a href='/qx/'>[气象]</a><a href='@'>一滴水里的小生物</a>",
        "<a href='/c/12/'>天文</a><a href='@'>一滴水里的小生物</a>",
        "<a href='@'><img src=1.jpg></a><a href='@'>一滴水里的小生物</a><a href='@'>详细</a>",
        "<h3><a href='@'>一滴水</a></h3><a href='@'>一滴水里有许多小生物，它们小得看不见</a>",
        "<a href='@'>一滴水里的小生物</a><a href='/author/x/' rel='author'>示例科技馆新媒体中心</a>",
        "<a href='@'>一滴水里的小生物</a><a href='/d/wz/'>示例科学技术协会的网站</a> 2026-09-30",
    ],
)
def test_a_row_of_several_links_stands_for_one_article(row: str) -> None:
    outline = outlined(f"<ul><li>{row.replace('@', '/a/2.html')}</li><li>x</li></ul>")
    element = next(outline.page.iter("li"))

    found = article_of(outline, element)

    assert found is not None
    assert found.url == "https://www.example.cn/a/2.html"
    assert found.text.startswith("一滴水")


def test_what_holds_several_articles_stands_for_none() -> None:
    outline = outlined(f"<ul>{rows(0, 3)}</ul>")

    assert article_of(outline, next(outline.page.iter("ul"))) is None


def test_a_link_that_other_rows_have_too_is_not_the_article() -> None:
    body = "".join(
        f"<li><a href='/a/{n}1.html'>雷电{n}</a><a href='/dept/12/'>北京示例科学技术协会</a> 2026-09-0{n}</li>"
        for n in range(1, 5)
    )
    outline = outlined(f"<ul>{body}</ul>")
    (group,) = groups_of(outline)

    assert [row.link.text for row in settled(outline, group).rows] == ["雷电1", "雷电2", "雷电3", "雷电4"]


def test_of_links_to_one_address_the_one_with_the_title_counts() -> None:
    links = outlined(
        "<p><a href='/a/1.html'><img alt='图片的说明文字很长很长'></a><a href='/a/1.html'>雷电</a></p>"
    ).links

    assert main_link(links).text == "雷电"
    assert len(best_links(links)) == 1


def test_odd_and_even_are_alike() -> None:
    one, other = outlined("<p class='row odd i1'><a href=/1>x</a></p><p class='row even i2'>y</p>").page.findall(".//p")

    assert likeness(one) == likeness(other)


def test_a_card_with_tags_is_one_row() -> None:
    tags = "<a href='/cat/sky'>天文</a><a href='/cat/air'>航天</a>"
    outline = outlined(f"<div id=c>{tags}<h5><a href='/archives/1.html'>一滴水里的小生物</a></h5></div>")

    found = article_of(outline, next(each for each in outline.page.iter("div") if each.get("id") == "c"))

    assert found is not None
    assert found.url == "https://www.example.cn/archives/1.html"


def test_a_foot_beside_rows_in_the_page_itself_is_none_of_them() -> None:
    lines = "".join(f"<div><a href='/a/{n}.html'>第{n}次观察的完整记录</a>2026-09-30</div>" for n in range(4))

    assert sorted(sizes(f"{lines}<div class='copyright'><a href='/map.html'>网站地图</a></div>")) == [1, 4]
