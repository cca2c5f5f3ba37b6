"""web.shown.charts: small charts as numbers, each with the same in words."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from indexer.base.ids import ChannelId
from indexer.catalogue.troubles import RefusalReason
from indexer.health.records import KEPT, Attempt
from web.shown.charts import HEIGHT, STEP, Chart, Mark, read_bars, reads_chart, weeks_chart


def attempt(*, new: int = 0, failed: bool = False) -> Attempt:
    reason = RefusalReason.HOST_SILENT if failed else None
    at = datetime(2026, 9, 17, tzinfo=UTC)
    return Attempt(id="a", channel=ChannelId("a"), at=at, seconds=1, new=new, reason=reason)


def drawn(app: Flask, attempts: list[Attempt], *, lang: str = "zh") -> Chart:
    with app.test_request_context(f"/?lang={lang}"):
        return reads_chart(attempts)


def test_the_newest_read_stands_on_the_right_and_a_failed_one_hangs_from_above(app: Flask) -> None:
    chart = drawn(app, [attempt(failed=True), attempt(new=3), attempt()])

    plain, brought, failed = chart.bars
    assert [bar.mark for bar in chart.bars] == [Mark.PLAIN, Mark.BROUGHT, Mark.FAILED]
    assert failed.x == chart.width - STEP
    assert (failed.y, plain.y + plain.height, brought.y + brought.height) == (0, HEIGHT, HEIGHT)
    assert brought.height > plain.height


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "最近 2 次读取，失败 1 次，新内容 5 篇"), ("en", "Of the last 2 reads 1 failed; they brought 5 pieces")],
)
def test_the_chart_is_said_in_words(app: Flask, lang: str, words: str) -> None:
    assert drawn(app, [attempt(failed=True), attempt(new=5)], lang=lang).words == words


def test_without_reads_that_is_said(app: Flask) -> None:
    assert (drawn(app, []).bars, drawn(app, []).words) == ([], "还没有读取记录")


@given(st.lists(st.builds(attempt, new=st.integers(0, 10_000), failed=st.booleans()), max_size=2 * KEPT))
def test_every_bar_lies_within_the_drawing(attempts: list[Attempt]) -> None:
    bars = read_bars(attempts)

    assert all(0 <= bar.x < KEPT * STEP and bar.y >= 0 and 0 < bar.height <= HEIGHT - bar.y for bar in bars)
    assert len({bar.x for bar in bars}) == len(bars) <= KEPT


def test_weeks_are_as_high_as_the_fullest(app: Flask) -> None:
    with app.test_request_context("/"):
        chart = weeks_chart([0, 4, 1])

    empty, full, some = chart.bars
    assert (full.height, empty.mark, some.mark) == (HEIGHT, Mark.PLAIN, Mark.BROUGHT)
    assert empty.height < some.height < full.height
    assert chart.words == "近 3 周共 5 篇"
