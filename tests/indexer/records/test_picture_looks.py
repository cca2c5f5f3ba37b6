"""indexer.records.picture_looks: which items show a picture that looks like another one's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from indexer.base.ids import ItemId
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.catalogue.pictures import Picture
from indexer.records import picture_looks, pictures
from indexer.records.database import Database

LOOK, COPY, OTHER = "a5c3f00f12345678", "a5c3f00f1234567b", "a5c3f00fedcba987"
PICTURE = Picture(hash="00" * 32, width=80, height=60, widths=(80,), formats=("webp", "jpg"), bytes=7)


@pytest.fixture
def show(database: Database, make_item: Callable[..., Item], now: datetime) -> Callable[..., ItemId]:
    """Make an item that shows pictures with these looks."""
    made: list[ItemId] = []

    def shown(*looks: str) -> ItemId:
        number = len(made)
        media = tuple(
            Media(kind=MediaKind.IMAGE, url=f"http://a.example/{number}-{place}.jpg") for place in range(len(looks))
        )
        item = make_item(url=f"http://a.example/{number}.html", text=f"第{number}篇" * 20, media=media).id
        made.append(item)
        with database.transaction() as tx:
            for use, look in zip(pictures.claim_waiting(tx, holder="a", now=now, limit=9), looks, strict=True):
                hash = f"{number:032x}{use.position:032x}"
                pictures.keep(tx, use, replace(PICTURE, hash=hash, look=look), holder="a", at=now)
        return item

    return shown


def test_looks_are_those_of_the_first_pictures_that_have_one(database: Database, show: Callable[..., ItemId]) -> None:
    first, bare = show("", LOOK, COPY, OTHER, LOOK), show("")

    with database.reading() as tx:
        assert picture_looks.looks_of(tx, [first, bare]) == {first: (LOOK, COPY, OTHER)}


def test_copies_are_found_and_pictures_that_share_a_part_alone_are_not(
    database: Database, show: Callable[..., ItemId]
) -> None:
    one, copy, _ = show(LOOK), show(COPY), show(OTHER)

    with database.reading() as tx:
        assert picture_looks.items_showing(tx, (LOOK,), but=one) == [copy]
        assert picture_looks.items_showing(tx, (), but=one) == []


def test_a_picture_that_many_show_tells_nothing(
    database: Database, show: Callable[..., ItemId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_looks, "MOST_SHOWING", 1)
    one, *_ = show(LOOK), show(LOOK), show(COPY)

    with database.reading() as tx:
        assert picture_looks.items_showing(tx, (LOOK,), but=one) == []
