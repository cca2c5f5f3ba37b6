"""Candidates by vector, and the cluster an item joins."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.catalogue.items import Item, ItemKind
from indexer.review.records import State
from indexer.understanding.duplicates.candidates import NEAREST, Known
from indexer.understanding.duplicates.clusters import choose_cluster

FRESH = ClusterId("fresh")


def item(name: str, *, hour: int, cluster: str) -> Item:
    return Item(
        id=ItemId(name),
        unit=UnitId("u"),
        channel=ChannelId("c"),
        key=name,
        kind=ItemKind.ARTICLE,
        state=State.PENDING,
        latest=1,
        public=None,
        cluster=ClusterId(cluster),
        created_at=datetime(2026, 9, 17, tzinfo=UTC) + timedelta(hours=hour),
    )


def test_a_repost_joins_the_cluster_of_the_earliest() -> None:
    first, second = item("a", hour=1, cluster="x"), item("b", hour=2, cluster="y")
    late = item("c", hour=3, cluster="z")

    assert choose_cluster(late, [second, first], founder=late.id, fresh=FRESH) == "x"


def test_the_founder_stays_when_others_joined_it() -> None:
    first, second = item("a", hour=1, cluster="x"), item("b", hour=2, cluster="x")

    assert choose_cluster(first, [second], founder=first.id, fresh=FRESH) == "x"


def test_an_item_alone_stays_in_its_own_cluster() -> None:
    alone = item("a", hour=1, cluster="x")

    assert choose_cluster(alone, [], founder=alone.id, fresh=FRESH) == "x"


def test_a_member_whose_text_became_another_leaves() -> None:
    changed = item("b", hour=2, cluster="x")

    assert choose_cluster(changed, [], founder=ItemId("a"), fresh=FRESH) == FRESH


def unit_vector(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    found = np.array(values, dtype=np.float32)
    return (found / np.linalg.norm(found)).astype(np.float32)


def test_the_nearest_come_first_without_the_item_itself_and_the_far() -> None:
    rows = {"a": unit_vector(1, 0.3), "b": unit_vector(1, 0.1), "far": unit_vector(0, 1), "self": unit_vector(1, 0)}
    known = Known([(ItemId(name), row.tobytes()) for name, row in rows.items()], dimensions=2)

    assert known.nearest(rows["self"], but=ItemId("self")) == ["b", "a"]


def test_what_a_batch_adds_is_known_and_replaced() -> None:
    known = Known([], dimensions=2)
    before = known.nearest(unit_vector(1, 0), but=ItemId("x"))
    known.add(ItemId("a"), unit_vector(0, 1))
    known.add(ItemId("a"), unit_vector(1, 0))

    assert before == []
    assert known.nearest(unit_vector(1, 0), but=ItemId("x")) == ["a"]


@pytest.mark.parametrize("loaded", [0, 3])
def test_many_added_items_are_bounded_in_the_answer(loaded: int) -> None:
    row = unit_vector(1, 0)
    known = Known([(ItemId(f"l{number}"), row.tobytes()) for number in range(loaded)], dimensions=2)
    for number in range(600):
        known.add(ItemId(f"i{number}"), row)

    assert len(known.nearest(row, but=ItemId("i0"))) == NEAREST


@pytest.mark.parametrize(("least", "near"), [(0.9, ["b"]), (0.5, ["b", "a"]), (0.999, [])])
def test_what_is_near_depends_on_the_scale_of_the_model(least: float, near: list[str]) -> None:
    rows = {"a": unit_vector(1, 1), "b": unit_vector(1, 0.3)}
    known = Known([(ItemId(name), row.tobytes()) for name, row in rows.items()], dimensions=2, least=least)

    assert known.nearest(unit_vector(1, 0), but=ItemId("x")) == near


def test_a_vector_of_another_length_is_not_compared() -> None:
    known = Known([(ItemId("a"), b"\0" * 12)], dimensions=2)

    assert known.nearest(unit_vector(1, 0), but=ItemId("x")) == []
