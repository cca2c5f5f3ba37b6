"""The clock and points in time: aware, and bare days told apart from hours."""

from datetime import UTC, date, datetime

import pytest

from indexer.base.times import BEIJING, Published, month_of, now


def test_a_time_without_a_zone_is_refused_as_published() -> None:
    with pytest.raises(ValueError, match="zone"):
        Published(at=datetime(2026, 9, 19))  # noqa: DTZ001  (the fault under test)


def test_now_is_aware_and_in_utc() -> None:
    assert now().tzinfo is UTC


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (Published(at=datetime(2026, 9, 17, 8, 30, 5, 999, tzinfo=BEIJING)), "2026-09-17T08:30:05+08:00"),
        (Published(at=datetime(2026, 9, 17, tzinfo=BEIJING), is_day=True), "2026-09-17"),
    ],
)
def test_a_published_time_is_written_to_the_second_and_a_bare_day_without_an_hour(
    published: Published, words: str
) -> None:
    assert str(published) == words


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026-09", (date(2026, 9, 1), date(2026, 9, 30))),
        ("2028-02", (date(2028, 2, 1), date(2028, 2, 29))),
        ("2026-12", (date(2026, 12, 1), date(2026, 12, 31))),
        *(
            (text, None)
            for text in ("", "2026", "2026-9", "2026-13", "2026-00", "2026-09-01", "0000-01", "２０２６-09")
        ),
    ],
)
def test_a_month_is_told_by_its_year_and_number(text: str, span: tuple[date, date] | None) -> None:
    assert month_of(text) == span
