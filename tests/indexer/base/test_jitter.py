"""indexer.base.jitter: a wait is shortened a little, the same for the same thing and moment."""

from datetime import UTC, datetime, timedelta

from indexer.base.jitter import JITTER, shortened

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_things_that_were_done_together_part_ways_within_bounds() -> None:
    waits = [shortened(DAY, str(number), NOW) for number in range(100)]

    assert len(set(waits)) == 100
    assert all(DAY * (1 - JITTER) <= wait <= DAY for wait in waits)
    assert waits[7] == shortened(DAY, "7", NOW)
