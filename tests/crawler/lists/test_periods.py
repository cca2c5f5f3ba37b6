"""crawler.lists.periods: a year that stands as a heading over the rows of a list."""

import pytest

from crawler.extract.document import fragment
from crawler.lists.fields import fields_of
from crawler.lists.periods import Period, completed
from crawler.lists.reading import read_list
from tests.crawler.lists.test_rows import outlined


def days(body: str) -> list[str]:
    page = outlined(body).page
    found = read_list(page, "https://www.example.cn/kp/", lambda url: True, select=lambda css: [])
    return [str(entry.day)[:10] for entry in found.entries]


def rows(*written: str) -> str:
    return "".join(
        f"<li><a href='/a/{n}1.html'>第{n}次观察的完整记录</a><i>{day}</i></li>" for n, day in enumerate(written)
    )


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f"<h3>2026年</h3><ul>{rows('09-30', '09-12', '08-01')}</ul>", ["2026-09-30", "2026-09-12", "2026-08-01"]),
        (f"<h3>2026年9月</h3><ul>{rows('30日', '12日', '1日')}</ul>", ["2026-09-30", "2026-09-12", "2026-09-01"]),
        (
            f"<ul><li>2026</li>{rows('09-30', '09-12')}<li>2025</li>{rows('12-31', '12-30')}</ul>".replace(
                "/a/01", "/b/91", 1
            ),
            ["2026-09-30", "2026-09-12", "2025-12-31"],
        ),
        (f"<h3>2026年9月</h3><ul>{rows('08-30', '08-12', '08-01')}</ul>", ["None"] * 3),
        (f"<h3>2026年要闻</h3><ul>{rows('09-30', '09-12', '08-01')}</ul>", ["None"] * 3),
        (f"<ul>{rows('09-30', '09-12', '08-01')}</ul>", ["None"] * 3),
    ],
)
def test_the_heading_says_what_the_rows_leave_out(body: str, wanted: list[str]) -> None:
    assert days(body) == wanted


@pytest.mark.parametrize(
    ("row", "period", "wanted"),
    [
        ("<p>09-30</p>", Period(2026, 0), "2026-09-30"),
        ("<p>30日</p>", Period(2026, 9), "2026-09-30"),
        ("<p>30</p>", Period(2026, 9), "None"),
        ("<p>30日</p>", Period(2026, 0), "None"),
        ("<p>09-30</p><p>10-01</p>", Period(2026, 0), "None"),
        ("<p>02-30</p>", Period(2026, 0), "None"),
    ],
)
def test_a_day_is_completed_where_the_row_writes_one(row: str, period: Period, wanted: str) -> None:
    assert str(completed(fields_of([fragment(row)]), period)) == wanted
