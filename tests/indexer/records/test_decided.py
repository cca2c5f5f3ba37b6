"""indexer.records.decided: the versions that people decided on, each by the newest decision that holds."""

from collections.abc import Callable
from datetime import datetime

import pytest

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import items
from indexer.records.database import Database
from indexer.records.decided import decided
from indexer.review import desk
from indexer.review.records import Decision, Move
from indexer.whitelist.records import Channel


@pytest.fixture
def editor(make_user: Callable[..., User]) -> User:
    return make_user()


@pytest.fixture
def pieces(make_item: Callable[..., Item], channel: Channel) -> Callable[[int], list[Item]]:
    return lambda count: [make_item(url=f"{channel.address}/{number}.html") for number in range(1, count + 1)]


def test_each_version_comes_with_its_newest_decision_the_newest_first(
    database: Database, pieces: Callable[[int], list[Item]], move_on: Callable[..., Decision], editor: User
) -> None:
    held, approved, _waiting = pieces(3)
    move_on(held, Move.HOLD, who=editor, why="理由")
    move_on(approved, Move.APPROVE, who=editor, why="")
    move_on(held, Move.REJECT, who=editor, why="理由")

    with database.reading() as tx:
        found, one = decided(tx, limit=9), decided(tx, limit=1)

    assert [(each.item.id, each.move, each.is_refused) for each in found] == [
        (held.id, Move.REJECT, True),
        (approved.id, Move.APPROVE, False),
    ]
    assert [each.version.title for each in one] == [found[0].version.title]


def test_what_was_taken_back_or_done_by_the_collector_is_no_judgement(
    database: Database,
    pieces: Callable[[int], list[Item]],
    move_on: Callable[..., Decision],
    editor: User,
    now: datetime,
) -> None:
    back, gone = pieces(2)
    made = move_on(back, Move.HOLD, who=editor, why="理由")
    desk.undo(database, item=back.id, decision=made.id, who=editor, now=now)
    move_on(gone, Move.APPROVE, who=editor, why="")
    with database.transaction() as tx:
        found = items.locked(tx, gone.id)
        assert found is not None
        desk.take_down(tx, found, why="来源已删除", now=now)
        assert [(each.item.id, each.move) for each in decided(tx, limit=9)] == [(gone.id, Move.APPROVE)]
