"""Copies among the matches: who stands in for an original, and values counted once a piece."""

from indexer.search.shared import SharedCopy, added, clusters, counted_once, stand_ins


def copy(key: str, cluster: str, place: int, *topics: str) -> SharedCopy[str]:
    return SharedCopy(key, cluster, place, frozenset(("topics", topic) for topic in topics) | {("units", key)})


FOUND = [copy("a2", "a", 2, "it"), copy("a0", "a", 0, "it", "food"), copy("b3", "b", 3, "it"), copy("b1", "b", 1, "it")]


def test_the_most_original_match_stands_in_only_where_the_original_does_not_match() -> None:
    assert stand_ins(FOUND) == ["b1"]
    assert stand_ins([]) == []


def test_a_value_counts_a_piece_once_however_many_of_its_copies_have_it() -> None:
    counts = counted_once(FOUND, ["topics", "units", "kinds"])

    assert counts["topics"] == {"it": 2, "food": 1}
    assert counts["units"] == {"a2": 1, "a0": 1, "b3": 1, "b1": 1}
    assert counts["kinds"] == {}
    assert clusters(FOUND) == 2


def test_counts_of_both_sorts_are_added() -> None:
    assert added({"it": 3, "rural": 1}, counted_once(FOUND, ["topics"])["topics"]) == {"it": 5, "rural": 1, "food": 1}
