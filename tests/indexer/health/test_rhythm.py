"""indexer.health.rhythm: a silence is told from an ordinary pause by the channel's own days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.base.times import BEIJING
from indexer.health.rhythm import AFTER_CAMPAIGN, LEAST_SILENCE, a_week, rhythm_of

TODAY = date(2026, 9, 17)  # a Thursday


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING)


def every(days: int, *, last: date, many: int) -> list[datetime]:
    return [at(last - timedelta(days=days * number)) for number in range(many)]


def test_a_channel_of_four_days_has_no_rhythm() -> None:
    rhythm = rhythm_of(every(1, last=date(2026, 3, 1), many=4), today=TODAY)

    assert rhythm.allowed is None
    assert not rhythm.is_too_long(timedelta(days=500))


def test_many_pieces_of_one_day_are_one_day() -> None:
    assert rhythm_of([at(TODAY, hour) for hour in range(20)], today=TODAY).days == 1


def test_a_daily_channel_is_silent_after_three_days() -> None:
    rhythm = rhythm_of(every(1, last=TODAY, many=20), today=TODAY)

    assert (rhythm.usual, rhythm.allowed) == (timedelta(days=1), LEAST_SILENCE)


def test_a_weekly_channel_may_rest_for_three_weeks() -> None:
    assert rhythm_of(every(7, last=TODAY, many=8), today=TODAY).allowed == timedelta(days=21)


def test_weekends_are_usual_where_nothing_ever_comes_out_on_them() -> None:
    days = [at(day.astimezone(BEIJING).date()) for day in every(1, last=TODAY, many=60) if day.weekday() < 5]

    rhythm = rhythm_of(days, today=TODAY)

    assert rhythm.usual == timedelta(days=3)
    assert not rhythm.is_too_long(timedelta(days=8))  # the week of the national holiday


def test_one_long_holiday_changes_nothing() -> None:
    before = every(1, last=TODAY - timedelta(days=40), many=15)

    assert rhythm_of([*every(1, last=TODAY, many=15), *before], today=TODAY).usual == timedelta(days=1)


def test_while_a_campaign_runs_its_days_count() -> None:
    campaign = (TODAY - timedelta(days=20), TODAY + timedelta(days=5))

    assert rhythm_of(every(1, last=TODAY, many=15), today=TODAY, campaigns=[campaign]).allowed == LEAST_SILENCE


def test_after_a_campaign_its_days_promise_no_more() -> None:
    campaign = (TODAY - timedelta(days=20), TODAY - timedelta(days=1))
    of_campaign = every(1, last=TODAY - timedelta(days=1), many=15)

    alone = rhythm_of(of_campaign, today=TODAY, campaigns=[campaign])
    known = rhythm_of(
        [*of_campaign, *every(7, last=TODAY - timedelta(days=30), many=8)], today=TODAY, campaigns=[campaign]
    )

    assert alone.allowed == AFTER_CAMPAIGN
    assert known.usual is not None
    assert known.usual >= timedelta(days=7)


def test_days_are_those_of_beijing() -> None:
    late = datetime(2026, 9, 16, 17, tzinfo=UTC)  # one o'clock on the 17th in Beijing

    assert rhythm_of([late], today=TODAY).last == TODAY


def test_a_date_to_come_and_one_of_long_ago_are_left_out() -> None:
    found = rhythm_of([at(TODAY + timedelta(days=3)), at(TODAY - timedelta(days=400))], today=TODAY)

    assert (found.days, found.last) == (0, None)


@given(st.sets(st.integers(min_value=0, max_value=199), min_size=5))
def test_what_is_allowed_is_no_less_than_any_usual_pause_and_than_three_days(ago: set[int]) -> None:
    rhythm = rhythm_of([at(TODAY - timedelta(days=days)) for days in ago], today=TODAY)
    pauses = sorted(later - earlier for earlier, later in zip(sorted(ago), sorted(ago)[1:], strict=False))

    assert rhythm.usual is not None
    assert rhythm.allowed is not None
    assert rhythm.allowed == max(LEAST_SILENCE, 3 * rhythm.usual)
    assert sum(pause <= rhythm.usual.days for pause in pauses) >= 0.9 * len(pauses)


@pytest.mark.parametrize(("days_ago", "place"), [(0, 3), (6, 3), (7, 2), (27, 0)])
def test_pieces_are_counted_by_the_week(days_ago: int, place: int) -> None:
    counts = a_week([at(TODAY - timedelta(days=days_ago))], today=TODAY, weeks=4)

    assert [number for number, count in enumerate(counts) if count] == [place]


def test_what_is_older_than_the_weeks_and_what_is_to_come_is_not_counted() -> None:
    assert a_week([at(TODAY - timedelta(days=28)), at(TODAY + timedelta(days=1))], today=TODAY, weeks=4) == [0] * 4
