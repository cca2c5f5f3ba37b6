"""Which copy is the original."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from indexer.duplicates.original import Copy, by_originality
from indexer.items import ItemId

DAY = datetime(2026, 9, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)


def copy(name: str, *, credits: bool = False, published: int | None = 0, collected: int = 9) -> Copy:
    return Copy(
        item=ItemId(name),
        credits_another=credits,
        published=None if published is None else DAY + published * HOUR,
        collected=DAY + collected * HOUR,
    )


@pytest.mark.parametrize(
    "ranked",
    [
        [copy("plain", published=5), copy("credits", credits=True, published=1)],
        [copy("early", published=1), copy("late", published=2, collected=1)],
        [copy("read_first", collected=3), copy("read_later", collected=4)],
        [copy("a"), copy("b")],
        [copy("early", credits=True, published=1), copy("late", credits=True, published=2)],
        [copy("dated", published=1), copy("undated", published=None, collected=2), copy("later", published=3)],
        [copy("b", published=3), copy("c", credits=True, published=1), copy("a", credits=True, published=2)],
    ],
)
def test_no_credit_goes_before_the_earliest_published_then_collected_then_the_id(ranked: list[Copy]) -> None:
    assert all(by_originality(order) == ranked for order in permutations(ranked))
