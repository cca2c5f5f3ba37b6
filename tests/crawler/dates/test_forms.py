"""crawler.dates.forms: written dates taken apart, whatever form a source writes."""

from datetime import timedelta

import pytest

from crawler.dates.forms import MAX_CHARS, take_apart


def apart(text: str) -> tuple[int, int, int, str, str] | None:
    parts = take_apart(text)
    return None if parts is None else (parts.year, parts.month, parts.day, str(parts.clock), parts.zone)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2026-09-17", (2026, 9, 17, "None", "")),
        ("2026-09-17T08:30:05+08:00", (2026, 9, 17, "8:30:05", "+08:00")),
        ("20260917T083000Z", (2026, 9, 17, "8:30:00", "Z")),
        ("2026-260", (2026, 9, 17, "None", "")),
        ("2026/9/7 8:30", (2026, 9, 7, "8:30:00", "")),
        ("2026年9月17日 星期四 下午3点20分", (2026, 9, 17, "15:20:00", "")),
        ("二〇二六年九月十七日", (2026, 9, 17, "None", "")),
        ("2026年十二月三十一日", (2026, 12, 31, "None", "")),
        ("Thu, 17 Sep 2026 08:30:00 +0800", (2026, 9, 17, "8:30:00", "+0800")),
        ("Thursday, September 17, 2026 - 3:09pm", (2026, 9, 17, "15:09:00", "")),
        ("Thu Sep 17 08:30:00 CST 2026", (2026, 9, 17, "8:30:00", "CST")),
        ("17-Sep-26 08:30", (2026, 9, 17, "8:30:00", "")),
        ("17 März 2026", (2026, 3, 17, "None", "")),
        ("2026-09-17 12:05 am", (2026, 9, 17, "0:05:00", "")),
        ("2026-09-17 24:00", (2026, 9, 17, "1 day, 0:00:00", "")),
        ("２０２６－０９－１７", (2026, 9, 17, "None", "")),
    ],
)
def test_a_written_time_is_taken_apart(text: str, parts: tuple[int, int, int, str, str]) -> None:
    assert apart(text) == parts


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "09-17", "16 zzz 2026", "17 Sep", "2026-400", "x" * (MAX_CHARS + 1), "Sep Oct 17 2026"]
)
def test_what_names_no_whole_day_is_none(text: str) -> None:
    assert take_apart(text) is None


@pytest.mark.parametrize("clock", ["25:00", "08:60", "24:01"])
def test_figures_that_are_no_time_of_day_are_no_clock(clock: str) -> None:
    parts = take_apart(f"2026-09-17 {clock}")

    assert parts is None or parts.clock is None


def test_noon_and_midnight_are_read_as_people_say_them() -> None:
    assert [take_apart(f"2026年9月17日{half}12点").clock for half in ("上午", "下午", "中午")] == [  # type: ignore[union-attr]
        timedelta(0),
        timedelta(hours=12),
        timedelta(hours=12),
    ]
