"""crawler.lists.outline: links and marks of days in their order, counted for each element in one pass."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.document import parse
from crawler.lists.outline import MOST_LINKS, Outline
from tests.crawler.lists.layouts import URL

LINK = "<a href='/a/1.html'>一篇文章的标题</a>"
PIECES = ["<div>", "</div>", "<p>", "</p>", "<ul><li>", "</ul>", LINK, LINK, "2026-09-30", "<span>[09-30]</span>"]


def outlined(body: str) -> Outline:
    page = parse(f"<html><body>{body}</body></html>")
    assert page is not None
    return Outline(page, URL, lambda url: "ours" in url)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_links_are_counted_in_one_pass_as_if_in_each_element(pieces: list[str]) -> None:
    outline = outlined("".join(pieces))

    held = {node: span.size for node, span in outline.spans.items() if span.size}

    assert held == {node: count for node in outline.page.iter() if (count := len(node.xpath("descendant-or-self::a")))}


def test_marks_of_days_are_counted_with_the_element_that_holds_them() -> None:
    outline = outlined("<ul><li><a href=/1.html>x</a> 2026-09-30</li><li>09/30</li></ul><p>30</p>")
    first, second = outline.page.iter("li")

    assert [outline.days_in(each) for each in (first, second, outline.page)] == [1, 1, 2]


def test_a_row_that_leads_on_by_a_script_is_a_link_unless_it_holds_one() -> None:
    outline = outlined(
        "<li onclick=\"location.href='/1.html'\">雷电</li><li data-href='/2.html'><a href='/3.html'>月食</a></li>"
    )

    assert [link.url[-6:] for link in outline.links] == ["1.html", "3.html"]


def test_links_to_the_page_itself_and_without_anything_to_see_are_left_out() -> None:
    outline = outlined(f"<a href='{URL}#top'>回到顶部</a><a href='/1.html'> </a><a href='/ours.html'>雷电</a>")

    assert [(link.url[-9:], link.is_ours) for link in outline.links] == [("ours.html", True)]


def test_scripts_and_selections_are_passed_over() -> None:
    assert not outlined(f"<noscript>{LINK}</noscript><template>{LINK}</template>").links


def test_of_a_page_a_bounded_number_of_links_is_looked_at() -> None:
    outline = outlined("".join(f"<a href='/{n}.html'>第 {n} 篇</a>" for n in range(MOST_LINKS + 100)))

    assert len(outline.links) == MOST_LINKS
    assert len(outline.within(outline.page, 7)) == 7


def test_a_sign_of_further_pages_is_found_with_its_place() -> None:
    assert outlined(f"{LINK}<p>下一页</p>{LINK}<b>共 12 页</b>").pagers == [1, 2]


def test_an_empty_link_counts_where_it_lies_over_its_card() -> None:
    page = parse("<div><a class='cover-link' href='/a/1.html'></a><h3>一滴水</h3><a href='/a/2.html'></a></div>")
    assert page is not None

    assert [link.url for link in Outline(page, URL, lambda url: True).links] == ["https://www.example.cn/a/1.html"]
