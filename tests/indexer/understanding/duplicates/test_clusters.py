"""Which cluster each of some items stands in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, permutations

from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.catalogue.items import Item, ItemKind
from indexer.review.records import State
from indexer.understanding.duplicates.clusters import clusters_of
from indexer.understanding.duplicates.rulings import Ruling, Rulings

NOW = datetime(2026, 9, 17, tzinfo=UTC)


def item(name: str, *, cluster: str) -> Item:
    """An item that came at the hour of its name."""
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
        created_at=NOW + timedelta(hours=ord(name)),
    )


def ruled(*pairs: Sequence[str], is_same: bool) -> list[Ruling]:
    return [
        Ruling(item=ItemId(one), other=ItemId(two), is_same=is_same, who="示例", actor_kind=None, actor_id=None, at=NOW)
        for one, two in pairs
    ]


def clusters(members: Sequence[Item], *pairs: Sequence[str], rulings: Sequence[Ruling] = ()) -> dict[str, str]:
    fresh = (ClusterId(f"fresh{number}") for number in count(1))
    same = [(ItemId(one), ItemId(two)) for one, two in pairs]
    return {
        key: str(name) for key, name in clusters_of(members, same, Rulings(rulings), fresh=lambda: next(fresh)).items()
    }


APART = [item(name, cluster=name.upper()) for name in "abc"]
TOGETHER = [item(name, cluster="A") for name in "abc"]


def test_copies_stand_in_the_cluster_of_the_earliest() -> None:
    assert clusters(APART, "ca", "cb") == {"a": "A", "b": "A", "c": "A"}


def test_an_item_alone_stays_in_its_own_cluster() -> None:
    assert clusters(APART[:1]) == {"a": "A"}


def test_a_member_whose_text_became_another_leaves() -> None:
    assert clusters(TOGETHER, "ca") == {"a": "A", "b": "fresh1", "c": "A"}


def test_where_the_earliest_leaves_it_keeps_the_name_and_the_others_have_a_new_one() -> None:
    assert clusters(TOGETHER, "cb") == {"a": "A", "b": "fresh1", "c": "fresh1"}


def test_two_that_a_third_leads_to_stay_together_whoever_is_looked_at_last() -> None:
    told = [clusters(list(order), "cb", "ba") for order in permutations(TOGETHER)]

    assert all(one == {"a": "A", "b": "A", "c": "A"} for one in told)


def test_what_an_editor_ruled_one_piece_stands_together_without_a_likeness() -> None:
    assert clusters(APART, rulings=ruled("ac", is_same=True)) == {"a": "A", "b": "B", "c": "A"}


def test_what_an_editor_ruled_apart_stands_apart_though_it_is_alike() -> None:
    assert clusters(TOGETHER, "ba", "ca", rulings=ruled("ab", is_same=False)) == {"a": "A", "b": "fresh1", "c": "A"}


def test_what_is_ruled_apart_does_not_meet_by_way_of_a_copy_of_both() -> None:
    assert clusters(APART, "ca", "cb", rulings=ruled("ab", is_same=False)) == {"a": "A", "b": "B", "c": "A"}


def test_a_ruling_goes_before_what_was_found() -> None:
    rulings = ruled("bc", is_same=True) + ruled("ab", is_same=False)

    assert clusters(APART, "ca", rulings=rulings) == {"a": "A", "b": "B", "c": "B"}


def test_a_pair_that_leads_elsewhere_is_left_aside() -> None:
    assert clusters(APART[:2], "ax", "bx", rulings=ruled("ay", is_same=True)) == {"a": "A", "b": "B"}
