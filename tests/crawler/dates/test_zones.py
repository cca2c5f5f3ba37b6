"""crawler.dates.zones: the zone behind a written time; the source's own where it names none that is known."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.dates.zones import read_zone

AT = datetime(2026, 9, 17)  # noqa: DTZ001  (the zones are given to it)


def hours(text: str, *, chinese: bool = True) -> float | None:
    zone = read_zone(text, chinese=chinese)
    offset = AT.replace(tzinfo=zone).utcoffset() if zone else None
    return None if offset is None else offset / timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "east"),
    [
        ("+0800", 8),
        ("-05:30", -5.5),
        ("GMT+8", 8),
        ("Z", 0),
        ("EST", -5),
        ("IST", 5.5),
        ("Asia/Shanghai", 8),
        ("Etc/GMT", 0),
        ("北京时间", 8),
    ],
)
def test_offsets_abbreviations_and_names_are_read(text: str, east: float) -> None:
    assert hours(text) == east


@pytest.mark.parametrize(
    ("text", "chinese", "east"), [("", True, 8), ("", False, 0), ("CST", True, 8), ("CST", False, -6)]
)
def test_what_is_not_named_is_the_source_s_own(text: str, chinese: bool, east: float) -> None:
    assert hours(text, chinese=chinese) == east


@pytest.mark.parametrize("text", ["XYZ", "No/Such_Place"])
def test_a_name_that_nobody_knows_is_the_source_s_own(text: str) -> None:
    assert (hours(text), hours(text, chinese=False)) == (8, 0)


@pytest.mark.parametrize("text", ["+2500", "+0860", "tomorrow", "水", "+8:0", "abcdef"])
def test_what_is_no_zone_makes_the_whole_no_time(text: str) -> None:
    assert read_zone(text, chinese=True) is None


def test_summer_time_is_that_of_the_region() -> None:
    zone = read_zone("Europe/Berlin", chinese=False)

    assert zone is not None
    assert datetime(2026, 7, 1, tzinfo=zone).astimezone(UTC).hour == 22
    assert datetime(2026, 1, 1, tzinfo=zone).astimezone(UTC).hour == 23
