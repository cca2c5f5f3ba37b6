"""indexer.records.picture_sweep: what nobody reads any longer is forgotten, and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.catalogue.items import Item, Media, MediaKind
from indexer.catalogue.pictures import Picture
from indexer.people.accounts import User
from indexer.records import items, picture_sweep, pictures
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Decision, Move

PICTURE = Picture(hash="ab" * 32, width=80, height=60, widths=(80,), formats=("webp", "jpg"), bytes=7)
DAY = timedelta(days=1)
MEDIA = (Media(kind=MediaKind.IMAGE, url="http://a.example/1.jpg"),)


@pytest.fixture
def item(database: Database, make_item: Callable[..., Item], now: datetime) -> Item:
    made = make_item(media=MEDIA)
    with database.transaction() as tx:
        (use,) = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        pictures.keep(tx, use, PICTURE, holder="a", at=now)
    return made


def swept(database: Database, before: datetime) -> tuple[int, list[str]]:
    with database.transaction() as tx:
        return picture_sweep.forget_uses(tx, before=before, limit=9), picture_sweep.forget_unused(tx, limit=9)


@pytest.mark.parametrize("moves", [[], [Move.HOLD], [Move.APPROVE]])
def test_what_is_read_or_waits_keeps_its_picture(
    database: Database,
    item: Item,
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
    moves: list[Move],
) -> None:
    for move in moves:
        move_on(item, move, who=make_user())

    assert swept(database, now + 99 * DAY) == (0, [])


def test_what_was_rejected_loses_it_once_that_is_long_ago(
    database: Database, item: Item, make_user: Callable[..., User], move_on: Callable[..., Decision], now: datetime
) -> None:
    move_on(item, Move.REJECT, who=make_user())

    assert swept(database, now - DAY) == (0, [])
    assert swept(database, now + DAY) == (1, [PICTURE.hash])


def test_a_replaced_text_loses_it_and_the_public_one_does_not(
    database: Database,
    item: Item,
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    make_item: Callable[..., Item],
    now: datetime,
) -> None:
    editor = make_user()
    move_on(item, Move.APPROVE, who=editor)
    make_item(text="改过的正文")
    assert swept(database, now + DAY) == (0, [])

    move_on(item, Move.APPROVE, who=editor)
    assert swept(database, now + DAY) == (1, [PICTURE.hash])


def test_what_comes_back_wants_the_pictures_of_the_public_text_and_of_the_one_that_waits(
    database: Database,
    item: Item,
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    make_item: Callable[..., Item],
    now: datetime,
) -> None:
    editor = make_user()
    move_on(item, Move.APPROVE, who=editor)
    make_item(text="改过的正文", media=MEDIA)
    withdrawn = move_on(item, Move.WITHDRAW, who=editor)
    swept(database, now + DAY)

    desk.undo(database, item=item.id, decision=withdrawn.id, who=editor, now=now)

    with database.transaction() as tx:
        claimed = pictures.claim_waiting(tx, holder="b", now=now, limit=9)
    assert [use.version for use in claimed] == [1, 2]


@pytest.mark.parametrize("records_on", ["postgresql"])  # on SQLite one writes at a time
def test_what_is_decided_on_at_this_moment_is_left(
    database: Database, item: Item, make_user: Callable[..., User], move_on: Callable[..., Decision], now: datetime
) -> None:
    move_on(item, Move.REJECT, who=make_user())

    with database.transaction() as deciding:
        items.locked(deciding, item.id)
        meanwhile = swept(database, now + DAY)

    assert (meanwhile, swept(database, now + DAY)) == ((0, []), (1, [PICTURE.hash]))


def test_hashes_without_a_picture_are_told(database: Database, item: Item) -> None:
    with database.reading() as tx:
        assert picture_sweep.unknown(tx, {PICTURE.hash, "cd" * 32}) == {"cd" * 32}
