"""crawler.lists.links: where links lead, and what their addresses say."""

import pytest

from crawler.extract.document import fragment, parse
from crawler.lists.links import Link, base_of, is_file, is_section, target_of, text_of

BASE = "https://a.example/kx/index.html"


@pytest.mark.parametrize(
    ("element", "target"),
    [
        ("<a href='1.html#top'>x</a>", "https://a.example/kx/1.html"),
        ("<a href='javascript:void(0)' onclick=\"window.open('1.html')\">x</a>", "https://a.example/kx/1.html"),
        ("<a href=\"javascript:location.href='/1.html'\">x</a>", "https://a.example/1.html"),
        ("<a href='#' data-href='/1.html'>x</a>", "https://a.example/1.html"),
        ("<li onclick=\"location.href='1.html'\">x</li>", "https://a.example/kx/1.html"),
        ("<li data-url='/a/1'>x</li>", "https://a.example/a/1"),
        ("<li data-url='17'>x</li>", None),
        ("<li onclick='view(17)'>x</li>", None),
        ("<a href='mailto:a@a.example'>x</a>", None),
        ("<a href='http://['>x</a>", None),
        ("<a>x</a>", None),
    ],
)
def test_an_address_is_found_wherever_it_is_written(element: str, target: str | None) -> None:
    assert target_of(fragment(element)[0], BASE) == target


@pytest.mark.parametrize(
    ("head", "base"),
    [
        ("", BASE),
        ("<base target='_blank'>", BASE),
        ("<base href='/'>", "https://a.example/"),
        ("<base target='_blank'><base href='https://b.example/x/'>", "https://b.example/x/"),
        ("<base href='http://['>", BASE),
    ],
)
def test_relative_addresses_stand_on_the_base_that_is_declared(head: str, base: str) -> None:
    page = parse(f"<html><head>{head}</head><body>x</body></html>")
    assert page is not None

    assert base_of(page, BASE) == base


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", True),
        ("/kx/", True),
        ("/kx/index.html", True),
        ("/col/col12/index.html", True),
        ("/12345/list.htm", True),
        ("/plus/list.php?tid=3", True),
        ("/category/kx/post", True),
        ("/kx/1.html", False),
        ("/2026/09/water/", False),
        ("/index.php?id=1234", False),
        ("/info/1009/6000.htm", False),
        ("/art/2026/9/30/art_12_0.html", False),
        ("/2026/0930/c12a34/page.htm", False),
        ("/show.php?catid=3&id=1", False),
        ("/dept.asp?id=12", True),
        ("/Author.aspx?name=x", True),
        ("/dept.asp", False),
        ("/unit/12.html", False),
    ],
)
def test_an_address_of_a_list_is_told_from_an_article_s(path: str, expected: bool) -> None:
    assert is_section(f"https://a.example{path}") is expected


def test_a_document_is_a_file() -> None:
    assert is_file("https://a.example/1.PDF?x=1")
    assert not is_file("https://a.example/1.html?file=1.pdf")


def test_a_link_says_its_text_else_its_picture() -> None:
    first, second = fragment("<a href=/1>一滴<b>水</b></a><a href=/2><img alt='雷电'></a>")

    def text(element_number: int) -> str:
        element = (first, second)[element_number]
        return Link(element=element, url=BASE, place=0, is_ours=True).text

    assert (text(0), text(1)) == ("一滴水", "雷电")


def test_of_a_long_text_the_beginning_is_read() -> None:
    assert len(text_of(fragment(f"<a>{'水' * 9000}</a>"))) == 2000
