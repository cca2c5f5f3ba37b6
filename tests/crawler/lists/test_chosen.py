"""crawler.lists.chosen: the rows around links that a selector chose."""

from crawler.extract.document import parse
from crawler.extract.selectors import Chooser
from crawler.lists.chosen import group_of, links_in
from crawler.lists.outline import Outline
from tests.crawler.lists.layouts import URL

BODY = (
    "<ul><li><a href='/1.html'><img src=1></a><a href='/1.html'>雷电</a> 一</li>"
    "<li><b><a href='/2.html'>月食</a></b> 二</li></ul>"
)


def outlined(body: str, ours: str = "example") -> Outline:
    page = parse(f"<html><body>{body}</body></html>")
    assert page is not None
    return Outline(page, URL, lambda url: ours in url)


def test_links_in_nested_elements_come_once_in_the_page_s_order() -> None:
    outline = outlined(BODY)

    assert [link.url[-6:] for link in links_in(outline, Chooser(outline.page).select("b, ul, li"))] == [
        "1.html",
        "1.html",
        "2.html",
    ]


def test_files_and_links_elsewhere_are_not_chosen() -> None:
    outline = outlined("<a href='/1.pdf'>雷电</a><a href='https://other.cn/'>月食</a><a href='/3.html'>日食</a>")

    assert [link.url[-6:] for link in links_in(outline, [outline.page])] == ["3.html"]


def test_a_row_is_the_largest_element_of_one_article() -> None:
    outline = outlined(BODY)

    group = group_of(outline, links_in(outline, [outline.page]))

    assert [(row.element.tag, row.link.text) for row in group.rows] == [("li", "雷电"), ("li", "月食")]


def test_one_chosen_link_does_not_take_its_neighbours_for_its_row() -> None:
    outline = outlined(BODY)

    (row,) = group_of(outline, links_in(outline, Chooser(outline.page).select("b > a"))).rows

    assert row.element.tag == "li"
