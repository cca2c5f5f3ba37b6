"""What the public sees is what a decision says is public; a number in the item's row alone shows nothing."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from indexer.base.ids import ItemId, UnitId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import clusters, public
from indexer.records.database import Database, Transaction
from indexer.records.items import ITEMS
from indexer.review.records import Decision, Move

MoveOn = Callable[..., Decision]


@pytest.fixture
def editor(make_user: Callable[..., User]) -> User:
    return make_user()


def seen(tx: Transaction) -> list[tuple[ItemId, int]]:
    return [(item.id, version.number) for item, version in public.all_public(tx, after=None, limit=9)]


def test_only_what_was_approved_is_public_and_a_withdrawal_ends_it(
    database: Database, make_item: Callable[..., Item], move_on: MoveOn, editor: User
) -> None:
    approved, withdrawn = make_item(), make_item(url="http://a.example/2.html")
    make_item(url="http://a.example/3.html")
    for item in (approved, withdrawn):
        move_on(item, Move.APPROVE, who=editor)
    move_on(withdrawn, Move.WITHDRAW, who=editor)

    with database.reading() as tx:
        assert seen(tx) == [(approved.id, 1)]
        assert public.public_versions(tx) == {approved.id: 1}
        assert public.public_item(tx, withdrawn.id) is None
        assert public.units_with_pieces(tx) == {UnitId("unit-a")}


def test_the_approved_text_stays_public_while_a_newer_one_waits(
    database: Database, make_item: Callable[..., Item], move_on: MoveOn, editor: User
) -> None:
    item = make_item()
    move_on(item, Move.APPROVE, who=editor)
    make_item(text="改过的正文")

    with database.reading() as tx:
        shown = public.public_item(tx, item.id)

    assert shown is not None
    assert (shown[0].latest, shown[1].number) == (2, 1)
    assert shown[1].text != "改过的正文"


@pytest.mark.parametrize("values", [{"public": 1}, {"public": 1, "state": "approved"}])
def test_what_somebody_writes_into_the_row_by_hand_shows_nothing_and_is_counted(
    database: Database, make_item: Callable[..., Item], values: dict[str, object]
) -> None:
    item = make_item()
    with database.transaction() as tx:
        tx.change(update(ITEMS).where(ITEMS.c.id == item.id).values(**values))

    with database.reading() as tx:
        assert (seen(tx), public.public_versions(tx), public.units_with_pieces(tx)) == ([], {}, set())
        assert public.public_count(tx) == 1


def test_the_whole_is_read_in_pages_without_a_gap(
    database: Database, make_item: Callable[..., Item], move_on: MoveOn, editor: User
) -> None:
    made = [make_item(url=f"http://a.example/{number}.html") for number in range(5)]
    for item in made:
        move_on(item, Move.APPROVE, who=editor)

    pages, after = list[list[ItemId]](), None
    with database.reading() as tx:
        while page := [item.id for item, _ in public.all_public(tx, after=after, limit=2)]:
            pages.append(page)
            after = page[-1]

    assert [len(page) for page in pages] == [2, 2, 1]
    assert [item for page in pages for item in page] == sorted(item.id for item in made)


def test_of_ids_that_are_asked_for_the_unknown_ones_are_left_out(
    database: Database, make_item: Callable[..., Item], move_on: MoveOn, editor: User
) -> None:
    item = make_item()
    move_on(item, Move.APPROVE, who=editor)

    with database.reading() as tx:
        assert set(public.public_items(tx, [ItemId("unknown"), item.id])) == {item.id}


def test_items_come_first_and_those_of_their_clusters_after_them_each_once(
    database: Database, make_item: Callable[..., Item]
) -> None:
    first, second, third, alone = (make_item(url=f"http://a.example/{number}.html") for number in range(4))
    with database.transaction() as tx:
        clusters.move(tx, second.id, first.cluster)
        clusters.move(tx, third.id, first.cluster)

    with database.reading() as tx:
        found = public.with_clusters(tx, [third.id, ItemId("unknown"), alone.id, third.id])
        nothing = public.with_clusters(tx, [])

    assert found == [third.id, "unknown", alone.id, first.id, second.id]
    assert nothing == []
