"""indexer.search.ranker.counting: where rows of characters stand."""

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from indexer.search.ranker.counting import LONG, MOST_TIMES, standing
from indexer.search.terms import Laid

LETTERS = "月球车ab1🚀"
TEXTS = st.lists(st.text(st.sampled_from(LETTERS + "夜，ﬁ乾"), max_size=12), max_size=5)
ROWS = st.lists(st.text(st.sampled_from(LETTERS), min_size=1, max_size=4), unique=True, max_size=6)


def found(texts: Sequence[str], rows: Sequence[str]) -> list[tuple[int, int, int]]:
    stands = standing(Laid.of(texts), rows)
    return sorted(zip(stands.texts.tolist(), stands.rows.tolist(), stands.places.tolist(), strict=True))


@given(TEXTS, ROWS)
def test_each_row_is_found_wherever_it_begins_and_nowhere_else(texts: list[str], rows: list[str]) -> None:
    expected = [
        (number, row, place)
        for number, text in enumerate(Laid.of(texts).texts)
        for row, wanted in enumerate(rows)
        for place in (
            [match.start() for match in re.finditer(wanted, text)]
            if len(wanted) > LONG
            else [place for place in range(len(text)) if text.startswith(wanted, place)]
        )
    ]

    assert found(texts, rows) == expected


def test_a_long_row_that_stands_all_over_a_text_is_counted_to_a_bound_in_each() -> None:
    counted = found(["哈" * 5000, "水" + "哈" * 12], ["哈" * 4])

    assert [number for number, _, _ in counted] == [0] * MOST_TIMES + [1] * 3
    assert [place for number, _, place in counted if number] == [1, 5, 9]


def test_no_row_reaches_from_one_text_into_the_next() -> None:
    assert found(["月", "球", "", "月球"], ["月球", "月球车"]) == [(3, 0, 0)]


def test_a_sign_within_a_row_is_passed_over() -> None:
    assert found(["月，球"], ["月球", "月"]) == [(0, 0, 0), (0, 1, 0)]


def test_nothing_is_found_of_nothing() -> None:
    assert found([], ["月"]) == found(["", "，"], ["月球"]) == found(["月"], []) == []
