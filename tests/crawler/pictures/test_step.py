"""crawler.pictures.step: pictures of what was collected are kept once, refused with a reason, or tried again later."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from config.settings import Settings
from crawler.pictures import step
from crawler.pictures.encoding import hash_of
from crawler.pictures.fetching import PictureRefused
from indexer.base import times
from indexer.base.files import parts
from indexer.base.ids import ItemId
from indexer.catalogue.media import MediaStore
from indexer.catalogue.pictures import PictureRefusal
from indexer.records import host_rests, pictures
from indexer.records.database import Database
from tests.crawler.pictures.drawn import picture
from tests.crawler.pictures.kept import serve, uses
from tests.simulators.website import Answer, Website


def test_pictures_and_covers_are_kept_by_their_hash(
    settings: Settings,
    database: Database,
    website: Website,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
) -> None:
    body, cover = picture(600, 400), picture(300, 200, kind="PNG")
    serve(website, "/1.jpg", body)
    serve(website, "/cover.png", cover)
    item = take("/1.jpg", cover="/cover.png")
    pictures_step = make_step()

    assert (pictures_step.waits(), pictures_step.do(), pictures_step.waits(), pictures_step.do()) == (True, 2, False, 0)

    found, store = uses(database, item), MediaStore(settings.data_folder)
    kept = [use.picture for use in found.values() if use.picture]
    assert [one.hash for one in kept] == [hash_of(body), hash_of(cover)]
    assert all(store.has(name) for one in kept for name in one.names)
    assert list(parts(store.folder)) == []


def test_the_same_picture_of_two_items_is_stored_once(
    settings: Settings,
    database: Database,
    website: Website,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
) -> None:
    for path in ("/1.jpg", "/2.jpg"):
        serve(website, path, picture(300, 200))
    first, second = take("/1.jpg", number=1), take("/2.jpg", number=2)

    make_step().do()

    one, other = uses(database, first)[0].picture, uses(database, second)[0].picture
    assert one == other is not None
    assert len(list(MediaStore(settings.data_folder).names())) == 2


def test_a_newer_text_of_a_piece_asks_for_none_of_its_pictures_again(
    database: Database, website: Website, take: Callable[..., ItemId], make_step: Callable[..., step.Pictures]
) -> None:
    serve(website, "/1.jpg", picture(300, 200))
    item = take("/1.jpg")
    make_step().do()
    take("/1.jpg", text="改过的正文" * 20)

    make_step().do()

    assert uses(database, item, 2)[0].picture == uses(database, item, 1)[0].picture is not None
    assert len(website.asked("/1.jpg")) == 1


def test_what_cannot_be_kept_says_why(
    database: Database, website: Website, take: Callable[..., ItemId], make_step: Callable[..., step.Pictures]
) -> None:
    serve(website, "/page.jpg", b"<html>no picture</html>")
    serve(website, "/good.jpg", picture(300, 200))
    serve(website, "/fourth.jpg", picture(310, 200))
    item = take("/page.jpg", "/gone.jpg", "http://elsewhere.example/1.jpg", "/good.jpg", "/fourth.jpg")

    make_step(item_pictures=4).do()

    found = uses(database, item)
    assert [use.refused for use in found.values()] == [
        PictureRefusal.UNREADABLE,
        PictureRefusal.GONE,
        PictureRefusal.FOREIGN_HOST,
        None,
        PictureRefusal.TOO_MANY,
    ]
    assert found[3].picture is not None


def test_a_host_that_is_down_is_asked_so_often_and_no_more(
    database: Database,
    website: Website,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(step, "PAUSES", (timedelta(0),) * (step.TRIES - 1))
    website.answers["/1.jpg"] = Answer(status=503)
    item = take("/1.jpg")
    pictures_step = make_step()

    while pictures_step.waits():
        pictures_step.do()

    assert uses(database, item)[0].refused is PictureRefusal.UNREACHABLE
    assert len(website.asked("/1.jpg")) == step.TRIES


def test_a_silent_host_is_left_alone_and_what_it_was_not_asked_for_has_all_its_tries(
    database: Database,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item, asked = take(*(f"/{number}.jpg" for number in range(8))), list[str]()

    def silent(url: str, **_: object) -> bytes:
        asked.append(url)
        raise PictureRefused(PictureRefusal.UNREACHABLE, may_come=True, is_silent=True)

    monkeypatch.setattr(step, "fetch_picture", silent)
    pictures_step = make_step()

    pictures_step.do()

    found = uses(database, item).values()
    assert not pictures_step.waits()
    assert {use.refused for use in found} == {None}
    assert 2 <= len(asked) <= 4  # two connections, each of which may be at one
    assert sum(use.tries for use in found) == len(asked)


def test_a_silent_host_holds_up_the_pictures_of_no_other(
    database: Database,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dead, asked = [f"http://dead.sinaimg.cn/{number}.jpg" for number in range(3 * step.BATCH)], list[str]()
    item = take(*dead, "/good.jpg")

    def fetched(url: str, **_: object) -> bytes:
        if "dead" not in url:
            return picture(300, 200)
        asked.append(url)
        raise PictureRefused(PictureRefusal.UNREACHABLE, may_come=True, is_silent=True)

    monkeypatch.setattr(step, "fetch_picture", fetched)
    pictures_step = make_step(item_pictures=500)

    moved = [pictures_step.do() for _ in range(4)]

    assert moved == [step.BATCH, step.BATCH, step.BATCH, 1]
    assert uses(database, item)[len(dead)].picture is not None
    assert len(asked) <= 4  # two connections, each of which may be at one; of three batches


def test_a_slow_host_gives_the_rest_of_its_pictures_in_a_later_turn(
    database: Database,
    website: Website,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(step, "LANE_SECONDS", 0)
    item, pictures_step = take(*(f"/{number}.jpg" for number in range(6))), make_step()

    pictures_step.do()

    assert [(use.refused, use.tries) for use in uses(database, item).values()] == [
        *[(PictureRefusal.GONE, 1)] * step.LANES_A_HOST,
        *[(None, 0)] * 4,
    ]
    assert not pictures_step.waits()


def test_a_host_that_asks_for_a_pause_gets_it_from_the_collector_too(
    database: Database, website: Website, take: Callable[..., ItemId], make_step: Callable[..., step.Pictures]
) -> None:
    for number in range(8):
        website.answers[f"/{number}.jpg"] = Answer(status=429, headers={"Retry-After": "3600"})
    item, pictures_step = take(*(f"/{number}.jpg" for number in range(8))), make_step()

    pictures_step.do()

    with database.reading() as tx:
        rests = host_rests.resting(tx, now=times.now())
        too_early = pictures.is_waiting(tx, now=times.now() + timedelta(minutes=50))
    assert (list(rests), too_early) == ([website.host], False)
    assert len(website.seen) <= 2  # two connections
    assert sum(use.tries for use in uses(database, item).values()) == len(website.seen)


def test_a_host_at_rest_is_not_asked_for_pictures(
    database: Database, website: Website, take: Callable[..., ItemId], make_step: Callable[..., step.Pictures]
) -> None:
    item = take("/1.jpg")
    with database.transaction() as tx:
        host_rests.rest(tx, website.host, until=times.now() + timedelta(hours=1))

    make_step().do()

    assert website.seen == []
    assert (uses(database, item)[0].tries, uses(database, item)[0].refused) == (0, None)


def test_one_bad_answer_takes_nothing_from_the_others_of_its_host(
    database: Database, website: Website, take: Callable[..., ItemId], make_step: Callable[..., step.Pictures]
) -> None:
    for number in range(4):
        website.answers[f"/{number}.jpg"] = Answer(raw=b"HTTP/1.1 abc OK\r\n\r\n")
    serve(website, "/good.jpg", picture(300, 200))
    item = take(*(f"/{number}.jpg" for number in range(4)), "/good.jpg")

    make_step().do()

    assert uses(database, item)[4].picture is not None


def test_a_picture_whose_files_are_gone_is_made_again(
    settings: Settings,
    database: Database,
    website: Website,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
) -> None:
    serve(website, "/1.jpg", picture(300, 200))
    take("/1.jpg", number=1)
    make_step().do()
    store = MediaStore(settings.data_folder)
    store.remove(hash_of(picture(300, 200)))
    take("/1.jpg", number=2)

    make_step().do()

    assert len(list(store.names())) == 2


def test_no_picture_at_all_is_kept_where_none_are_wanted(
    database: Database, website: Website, take: Callable[..., ItemId], make_step: Callable[..., step.Pictures]
) -> None:
    serve(website, "/1.jpg", picture(300, 200))
    item = take("/1.jpg")
    make_step().do()
    take("/1.jpg", text="改过的正文" * 20)

    make_step(item_pictures=0).do()

    assert uses(database, item, 2)[0].refused is PictureRefusal.TOO_MANY
