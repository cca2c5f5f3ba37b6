"""indexer.catalogue.looks: when a link is looked at again, and what follows from what is seen, for every history."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.base.ids import ItemId
from indexer.base.jitter import JITTER
from indexer.catalogue.items import Edition
from indexer.catalogue.looks import (
    DAILY,
    DAILY_FOR,
    GONE,
    MISSES,
    SAID,
    SECOND_LOOK,
    WEEKLY,
    Look,
    Seen,
    Sight,
    after,
    campaign_end,
    first_look,
)

SINCE = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
ENDS = date(2026, 9, 30)
ALARMS = sorted(set(Sight) - GONE - {Sight.THERE, Sight.RETURNED})
LOOK = first_look(ItemId("item"), host="a.example", is_page=True, now=SINCE)

sights = st.sampled_from([one for one in Sight if one is not Sight.RETURNED])


def looked(look: Look, sight: Sight, *, at: datetime = SINCE + DAILY) -> Look:
    return after(look, Seen(sight=sight, words=sight), since=SINCE, ends=ENDS, now=at)


def all_looks(*, ends: date | None) -> list[datetime]:
    """When a link that is there is looked at, from the first look to the last."""
    look, times = LOOK, list[datetime]()
    while look.due_at is not None:
        times.append(look.due_at)
        look = after(look, Seen(sight=Sight.THERE), since=SINCE, ends=ends, now=look.due_at)
    return times


def test_a_link_is_looked_at_daily_for_a_week_and_then_weekly_to_the_end_of_the_campaign() -> None:
    times = all_looks(ends=ENDS)
    first_week = [at for at in times if at <= SINCE + DAILY_FOR]

    assert len(first_week) in (7, 8)
    assert len(times) - len(first_week) in (3, 4)
    assert SINCE + timedelta(days=20) < times[-1] < datetime(2026, 9, 30, 16, 0, tzinfo=UTC)


def test_without_a_campaign_the_looks_end_with_the_week() -> None:
    assert all_looks(ends=None)[-1] <= SINCE + DAILY_FOR


@given(st.lists(sights, max_size=12), st.text(min_size=1, max_size=8))
def test_the_next_look_is_never_later_than_a_week_nor_sooner_than_the_second_look(seen: list[Sight], name: str) -> None:
    look = first_look(ItemId(name), host="a.example", is_page=True, now=SINCE)
    for sight in seen:
        now = look.due_at
        if now is None:
            return
        look = looked(look, sight, at=now)
        assert look.due_at is None or SECOND_LOOK <= look.due_at - now <= WEEKLY
        assert look.due_at is None or look.due_at - now == SECOND_LOOK or look.due_at - now >= DAILY * (1 - JITTER)


@given(st.lists(sights, max_size=12))
def test_gone_is_only_what_was_missing_twice_in_a_row_or_says_so(seen: list[Sight]) -> None:
    look = LOOK
    for number, sight in enumerate(seen):
        before, look = look, looked(look, sight, at=SINCE + (number + 1) * DAILY)
        if look.gone is not None and before.gone is None:
            last = seen[number - 1 : number + 1] if number else seen[:1]
            assert sight in SAID or (len(last) == MISSES and set(last) <= GONE)
        if sight not in GONE:
            assert look.gone is before.gone or (sight is Sight.THERE and look.gone is None)


def test_a_missing_page_is_looked_at_again_soon_and_then_it_is_gone() -> None:
    once = looked(LOOK, Sight.MISSING)
    twice = looked(once, Sight.MISSING, at=SINCE + DAILY + SECOND_LOOK)

    assert (once.gone, once.alarm, once.due_at) == (None, None, SINCE + DAILY + SECOND_LOOK)
    assert timedelta(0) < SECOND_LOOK < timedelta(hours=1)
    assert twice.gone is Sight.MISSING


def test_a_page_that_was_missing_once_only_is_there() -> None:
    look = looked(looked(LOOK, Sight.MISSING), Sight.THERE)

    assert (look.misses, look.gone, looked(look, Sight.MISSING).gone) == (0, None, None)


@pytest.mark.parametrize("sight", sorted(SAID))
def test_a_page_that_says_that_it_was_taken_down_is_gone_at_once(sight: Sight) -> None:
    assert looked(LOOK, sight).gone is sight


@pytest.mark.parametrize("sight", ALARMS)
def test_other_trouble_is_an_alarm_that_counts_and_ends_when_all_is_well(sight: Sight) -> None:
    once = looked(LOOK, sight)
    twice = looked(once, sight, at=SINCE + 2 * DAILY)

    assert (once.gone, once.alarm, once.alarms, once.alarm_words) == (None, sight, 1, sight)
    assert (twice.alarm_since, twice.alarms) == (SINCE + DAILY, 2)
    assert looked(twice, Sight.THERE).alarm is None


def test_trouble_between_two_misses_starts_them_anew() -> None:
    assert looked(looked(looked(LOOK, Sight.MISSING), Sight.SILENT), Sight.MISSING).gone is None


def test_what_is_there_again_is_an_alarm_that_stays() -> None:
    back = looked(looked(LOOK, Sight.DELETED), Sight.THERE)

    assert (back.gone, back.alarm) == (None, Sight.RETURNED)
    assert looked(back, Sight.THERE).alarm is Sight.RETURNED
    assert looked(back, Sight.DELETED).gone is Sight.DELETED


def test_the_campaign_of_a_piece_is_the_first_that_was_not_over() -> None:
    years = [
        Edition(id=str(year), label="", theme="", starts=date(year, 9, 1), ends=date(year, 9, 30))
        for year in (2027, 2025, 2026)
    ]

    assert campaign_end(years, since=SINCE) == ENDS
    assert campaign_end(years, since=datetime(2026, 9, 30, 15, 59, tzinfo=UTC)) == ENDS
    assert campaign_end(years, since=datetime(2026, 9, 30, 16, 0, tzinfo=UTC)) == date(2027, 9, 30)
    assert campaign_end(years, since=datetime(2028, 1, 1, tzinfo=UTC)) is None
