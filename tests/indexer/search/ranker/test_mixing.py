"""indexer.search.ranker.mixing: which queries are asked for their meaning, and what an item is worth by both."""

from collections.abc import Hashable, Mapping

import numpy as np
import pytest

from indexer.search.engine import Base, Sense
from indexer.search.port import Meant, Order, Query
from indexer.search.ranker.finding import find
from indexer.search.ranker.mixing import (
    CHANCE,
    MEANT_ITEMS,
    SPREAD_WORTH,
    SURE,
    Meaningful,
    Meanings,
    is_question,
    mix,
    sureness,
)
from indexer.search.ranker.reading import read
from indexer.search.ranker.scoring import APART, IN_TITLE, Ranked
from indexer.search.ranker.whole import Whole
from tests.facets import query
from tests.held import Memory, piece

EAST = Sense(np.array([1, 0], dtype=np.float32), spread=0.01)
TYPED = "买到坏掉的东西去哪儿告"


def ranked(item: str, *, reach: float = 0.0, tier: int = APART, publication: int = 0) -> Ranked:
    held = piece(item, item, publication=publication)
    return Ranked(held=held, tier=tier, is_literal=tier > APART, score=reach, share=0.0, reach=reach)


def order(found: list[Ranked], nearness: Mapping[Hashable, float]) -> list[str]:
    return [one.held.item for one in mix(found, Meaningful(nearness=nearness))]


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
    assert Meanings.of(asked, reading, Whole(), lambda _: EAST).sense is EAST


def test_where_the_words_are_sure_meaning_chooses_only_among_those_that_come_near() -> None:
    found = [ranked("words", reach=1.0), ranked("beside", reach=0.9), ranked("little", reach=0.1), ranked("none")]
    nearness: dict[Hashable, float] = {"beside": 3.0, "little": 6.0, "none": 6.0}

    assert order(found, nearness) == ["beside", "words", "little", "none"]
    assert [one.score for one in mix(found, Meaningful(nearness=nearness))] == [
        pytest.approx(value) for value in (0.9 + 3 * SPREAD_WORTH, 1.0, 0.1 + 6 * SPREAD_WORTH, 6 * SPREAD_WORTH)
    ]


def test_little_of_a_question_in_the_best_does_not_count_as_if_it_were_all() -> None:
    nearness: dict[Hashable, float] = {"meaning": 2.0}

    assert order([ranked("chance", reach=0.2), ranked("meaning")], nearness) == ["meaning", "chance"]
    assert order([ranked("sure", reach=0.6), ranked("chance", reach=0.2), ranked("meaning")], nearness) == [
        "sure", "chance", "meaning",
    ]  # fmt: skip


def test_words_are_believed_by_what_the_best_of_them_holds() -> None:
    middle = (CHANCE + SURE) / 2

    assert [sureness([ranked("a", reach=reach), ranked("b")]) for reach in (0.0, CHANCE, middle, SURE, 1.4)] == [
        pytest.approx(value) for value in (0.0, 0.0, 0.5, 1.0, 1.0)
    ]
    assert sureness([]) == 0.0


def test_how_near_is_told_in_spreads_of_the_model_and_not_by_the_others_that_are_near() -> None:
    items = [piece(name, "水库") for name in ("near", "other", "far")]
    view = Memory(items, vectors={"near": (0.9, 0.0), "other": (0.89, 0.0), "far": (0.88, 0.0)})

    assert list(Meaningful.ask(view, Base(), EAST).nearness.values()) == [
        pytest.approx(value, abs=1e-4) for value in (2.0, 1.0, 0.0)
    ]
    wider = Meaningful.ask(view, Base(), Sense(EAST.vector, spread=0.1))
    assert list(wider.nearness.values()) == [pytest.approx(value, abs=1e-4) for value in (0.2, 0.1, 0.0)]


def test_what_holds_the_query_as_it_was_typed_stays_first_and_equals_as_words_have_them() -> None:
    found = [ranked("typed", tier=IN_TITLE), ranked("late", publication=2), ranked("near", publication=1)]

    assert order(found, {"near": 3.0, "late": 3.0}) == ["typed", "late", "near"]
    assert order(found, {"near": 3.0, "late": 2.0}) == ["typed", "near", "late"]
    assert order(found, {}) == ["typed", "late", "near"]  # nothing is mixed


def test_what_meaning_alone_orders_keeps_the_order_of_words_where_it_says_nothing() -> None:
    found = [ranked("more", reach=0.09), ranked("less", reach=0.05), ranked("meant")]

    assert order(found, {"meant": 1.0}) == ["meant", "more", "less"]


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
