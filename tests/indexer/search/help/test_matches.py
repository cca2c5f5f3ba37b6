"""indexer.search.help.matches: places that were found become strings, the likeliest first."""

import numpy as np

from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.matches import Places, matches

KNOWN = Known([Phrase(text="食品安全", kind=Kind.TITLE), Phrase(text="食品标准", kind=Kind.TITLE)])


def places(*found: tuple[int, int, float]) -> Places:
    starts, ends, costs = zip(*found, strict=True)
    return Places(np.array(starts, dtype=np.int32), np.array(ends, dtype=np.int32), np.array(costs, dtype=np.float64))


def test_a_string_that_stands_at_two_places_is_told_once_and_before_what_costs_more() -> None:
    told = matches(KNOWN, places((1, 3, 0.2), (6, 8, 0.2), (3, 5, 0.6)), limit=5)

    assert [match.text for match in told] == ["食品", "安全"]
    assert told[0].cost == 0.2


def test_a_whole_word_comes_before_a_part_of_two() -> None:
    told = matches(KNOWN, places((2, 4, 0.2), (3, 5, 0.2)), limit=5)

    assert [match.text for match in told] == ["安全", "品安"]


def test_nothing_found_is_nothing_told_and_no_more_than_asked_for() -> None:
    empty = Places(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float64))

    assert matches(KNOWN, empty, limit=5) == []
    assert len(matches(KNOWN, places((1, 3, 0.1), (3, 5, 0.1)), limit=1)) == 1
