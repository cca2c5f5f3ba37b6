"""crawler.lists.entries: address, title and day of the rows of a group."""

import pytest

from crawler.extract.document import parse
from crawler.lists.entries import Entry, entries_of
from crawler.lists.outline import Outline
from crawler.lists.rows import groups_of
from tests.crawler.lists.layouts import URL


def entries(body: str) -> list[Entry]:
    page = parse(f"<html><body>{body}</body></html>")
    assert page is not None
    outline = Outline(page, URL, lambda url: True)
    return entries_of(outline, groups_of(outline)[0])


def rows(row: str) -> str:
    return "".join(row.replace("N", str(n)).replace("TITLE", f"第{n}次观察的记录") for n in range(1, 6))


@pytest.mark.parametrize(
    "body",
    [
        "<ul>{}</ul>".format(rows("<li><a href='/a/N.html'>TITLE</a>2026-09-0N</li>")),
        "<dl>{}</dl>".format(rows("<dt><a href='/a/N.html'>TITLE</a></dt><dd>2026-09-0N</dd>")),
        "<dl>{}</dl>".format(rows("<dt>2026-09-0N</dt><dd><a href='/a/N.html'>TITLE</a></dd>")),
        "<ul>{}</ul>".format(rows("<li><a href='/a/N.html'>TITLE 2026-09-0N</a></li>")),
        "<ul>{}</ul>".format(rows("<li><a href='/a/N.html'>2026-09-0N：TITLE</a></li>")),
    ],
)
def test_the_day_is_found_inside_behind_or_before_a_row(body: str) -> None:
    assert [(entry.title, str(entry.day)) for entry in entries(body)] == [
        (f"第{n}次观察的记录", f"2026-09-0{n}") for n in range(1, 6)
    ]


def test_a_short_day_is_a_mark_and_no_day() -> None:
    first = entries("<ul>{}</ul>".format(rows("<li><a href='/a/N.html'>TITLE</a>[09-0N]</li>")))[0]

    assert (first.day, first.is_dated) == (None, True)


def test_days_in_a_few_titles_stay_in_them() -> None:
    body = rows("<li><a href='/a/N.html'>TITLE</a></li>") + "<li><a href='/a/9.html'>开馆 2026-10-01</a></li>"

    assert entries(f"<ul>{body}</ul>")[-1].title == "开馆 2026-10-01"
