"""indexer.records.picture_readers: a picture is public as long as a public version shows it."""

from collections.abc import Callable
from datetime import datetime

from indexer.catalogue.items import Item, Media, MediaKind
from indexer.catalogue.pictures import Picture
from indexer.people.accounts import User
from indexer.records import picture_readers, pictures
from indexer.records.database import Database
from indexer.records.picture_readers import ShownOn
from indexer.review.records import Decision, Move

PICTURE = Picture(hash="ab" * 32, width=80, height=60, widths=(80,), formats=("webp", "jpg"), bytes=7)


def test_a_picture_follows_its_piece(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    item, editor = make_item(media=(Media(kind=MediaKind.IMAGE, url="http://a.example/1.jpg"),)), make_user()
    with database.transaction() as tx:
        (use,) = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        pictures.keep(tx, use, PICTURE, holder="a", at=now)

    def seen() -> tuple[bool, bool]:
        with database.reading() as tx:
            return picture_readers.is_public(tx, PICTURE.hash), picture_readers.is_used(tx, PICTURE.hash)

    assert seen() == (False, True)
    move_on(item, Move.APPROVE, who=editor)
    assert seen() == (True, True)
    move_on(item, Move.WITHDRAW, who=editor)
    assert seen() == (False, True)
    with database.reading() as tx:
        assert not picture_readers.is_used(tx, "cd" * 32)


def test_the_page_that_shows_it_is_its_version_s(database: Database, make_item: Callable[..., Item]) -> None:
    item = make_item()

    with database.reading() as tx:
        found = picture_readers.shown_on(tx, [(item.id, 1), (item.id, 7)])
        assert picture_readers.shown_on(tx, []) == {}

    assert found == {(item.id, 1): ShownOn(channel=item.channel, url="http://a.example/art/1.html")}
