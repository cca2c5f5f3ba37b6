"""Reading a written time: which forms name a moment, which a day, which nothing."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates.read import read_stamp, read_time
from indexer.base.times import BEIJING, Published

MOMENTS = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2199, 12, 30)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
OFFSETS = st.integers(min_value=-14 * 60, max_value=14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sat, 19 Sep 2026 10:30:15 GMT", "2026-09-19T10:30:15+00:00"),
        ("Sat,19 Sep 2026 10:30:15 -0000", "2026-09-19T10:30:15+00:00"),
        ("19 Sep 26 10:30 +0800", "2026-09-19T10:30:00+08:00"),
        ("Sat, 19 September 2026 10:30:15 PT", "2026-09-19T10:30:15-08:00"),
        ("sab, 19 set 2026 10:30:15 +0200", "2026-09-19T10:30:15+02:00"),
        ("Sat, Sep 19 2026 10:30:15 Etc/GMT", "2026-09-19T10:30:15+00:00"),
        ("Sat, 19-Sep-2026 10:30:15 GMT+02:30", "2026-09-19T10:30:15+02:30"),
        ("Sat Sep 19 10:30:15 2026", "2026-09-19T10:30:15+00:00"),
        ("Sat Sep 19 10:30:15 +0800 2026", "2026-09-19T10:30:15+08:00"),
        ("Sat Sep 19 2026 10:30:15 GMT+0800 (中国标准时间)", "2026-09-19T10:30:15+08:00"),
        ("September 19, 2026 10:30 PM", "2026-09-19T22:30:00+00:00"),
        ("2026-09-19T10:30:15Z", "2026-09-19T10:30:15+00:00"),
        ("2026-09-19T10:30+08:00", "2026-09-19T10:30:00+08:00"),
        ("2026-09-19T10:30:15.250+08:00[Asia/Shanghai]", "2026-09-19T10:30:15+08:00"),
        ("20260919T103015Z", "2026-09-19T10:30:15+00:00"),
        ("2026-09-19 10:30:15.0", "2026-09-19T10:30:15+00:00"),
        ("2026-09-19 10:30:15 -00:20", "2026-09-19T10:30:15-00:20"),
        ("2026-09-19T24:00:00Z", "2026-09-20T00:00:00+00:00"),
        ("2026-09-19T23:59:60Z", "2026-09-20T00:00:00+00:00"),
        ("Sat, 2026/09/19 10:30:15 EDT", "2026-09-19T10:30:15-04:00"),
        ("2026년 09월 19일 10:30:15", "2026-09-19T10:30:15+00:00"),
        ("2026-szeptember-19T9:15-05:00", "2026-09-19T09:15:00-05:00"),
        ("Σαβ, 19 Σεπ 2026 10:30:15 EST", "2026-09-19T10:30:15-05:00"),
        ("Sat, 19 Sep 2026 10:30:15 CST", "2026-09-19T10:30:15-06:00"),
        ("Saturday, September 19, 2026 - 3:09pm", "2026-09-19T15:09:00+00:00"),
        ("Sat, September 19, 2026 at 03:09 PM EDT", "2026-09-19T15:09:00-04:00"),
        ("sam., 19. sept. 2026 10:30:15 +0000", "2026-09-19T10:30:15+00:00"),
        ("2026-09-19T10:30:15-05:00Z", "2026-09-19T10:30:15-05:00"),
        ("2026-009-19T10:30:15Z", "2026-09-19T10:30:15+00:00"),
        ("2026-09-19 오후 11:23:17", "2026-09-19T23:23:17+00:00"),
        ("2026-09-19+08:00", "2026-09-19"),
        ("19 Sep 2026 GMT", "2026-09-19"),
        ("2026-262", "2026-09-19"),
        ("2026-09-19", "2026-09-19"),
        ("19 Sep 2026", "2026-09-19"),
        ("Mo, 19 Sep 2026 10:30", "2026-09-19T10:30:00+00:00"),
        ("dom 19 set 2026 10:30:15 GMT", "2026-09-19T10:30:15+00:00"),
        ("mar, 15 mar 2026 10:30:15 GMT", "2026-03-15T10:30:15+00:00"),
        ("Сб, 19 сен 2026 10:30:15 +0300", "2026-09-19T10:30:15+03:00"),
        ("19 сентября 2026 г., 10:30", "2026-09-19T10:30:00+00:00"),
        ("Cmt, 19 Eyl 2026 10:30:15 +0300", "2026-09-19T10:30:15+03:00"),
        ("土, 19 9月 2026 10:30:15 +0900", "2026-09-19T10:30:15+09:00"),
        ("토, 19 9월 2026 10:30:15 +0900", "2026-09-19T10:30:15+09:00"),
        ("9/19/2026 10:30:15 AM", "2026-09-19T10:30:15+00:00"),
        ("19/09/2026 10:30", "2026-09-19T10:30:00+00:00"),
        ("05.09.2026", "2026-09-05"),
    ],
)
def test_a_time_of_any_source_is_read_with_its_zone(text: str, wanted: str) -> None:
    assert str(read_time(text, chinese=False)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026年9月19日 08:30", "2026-09-19T08:30:00+08:00"),
        ("2026年09月19日08:30:15", "2026-09-19T08:30:15+08:00"),
        ("2026 年 9 月 19 日 星期六 8时30分", "2026-09-19T08:30:00+08:00"),
        ("2026年9月19日（星期六）下午3点20分", "2026-09-19T15:20:00+08:00"),
        ("2026年9月19日 上午 12:05", "2026-09-19T00:05:00+08:00"),
        ("2026年9月19日 中午1:05", "2026-09-19T13:05:00+08:00"),
        ("2026-9-19 下午 3:20", "2026-09-19T15:20:00+08:00"),
        ("２０２６年９月１９日　１０：３０", "2026-09-19T10:30:00+08:00"),
        ("2026年9月19日 08:30 北京时间", "2026-09-19T08:30:00+08:00"),
        ("2026/9/19 8:05:09", "2026-09-19T08:05:09+08:00"),
        ("Sat, 19 Sep 2026 08:30:00 CST", "2026-09-19T08:30:00+08:00"),
        ("Sat Sep 19 08:30:00 CST 2026", "2026-09-19T08:30:00+08:00"),
        ("Sat, 19 Sep 2026 08:30:00", "2026-09-19T08:30:00+08:00"),
        ("2026-09-19 08:30 GMT", "2026-09-19T08:30:00+00:00"),
        ("2026年9月19日", "2026-09-19"),
        ("二〇二六年九月十九日", "2026-09-19"),
        ("二〇二六年十二月二十日", "2026-12-20"),
        ("2026.09.19", "2026-09-19"),
        ("周六, 19 9月 2026 08:30:00 +0800", "2026-09-19T08:30:00+08:00"),
        ("星期六, 19 九月 2026 08:30:00 GMT", "2026-09-19T08:30:00+00:00"),
        ("星期六 九月 19 08:30:00 CST 2026", "2026-09-19T08:30:00+08:00"),
        ("六, 19 十二月 2026 08:30:00 +0800", "2026-12-19T08:30:00+08:00"),
        ("9月 19, 2026 8:30 下午", "2026-09-19T20:30:00+08:00"),
        ("2026/9/19 下午 08:30:15", "2026-09-19T20:30:15+08:00"),
        ("下午 8:30 2026/9/19", "2026-09-19T20:30:00+08:00"),
        ("19-9月 -26", "2026-09-19"),
        ("二○二六年九月十九日", "2026-09-19"),
        ("20260919083015", "2026-09-19T08:30:15+08:00"),
        ("2026-09-19-08:30:15", "2026-09-19T08:30:15+08:00"),
        ("2026-09-19 08:30:00 +0800 CST", "2026-09-19T08:30:00+08:00"),
    ],
)
def test_a_chinese_source_without_a_zone_means_beijing(text: str, wanted: str) -> None:
    assert str(read_time(text, chinese=True)) == wanted


@pytest.mark.parametrize("chinese", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "", "Tomorrow", "今天 08:30", "3小时前", "16 zzz",
        "Sat, 19 zzz 2026 10:30:00 GMT", "Sat, 99 Sep 2026 10:30:00 GMT",
        "31 Jun 2026", "2026-02-29", "2026-13-01", "2026-366", "2026", "2026-09", "2026年9月",
        "9月19日 08:30", "09-19 08:30",
        "08:30", "07/08/2026", "2026-09-19T25:00:00Z", "2026-09-19 10:61", "Sat, 19 Sep 2026 10:30:61 GMT",
        "2026-09-19T10:30:15+99:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
        "2026年9月19日 来源：某网", "1790000000",
        "Sat, 19 Sep 2026 1:2:3:4 GMT", "Sat, 19 Sep 2026 10:30:00 +zz:00", "Sat, 19 Sep 2026 10:30:00 +00:zz",
        "Sat, Sep x 2026 10:30:00 GMT", "Sat, 19 Sep zz 10:30:00 GMT", "2026-09-19T10:30:00-06:00Textra",
        "2026-09-19-01", "2026-xx-19", "2026-09-19T09:xx:00Z", "22026", "026", "2026年9月19日 晚上12:30",
        "19 Sep 2026 or so", "2" * 5000, "Sat, 19 Sep 2026 10:30:00 GMT " * 40,
    ],
)  # fmt: skip
def test_what_names_no_moment_is_never_guessed(text: str, chinese: bool) -> None:
    assert read_time(text, chinese=chinese) is None


@given(moment=MOMENTS, zone=OFFSETS)
def test_an_iso_time_is_read_to_the_second_in_its_own_offset(moment: datetime, zone: timezone) -> None:
    aware = moment.replace(tzinfo=zone)

    assert read_time(aware.isoformat(), chinese=True) == Published(at=aware)


@given(moment=MOMENTS, zone=OFFSETS)
def test_an_rfc_822_time_is_read_to_the_second(moment: datetime, zone: timezone) -> None:
    aware = moment.replace(tzinfo=zone)
    text = aware.strftime(f"%d {MONTHS[aware.month - 1]} %Y %H:%M:%S %z")

    assert read_time(text, chinese=False) == Published(at=aware)


@given(moment=MOMENTS)
def test_year_month_day_characters_are_read_as_beijing_time(moment: datetime) -> None:
    text = f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}:{moment.minute:02}:{moment.second:02}"

    assert read_time(text, chinese=True) == Published(at=moment.replace(tzinfo=BEIJING))


@given(day=st.dates(min_value=date(1970, 1, 1), max_value=date(2199, 12, 31)))
def test_a_bare_day_stays_that_day_as_written(day: date) -> None:
    assert str(read_time(day.isoformat(), chinese=True)) == day.isoformat()


@given(text=st.text(max_size=150) | st.text(alphabet="0123456789:-/年月日 TZ+时分", max_size=40), chinese=st.booleans())
def test_any_text_gives_an_aware_time_or_none(text: str, chinese: bool) -> None:
    found = read_time(text, chinese=chinese)

    assert found is None or found.at.astimezone(UTC).tzinfo is UTC


def test_a_named_region_has_its_summer_time() -> None:
    found = read_time("2026-07-01 12:00:00 Europe/Berlin", chinese=False)

    assert found is not None
    assert found.at.astimezone(UTC) == datetime(2026, 7, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "chinese", "wanted"),
    [
        ("1789956000", True, "2026-09-21T10:00:00+08:00"),
        (" 1789956000000 ", True, "2026-09-21T10:00:00+08:00"),
        ("1789956000", False, "2026-09-21T02:00:00+00:00"),
        ("2026-09-21", True, "2026-09-21"),
        ("178995600", True, "None"),
        ("2789956000", True, "None"),
    ],
)
def test_a_bare_number_is_a_moment_only_where_a_time_is_asked_for(text: str, chinese: bool, wanted: str) -> None:
    assert str(read_stamp(text, chinese=chinese)) == wanted


def test_a_bare_number_in_a_text_is_no_time() -> None:
    assert read_time("1789956000", chinese=True) is None
