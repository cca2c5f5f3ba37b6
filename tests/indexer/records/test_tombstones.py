"""indexer.records.tombstones: what came down with its source is told, what a person withdrew is not."""

from collections.abc import Callable
from datetime import datetime

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import decisions, items
from indexer.records.database import Database
from indexer.records.tombstones import Tombstone, public_tombstone
from indexer.review import desk
from indexer.review.records import Decision, Move

COLLECTOR, EDITOR = "collector", "editor"


def test_only_what_the_collector_took_down_has_a_tombstone(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    item, editor = make_item(), make_user()

    def told() -> Tombstone | None:
        with database.reading() as tx:
            return public_tombstone(tx, item.id)

    pending = told()
    move_on(item, Move.APPROVE, who=editor)
    public = told()
    with database.transaction() as tx:
        found = items.locked(tx, item.id)
        assert found is not None
        assert desk.take_down(tx, found, why="来源网页已不存在", now=now)
    down = told()
    move_on(item, Move.APPROVE, who=editor)
    again = told()
    move_on(item, Move.WITHDRAW, who=editor)

    assert (pending, public, again, told()) == (None, None, None, None)
    assert down == Tombstone(at=now, gone=None)


def test_a_withdrawal_that_was_taken_back_is_no_tombstone_and_hides_none(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    """Taken down, approved again, and then two steps taken back: one order of who withdrew, and the other."""
    editor, found = make_user(), list[Tombstone | None]()
    admin = make_user("管理员", role=Role.ADMIN)

    for first, second in ((COLLECTOR, EDITOR), (EDITOR, COLLECTOR)):
        item = make_item(url=f"http://a.example/{first}.html")
        move_on(item, Move.APPROVE, who=editor)
        withdraw(database, item, by=first, editor=editor, move_on=move_on, now=now)
        again = move_on(item, Move.APPROVE, who=editor)
        last = withdraw(database, item, by=second, editor=editor, move_on=move_on, now=now)
        for decision in (last, again.id):
            desk.undo(database, item=item.id, decision=decision, who=admin, now=now)
        with database.reading() as tx:
            found.append(public_tombstone(tx, item.id))

    assert found == [Tombstone(at=now, gone=None), None]


def withdraw(
    database: Database, item: Item, *, by: str, editor: User, move_on: Callable[..., Decision], now: datetime
) -> str:
    if by == EDITOR:
        return move_on(item, Move.WITHDRAW, who=editor).id
    with database.transaction() as tx:
        found = items.locked(tx, item.id)
        assert found is not None
        assert desk.take_down(tx, found, why="来源网页已不存在", now=now)
        return decisions.of_item(tx, item.id)[-1].id
