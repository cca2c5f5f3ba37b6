"""web.shown.pager: numbers of pages, and links that keep what was asked for."""

import pytest
from flask import Flask

from web.shown.pager import LAST_PAGE, asked_number, asked_page, pager


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("", 1),
        ("?page=3", 3),
        ("?page=0", 1),
        ("?page=-2", 1),
        ("?page=x", 1),
        ("?page=99999", LAST_PAGE),
        ("?page=9999999999", 1),
        ("?page=%C2%B2", 1),
    ],
)
def test_what_is_no_page_number_is_the_first_page(app: Flask, asked: str, page: int) -> None:
    with app.test_request_context(f"/search{asked}"):
        assert asked_page() == page


@pytest.mark.parametrize(("total", "last"), [(0, 1), (20, 1), (21, 2), (10**6, LAST_PAGE)])
def test_every_entry_has_its_page_and_an_empty_list_has_one(total: int, last: int) -> None:
    assert pager(total, size=20, page=1).last == last


def test_a_link_keeps_the_filters_in_their_order_and_names_the_page_once(app: Flask) -> None:
    with app.test_request_context("/search?topic=it&page=2&topic=rural&q=月 球"):
        link = pager(100, size=20, page=2).link(3)

    assert link == "/search?topic=it&topic=rural&q=%E6%9C%88+%E7%90%83&page=3"


def test_links_to_further_pages_carry_what_the_first_page_knew(app: Flask) -> None:
    with app.test_request_context("/search?q=x&page=2&seen=7"):
        made = pager(100, size=20, page=2, seen=7)
        links = made.link(1), made.link(3), made.next_link()
        at_the_end = pager(40, size=20, page=2, seen=7).next_link()

    assert links[:2] == ("/search?q=x&page=1", "/search?q=x&page=3&seen=7")
    assert (links[2] or "").endswith("/search?q=x&page=3&seen=7")
    assert (links[2] or "").startswith("http://")
    assert at_the_end is None


@pytest.mark.parametrize(("asked", "number"), [("12", 12), ("", None), ("-1", None), ("x", None), ("9" * 16, None)])
def test_what_is_no_number_of_a_publication_is_none(app: Flask, asked: str, number: int | None) -> None:
    with app.test_request_context(f"/search?seen={asked}"):
        assert asked_number("seen") == number
