"""crawler.lists.css: a selector that chooses the links which were taken."""

import pytest

from crawler.extract.document import parse
from crawler.extract.selectors import Chooser
from crawler.lists.chosen import links_in
from crawler.lists.css import selector_of
from crawler.lists.outline import Outline
from crawler.lists.rows import groups_of
from tests.crawler.lists.layouts import URL

ROWS = "".join(f"<li class='i{n}'>{{}}<a href='/a/{n}.html'>第{n}次观察的记录</a></li>" for n in range(1, 6))
PLAIN, WITH_CATEGORY = ROWS.replace("{}", ""), ROWS.replace("{}", "<a href='/qx/'>[气象]</a>")
OTHERS = PLAIN.replace("/a/", "/b/")
MENU = "<ul><li><a href='/x/'>机构</a></li></ul>"


@pytest.mark.parametrize(
    ("body", "selector"),
    [
        (f"<ul id='list'>{PLAIN}</ul>", "#list"),
        (f"{MENU}<ul class='news list2'>{PLAIN}</ul>", "ul.news"),
        (
            f"{MENU}<div class='right'><ul>{PLAIN}</ul></div><div class='box'><ul>{OTHERS}</ul></div>",
            "div.box ul",
        ),
        (f"<ul class='rows'>{WITH_CATEGORY}</ul>", "ul.rows > li > a:last-of-type"),
        (f"{MENU}<o:list class='news'>{PLAIN}</o:list>", ""),
        (f"{MENU}<o:list id='news'>{PLAIN}</o:list>", "#news"),
        (f"<ul>{WITH_CATEGORY.replace('li', 'o:p')}</ul>", ""),
    ],
)
def test_the_selector_is_short_and_chooses_the_same_links(body: str, selector: str) -> None:
    page = parse(f"<html><body>{body}</body></html>")
    assert page is not None
    outline = Outline(page, URL, lambda url: True)
    group = groups_of(outline)[-1]
    links = [row.link for row in group.rows]

    css = selector_of(outline, group, links)

    assert css == selector
    assert not css or links_in(outline, Chooser(page).select(css)) == links


def test_links_that_no_short_selector_tells_apart_get_none() -> None:
    page = parse(f"<html><body><ul>{PLAIN}</ul></body></html>")
    assert page is not None
    outline = Outline(page, URL, lambda url: True)
    (group,) = groups_of(outline)

    assert selector_of(outline, group, [row.link for row in group.rows[1:3]]) == ""
