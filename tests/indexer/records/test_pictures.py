"""indexer.records.pictures: what a medium shows, why nothing, and who fetches it now."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item, Media, MediaKind
from indexer.catalogue.pictures import Picture, PictureRefusal
from indexer.records import pictures
from indexer.records.database import Database

PICTURE = Picture(
    hash="ab" * 32, width=1080, height=720, widths=(480, 1080), formats=("webp", "jpg"), bytes=7, ai_label="AI生成"
)
SHOWN = Media(kind=MediaKind.IMAGE, url="http://a.example/1.jpg")
FILM = Media(kind=MediaKind.VIDEO, url="http://a.example/1.mp4", cover="http://a.example/cover.jpg")
BARE = Media(kind=MediaKind.VIDEO, url="http://a.example/2.mp4")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def item(make_item: Callable[..., Item]) -> Item:
    """A picture, a film without a cover, a film with one."""
    return make_item(media=(SHOWN, BARE, FILM))


def test_pictures_and_covers_wait_and_are_claimed_by_one(database: Database, item: Item, now: datetime) -> None:
    with database.transaction() as tx:
        assert pictures.is_waiting(tx, now=now)
        mine = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        others = pictures.claim_waiting(tx, holder="b", now=now, limit=9)

    assert [(use.item, use.position, use.url, use.tries) for use in mine] == [
        (item.id, 0, SHOWN.url, 1),
        (item.id, 2, FILM.cover, 1),
    ]
    assert others == []


def test_what_became_of_them_is_read_by_position(database: Database, item: Item, now: datetime) -> None:
    with database.transaction() as tx:
        first, second = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        assert pictures.keep(tx, first, PICTURE, holder="a", at=now)
        assert pictures.refuse(tx, [second], PictureRefusal.GONE, holder="a", at=now)
        assert not pictures.is_waiting(tx, now=now)
        found = pictures.uses_of(tx, [(item.id, 1), (item.id, 1)])[item.id, 1]
        assert pictures.uses_of(tx, []) == {}
        assert pictures.picture(tx, PICTURE.hash) == PICTURE
        assert pictures.picture(tx, "cd" * 32) is None
        assert pictures.counts(tx) == (1, 7, 0)

    assert {position: (use.picture, use.refused) for position, use in found.items()} == {
        0: (PICTURE, None),
        2: (None, PictureRefusal.GONE),
    }


def test_the_same_picture_is_one_whoever_keeps_it_first(
    database: Database, make_item: Callable[..., Item], now: datetime
) -> None:
    for number in (1, 2):
        make_item(url=f"http://a.example/{number}.html", media=(SHOWN,))
    with database.transaction() as tx:
        claimed = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        assert [pictures.keep(tx, use, PICTURE, holder="a", at=now) for use in claimed] == [True, True]
        assert pictures.counts(tx)[0] == 1


def test_who_lost_a_claim_says_nothing(database: Database, item: Item, now: datetime) -> None:
    later = now + pictures.CLAIM + MINUTE
    with database.transaction() as tx:
        first = pictures.claim_waiting(tx, holder="a", now=now, limit=1)[0]
        pictures.claim_waiting(tx, holder="b", now=later, limit=9)

        assert not pictures.keep(tx, first, PICTURE, holder="a", at=later)
        assert not pictures.refuse(tx, [first], PictureRefusal.GONE, holder="a", at=later)
        assert not pictures.put_off(tx, [first], holder="a", until=later)


def test_what_is_put_off_waits_for_its_time_alone(database: Database, item: Item, now: datetime) -> None:
    with database.transaction() as tx:
        for use in pictures.claim_waiting(tx, holder="a", now=now, limit=9):
            assert pictures.put_off(tx, [use], holder="a", until=now + 600 * MINUTE)

        assert not pictures.is_waiting(tx, now=now + 599 * MINUTE)
        assert pictures.is_waiting(tx, now=now + 601 * MINUTE)
        assert [use.tries for use in pictures.claim_waiting(tx, holder="b", now=now + 601 * MINUTE, limit=9)] == [2, 2]


def test_what_is_given_back_has_all_its_tries(database: Database, item: Item, now: datetime) -> None:
    with database.transaction() as tx:
        first, _ = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        pictures.refuse(tx, [first], PictureRefusal.GONE, holder="a", at=now)

        assert pictures.give_back(tx, holder="a") == 1
        assert [use.tries for use in pictures.claim_waiting(tx, holder="b", now=now, limit=9)] == [1]


def test_a_newer_version_knows_what_the_one_before_showed(
    database: Database, item: Item, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    with database.transaction() as tx:
        first, second = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        pictures.keep(tx, first, PICTURE, holder="a", at=now)
        pictures.refuse(tx, [second], PictureRefusal.GONE, holder="a", at=now)
    take_in(database, make_candidate(text="改过的正文", media=(FILM, SHOWN)), now=now)

    with database.transaction() as tx:
        film, shown = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        assert (shown.version, shown.url) == (2, SHOWN.url)
        assert (pictures.known_before(tx, shown), pictures.known_before(tx, film)) == (PICTURE, None)


def test_what_is_known_stays_where_it_is_wanted_again(database: Database, item: Item, now: datetime) -> None:
    with database.transaction() as tx:
        for use in pictures.claim_waiting(tx, holder="a", now=now, limit=9):
            pictures.keep(tx, use, PICTURE, holder="a", at=now)
        pictures.want(tx, [(item.id, 1)])

        assert not pictures.is_waiting(tx, now=now)


def test_what_somebody_waits_for_comes_before_what_is_older(
    database: Database, item: Item, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    pushed = make_candidate(url="http://a.example/pushed.html", media=(SHOWN,))
    awaited = take_in(database, pushed, now=now, is_awaited=True).item

    with database.transaction() as tx:
        first = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        second = pictures.claim_waiting(tx, holder="b", now=now, limit=9)

    assert [{use.item for use in some} for some in (first, second)] == [{awaited}, {item.id}]


def test_what_codes_say_is_read_by_version_each_once(database: Database, item: Item, now: datetime) -> None:
    coded = replace(PICTURE, codes=("https://a.example/1", "加我"))
    with database.transaction() as tx:
        first, second = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
        pictures.keep(tx, first, coded, holder="a", at=now)
        pictures.keep(tx, second, coded, holder="a", at=now)

        assert pictures.codes_of(tx, [item.id]) == {(item.id, 1): coded.codes}
        assert pictures.codes_of(tx, []) == {}
