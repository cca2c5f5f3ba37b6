"""When an event takes place, as people write it."""

from datetime import date, time

import pytest

from indexer.understanding.whereabouts.times import MOST_TIMES, EventTime, times

PUBLISHED = date(2026, 9, 15)


def read(text: str, *, is_activity: bool = True, published: date = PUBLISHED) -> tuple[EventTime, ...]:
    return times(text, published=published, is_activity=is_activity)


@pytest.mark.parametrize(
    ("text", "first", "last", "opens", "closes"),
    [
        ("9月20日上午9点", (9, 20), (9, 20), time(9), None),
        ("9月20日（周日）9点至16点", (9, 20), (9, 20), time(9), time(16)),
        ("9月11日（周五）下午2点至3点半", (9, 11), (9, 11), time(14), time(15, 30)),
        ("10月17日周六14:00—17:00", (10, 17), (10, 17), time(14), time(17)),
        ("9月8日至18日，每天9点至17点", (9, 8), (9, 18), time(9), time(17)),
        ("11月14、15日", (11, 14), (11, 15), None, None),
        ("9月28日—10月3日", (9, 28), (10, 3), None, None),
        ("九月二十日", (9, 20), (9, 20), None, None),
        ("9月25日晚七点", (9, 25), (9, 25), time(19), None),
        ("9月19日上午八点半", (9, 19), (9, 19), time(8, 30), None),
        ("2026年9月1日24时", (9, 1), (9, 1), time(0), None),
    ],
)
def test_days_and_hours_are_read_with_their_ends(
    text: str, first: tuple[int, int], last: tuple[int, int], opens: time | None, closes: time | None
) -> None:
    (one,) = read(text)

    assert (one.first, one.last) == (date(2026, *first), date(2026, *last))
    assert (one.opens, one.closes) == (opens, closes)


@pytest.mark.parametrize(
    "text", ["农历九月初九", "2月30日", "9月20日截止", "9月21日是世界某某病日。", "3.14", "", "13月1日"]
)
def test_what_is_no_day_of_the_event_is_left_out(text: str) -> None:
    assert read(text, is_activity=False) == ()


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert read("1月3日", published=date(2026, 12, 20))[0].first == date(2027, 1, 3)
    assert read("12月28日至1月3日", published=date(2027, 1, 5))[0].last == date(2027, 1, 3)


def test_a_text_needs_words_that_say_that_something_is_held() -> None:
    assert read("9月20日天气不错", is_activity=False) == ()
    assert len(read("9月20日在馆里举行", is_activity=False)) == 1


def test_the_line_that_names_the_time_speaks_alone() -> None:
    (one,) = read("9月1日我们来了。\n时间：9月20日9点。\n9月25日再来")

    assert one.first == date(2026, 9, 20)


def test_the_words_stand_where_they_are_said_to_and_are_few() -> None:
    text = "🎈时间定在9月20日上午9点，不见不散。" + "9月21日来。" * 9
    found = read(text)

    assert text[found[0].start : found[0].end] == found[0].words == "9月20日上午9点"
    assert len(found) == MOST_TIMES
