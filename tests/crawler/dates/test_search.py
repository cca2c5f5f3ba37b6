"""crawler.dates.search: dates inside longer text; what names no year is none."""

import pytest

from crawler.dates.search import date_in_address, find_dates, times_in_scripts
from crawler.extract.document import parse


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("发布时间：2026-09-17 08:30", "2026-09-17T08:30:00+08:00"),
        ("2026年9月17日", "2026-09-17"),
        ("2026/9/7 08时30分", "2026-09-07T08:30:00+08:00"),
        ("2026.09.17 来源", "2026-09-17"),
        ("17.09.2026", "2026-09-17"),
        ("17/09/2026", "2026-09-17"),
        ("17. September 2026", "2026-09-17"),
        ("17 de septiembre de 2026", "2026-09-17"),
        ("September 17, 2026", "2026-09-17"),
    ],
)
def test_a_date_is_read_in_the_forms_in_which_people_write_it(text: str, found: str) -> None:
    ((_, moment),) = find_dates(text, chinese=True)

    assert str(moment) == found


@pytest.mark.parametrize(
    "text", ["9月17日", "09/10/2026", "2026-13-01", "1889-01-01", "2026-02-30", "电话 12026-09-17"]
)
def test_what_may_be_no_date_is_none(text: str) -> None:
    assert list(find_dates(text, chinese=True)) == []


def test_each_date_comes_with_its_place() -> None:
    assert [place for place, _ in find_dates("从2026-09-17到2026-09-20", chinese=True)] == [1, 12]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2026/09/17/1.html", "2026-09-17"),
        ("https://a.example/t20260917_1.html", "2026-09-17"),
        ("https://a.example/2026-09-17/2026-09-18", "None"),
        ("https://a.example/20261301/1.html", "None"),
        ("https://a.example/1.html", "None"),
    ],
)
def test_an_address_names_a_day_only_where_it_names_just_one(url: str, day: str) -> None:
    assert str(date_in_address(url, chinese=True)) == day


def test_scripts_say_when_a_page_was_published_in_their_order_each_once() -> None:
    page = parse(
        "<html><script>var publish_time = '2026-09-17 08:30', pubDate: \"1789605000\"</script>"
        "<script>publishTime='2026-09-17 08:30'; changed='2026-09-18'</script></html>"
    )
    assert page is not None

    assert times_in_scripts(page) == ("2026-09-17 08:30", "1789605000")
