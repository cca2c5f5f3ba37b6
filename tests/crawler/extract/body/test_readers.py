"""crawler.extract.body.readers: independent readers vote for the article; one that finds nothing has no vote."""

import pytest
from lxml.html import HtmlElement

from crawler.extract.body import readers
from crawler.extract.body.readers import MAX_DEPTH, MAX_ELEMENTS, votes
from crawler.extract.document import parse

TEXT = "一杯清水放在窗台上，过几天水面就低了一截，杯子并没有漏，它到哪里去了呢？称一称就知道了。"
PAGE = f"<html><body><ul><li><a href='/'>首页</a></li></ul><article>{f'<p>{TEXT}</p>' * 4}</article></body></html>"


def tree(html: str) -> HtmlElement:
    page = parse(html)
    assert page is not None
    return page


def test_both_readers_find_the_text_of_an_article() -> None:
    assert [TEXT in vote for vote in votes(tree(PAGE))] == [True, True]


def test_the_page_is_left_as_it_was() -> None:
    page = tree(PAGE)
    before = str(page.text_content())

    votes(page)

    assert str(page.text_content()) == before


def test_next_to_nothing_is_no_vote() -> None:
    assert votes(tree("<html><body><p>短</p></body></html>")) == ()


@pytest.mark.parametrize(
    "heavy",
    [
        "<html><body>" + "<i>x</i>" * (MAX_ELEMENTS + 1) + f"<p>{TEXT}</p>",
        "<html><body>" + "<div>" * (MAX_DEPTH + 1) + f"<p>{TEXT}</p>",
        f"<html><body><p>{TEXT * 8000}</p>",
        "<html><body>" + "<div>" * 100 + f"<p>{TEXT * 300}</p>",
    ],
    ids=["elements", "depth", "characters", "layers"],
)
def test_a_page_that_libraries_would_choke_on_is_not_given_to_them(heavy: str) -> None:
    assert votes(tree(heavy)) == ()


@pytest.mark.parametrize("read", [readers.read_by_readability, readers.read_by_trafilatura])
def test_a_tree_without_text_is_read_as_nothing(read: readers.Reader) -> None:
    assert read(tree("<html><body></body></html>")).strip() == ""
