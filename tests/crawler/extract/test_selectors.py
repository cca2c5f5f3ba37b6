"""crawler.extract.selectors: any CSS on any page."""

import pytest
from lxml import html
from lxml.html import HtmlElement

from crawler.extract.document import parse
from crawler.extract.selectors import MOST_ELEMENTS, Chooser, SelectorInvalid

PAGE = """<html><body>
<div class="box"><h2>通知公告</h2><ul><li><a href="1.html">招标公告</a></li></ul></div>
<div class="box" id="科普"><h2>科普活动</h2><ul>
<li class="on"><a href="2.html">夜间观星</a><time>2026-09-17</time></li>
<li><a href="3.html">没有日期的一条</a></li>
<li><a href="4.html">观察叶子</a><time>2026-09-01</time></li></ul></div>
<svg><a href="5.html">图</a></svg></body></html>"""


def page(text: str = PAGE) -> HtmlElement:
    root = parse(text)
    assert root is not None
    return root


@pytest.mark.parametrize(
    ("selector", "hrefs"),
    [
        ("li a", ["1.html", "2.html", "3.html", "4.html"]),
        ("li:has(time) > a", ["2.html", "4.html"]),
        ("li:has(> time) > a[href^='4']", ["4.html"]),
        (".box:has(h2:-soup-contains('科普')) li:not(.on) a", ["3.html", "4.html"]),
        (".box:-soup-contains('招标') a", ["1.html"]),
        ("#科普 li:nth-child(2 of :has(time)) a", ["4.html"]),
        ("h2 + ul > li:first-child a, a[href='1.html']", ["1.html", "2.html"]),
        (":is(.box, nav) li.on ~ li a", ["3.html", "4.html"]),
        ("table a", []),
    ],
)
def test_a_selector_chooses_elements_in_the_pages_order(selector: str, hrefs: list[str]) -> None:
    assert [element.get("href") for element in Chooser(page()).select(selector)] == hrefs


def test_what_is_chosen_are_the_pages_own_elements() -> None:
    root = page()

    (chosen,) = Chooser(root).select("time:-soup-contains('09-17')")

    assert chosen.getroottree().getroot() is root
    assert chosen.getparent().get("class") == "on"


def test_the_page_stays_as_it_was() -> None:
    root = page()
    before = html.tostring(root)

    Chooser(root).select("li a")

    assert html.tostring(root) == before


@pytest.mark.parametrize(
    "selector", ["", "li[[", "ul >", "li:has(:has(a))", "li:contains-nothing(x)", "//li/a", "a { b }"]
)
def test_what_is_no_selector_is_refused_in_one_line(selector: str) -> None:
    with pytest.raises(SelectorInvalid, match=r"\A.+\Z"):
        Chooser(page()).select(selector)


def test_elements_beyond_the_bound_are_not_chosen() -> None:
    root = page("<html><body>" + "<p>月</p>" * (MOST_ELEMENTS + 10) + "<time>最后</time></body></html>")

    assert Chooser(root).select("time") == []
