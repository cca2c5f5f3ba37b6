"""crawler.extract.body.containers: the element in which a site system puts the article."""

import pytest
from lxml.html import HtmlElement

from crawler.extract.body.containers import named_container
from crawler.extract.document import parse


def container(html: str, **amounts: float) -> str | None:
    """The id of the container of a page whose elements (by id) hold so much text."""
    tree = parse(f"<html><body>{html}</body></html>")
    assert tree is not None
    told: dict[HtmlElement, float] = {node: amounts.get(node.get("data-n") or "", 0.0) for node in tree.iter()}
    found = named_container(tree.iter(), told)
    return None if found is None else found.get("data-n")


@pytest.mark.parametrize(
    "mark_up",
    [
        "id='vsb_content'", "id='vsb_content_2'", "class='v_news_content'", "class='wp_articlecontent'",
        "class='TRS_Editor'",
        "class='view TRS_UEDITOR trs_paper_default'", "id='zoom'", "id='UCAP-CONTENT'", "class='pages_content'",
        "class='x entry-content'", "itemprop='articleBody'", "class='rich_media_content'",
    ],
)  # fmt: skip
def test_the_element_of_a_known_system_is_the_article(mark_up: str) -> None:
    assert container(f"<div data-n='a'>menu</div><div {mark_up} data-n='b'>text</div>", a=500, b=100) == "b"


def test_the_innermost_that_holds_nearly_all_is_taken() -> None:
    html = "<article data-n='a'><div class='entry-content' data-n='b'>text</div></article>"

    assert container(html, a=100, b=95) == "b"
    assert container(html, a=100, b=50) == "a"


def test_of_several_articles_none_is_the_page_s() -> None:
    html = "<article data-n='a'>one</article><article data-n='b'>two</article>"

    assert container(html, a=100, b=100) is None
    assert container(html, a=100, b=10) == "a"


def test_generic_and_empty_elements_are_none() -> None:
    assert container("<div class='content' data-n='a'>text</div>", a=100) is None
    assert container("<div id='zoom' data-n='a'></div>", a=0) is None
