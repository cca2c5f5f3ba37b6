"""indexer.search.ranker.mixing: which queries are asked for their meaning, and what an item is worth by both."""

from collections.abc import Hashable, Mapping

import numpy as np
import pytest

from indexer.search.engine import Base, Vector
from indexer.search.port import Meant, Order, Query
from indexer.search.ranker.finding import find
from indexer.search.ranker.mixing import FULL, MEANT_ITEMS, SHARE, Meaningful, Meanings, is_question, mix
from indexer.search.ranker.reading import read
from indexer.search.ranker.scoring import APART, IN_TITLE, Ranked
from indexer.search.ranker.whole import Whole
from tests.facets import query
from tests.held import Memory, piece

EAST: Vector = np.array([1, 0], dtype=np.float32)
TYPED = "买到坏掉的东西去哪儿告"


def ranked(item: str, *, reach: float = 0.0, tier: int = APART, publication: int = 0) -> Ranked:
    held = piece(item, item, publication=publication)
    return Ranked(held=held, tier=tier, is_literal=tier > APART, score=reach, share=0.0, reach=reach)


def order(found: list[Ranked], cosines: Mapping[Hashable, float]) -> list[str]:
    return [one.held.item for one in mix(found, Meaningful(cosines=cosines))]


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        (TYPED, True),
        ("银杏大道 讲座", True),
        ('"东西" 去哪儿', False),
        ("东西 -坏", False),
        ("spaq", False),
        ("2.5", False),
        ("月球车", False),
    ],
)
def test_the_model_is_asked_for_what_is_meant_and_not_for_names(typed: str, is_one: bool) -> None:
    assert is_question(query(text=typed), read(typed), Whole()) is is_one


def test_what_stands_in_an_item_as_it_was_typed_or_is_listed_by_date_is_no_question() -> None:
    assert not is_question(query(text=TYPED), read(TYPED), Whole(total=1, holds_it=True))
    assert not is_question(query(text=TYPED, order=Order.NEWEST), read(TYPED), Whole())


def test_why_words_alone_are_looked_for_is_told() -> None:
    asked, reading = query(text=TYPED), read(TYPED)

    assert Meanings.of(asked, reading, Whole(), None).meant is Meant.OFF
    assert Meanings.of(asked, reading, Whole(holds_it=True), lambda _: EAST).meant is Meant.UNASKED
    assert Meanings.of(asked, reading, Whole(), lambda _: None).meant is Meant.ASLEEP
    assert Meanings.of(asked, reading, Whole(), lambda _: EAST).vector is EAST


def test_words_and_meaning_are_weighed_each_on_its_own_scale() -> None:
    found = [ranked("words", reach=FULL), ranked("both", reach=FULL / 2), ranked("meaning"), ranked("neither")]

    assert order(found, {"meaning": 0.86, "both": 0.86, "other": 0.84}) == ["both", "words", "meaning", "neither"]
    assert [one.score for one in mix(found, Meaningful(cosines={"meaning": 0.86, "both": 0.86, "other": 0.84}))] == [
        pytest.approx(value) for value in ((1 - SHARE) / 2 + SHARE, 1 - SHARE, SHARE, 0.0)
    ]


def test_little_of_a_question_in_the_best_does_not_count_as_if_it_were_all() -> None:
    assert order([ranked("chance", reach=FULL / 8), ranked("meaning")], {"meaning": 0.9, "far": 0.8}) == [
        "meaning", "chance",
    ]  # fmt: skip


def test_what_holds_the_query_as_it_was_typed_stays_first_and_of_equals_the_latest() -> None:
    found = [ranked("near", publication=1), ranked("typed", tier=IN_TITLE), ranked("late", publication=2)]

    assert order(found, {"near": 0.9, "late": 0.9}) == ["typed", "late", "near"]
    assert order(found, {}) == ["near", "typed", "late"]  # nothing is mixed


def test_an_index_without_vectors_is_told_apart_from_one_in_which_nothing_is_near() -> None:
    assert Meaningful.ask(Memory([]), Base(), EAST).is_missing
    assert Meaningful.ask(Memory([], vectors={}), Base(), EAST) == Meaningful()
    assert Meaningful.ask(Memory([]), Base(), None) == Meaningful()


def test_the_nearest_are_hits_whatever_words_they_hold_and_no_more_than_the_bound() -> None:
    items = [piece(f"i{number}", "水库") for number in range(MEANT_ITEMS + 5)]
    vectors = {str(held.item): (1 - number / 100, 0.0) for number, held in enumerate(items)}
    view = Memory([*items, piece("words", "东西")], vectors=vectors)

    found = find(view, Query(text=TYPED, limit=100), lambda _: EAST)

    assert found.hits[0].item == "i0"
    assert {hit.item for hit in found.hits} == {f"i{number}" for number in range(MEANT_ITEMS)} | {"words"}
    assert (found.total, found.meant) == (MEANT_ITEMS + 1, Meant.MIXED)


def test_without_vectors_in_the_index_the_same_is_found_as_without_a_model() -> None:
    view = Memory([piece("a", "东西坏掉"), piece("b", "水库")])
    plain, asked = find(view, Query(text=TYPED)), find(view, Query(text=TYPED), lambda _: EAST)

    assert (asked.meant, plain.meant) == (Meant.MISSING, Meant.OFF)
    assert asked.hits == plain.hits
