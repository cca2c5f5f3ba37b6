"""crawler.reading.staleness: a list that came and whose newest piece is too old."""

from datetime import timedelta

import pytest

from crawler.exchange import Note
from crawler.reading.staleness import staleness
from tests.simulators.answers import NOW

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    "note",
    [
        Note(why=""),
        Note(why="", newest=NOW - 2 * WEEK),
        Note(why="", stale_after=WEEK),
        Note(why="", newest=NOW - WEEK, stale_after=WEEK),
        Note(why="", newest=NOW + WEEK, stale_after=WEEK),
    ],
)
def test_a_list_that_is_new_enough_or_says_nothing_of_it_is_fine(note: Note) -> None:
    assert staleness([note], now=NOW) is None


def test_a_list_that_stands_still_is_told_with_the_day_since_when() -> None:
    trouble = staleness([Note(why="", newest=NOW - WEEK - timedelta(seconds=1), stale_after=WEEK)], now=NOW)

    assert trouble is not None
    assert trouble.case == "stale"
    assert trouble.facts["day"] in str(trouble)
