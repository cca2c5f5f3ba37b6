"""indexer.catalogue.picture_sweep: a picture goes with the last that shows it, and so does what a kill left behind."""

import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from config.settings import Settings
from indexer.base.files import PART
from indexer.catalogue import picture_sweep
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.catalogue.media import MediaStore
from indexer.catalogue.pictures import Picture
from indexer.people.accounts import User
from indexer.records import pictures
from indexer.records.claimed import give_all_back
from indexer.records.database import Database
from indexer.review.records import Decision, Move

KEPT, OTHER = "aa" * 32, "bb" * 32


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_folder=tmp_path, picture_days=10)


@pytest.fixture
def store(settings: Settings) -> MediaStore:
    return MediaStore(settings.data_folder)


@pytest.fixture
def shows(database: Database, store: MediaStore, now: datetime) -> Callable[[Item, str], None]:
    """Let the picture of an item be kept under a hash."""

    def keep(item: Item, hash: str) -> None:
        picture = Picture(hash=hash, width=10, height=10, widths=(10,), formats=("webp", "jpg"), bytes=8)
        store.put(dict.fromkeys(picture.names, b"copy"))
        with database.transaction() as tx:
            for use in pictures.claim_waiting(tx, holder="a", now=now, limit=9):
                if use.item == item.id:
                    assert pictures.keep(tx, use, picture, holder="a", at=now)

    return keep


@pytest.fixture
def item_with(make_item: Callable[..., Item]) -> Callable[[int], Item]:
    def make(number: int) -> Item:
        media = (Media(kind=MediaKind.IMAGE, url=f"http://a.example/{number}.jpg"),)
        return make_item(url=f"http://a.example/art/{number}.html", media=media)

    return make


def hashes(store: MediaStore) -> set[str]:
    return {name.partition("-")[0] for name in store.names()}


def test_a_settled_piece_loses_its_pictures_after_the_days_and_gets_them_back_with_its_return(
    settings: Settings,
    database: Database,
    store: MediaStore,
    shows: Callable[[Item, str], None],
    item_with: Callable[[int], Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stays, goes, editor = item_with(1), item_with(2), make_user()
    shows(stays, KEPT)
    _free(database)
    shows(goes, OTHER)
    move_on(goes, Move.REJECT, who=editor, now=now)
    sweep = picture_sweep.make(settings, database)
    clock = [now + timedelta(days=9)]
    monkeypatch.setattr(picture_sweep, "now", lambda: clock[0])

    assert (sweep.waits(), sweep.do(), sweep.waits(), hashes(store)) == (True, 0, False, {KEPT, OTHER})
    clock[0] = now + timedelta(days=11)
    assert sweep.do() == 2  # what shows it, and the picture
    assert hashes(store) == {KEPT}

    move_on(goes, Move.APPROVE, who=editor, now=clock[0])
    with database.reading() as tx:
        assert pictures.is_waiting(tx, now=clock[0])


def test_what_two_pieces_show_goes_with_the_last_of_them(
    settings: Settings,
    database: Database,
    store: MediaStore,
    shows: Callable[[Item, str], None],
    item_with: Callable[[int], Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items, editor = [], make_user()
    for number in (1, 2):
        items.append(item_with(number))
        _free(database)
        shows(items[-1], KEPT)
    sweep = picture_sweep.make(settings, database)
    monkeypatch.setattr(picture_sweep, "now", lambda: now + timedelta(days=30))

    for item, left in zip(items, ({KEPT}, set()), strict=True):
        move_on(item, Move.REJECT, who=editor, now=now)
        sweep.do()
        assert hashes(store) == left


def test_what_a_killed_process_left_is_removed(settings: Settings, database: Database, store: MediaStore) -> None:
    store.put({f"{KEPT}-10.webp": b"copy"})
    part = store.folder / KEPT[:2] / f"{PART}0"
    part.write_bytes(b"half")

    assert picture_sweep.make(settings, database).do() == 2
    assert (hashes(store), part.exists()) == (set(), False)


def test_half_of_an_evidence_is_removed_once_it_is_old(
    settings: Settings, database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = settings.data_folder / "evidence" / f"{PART}0"
    half.parent.mkdir()
    half.write_bytes(b"half")
    os.utime(half, (now.timestamp(), now.timestamp()))
    sweep = picture_sweep.make(settings, database)

    monkeypatch.setattr(picture_sweep, "now", lambda: now)
    assert (sweep.do(), half.exists()) == (0, True)
    monkeypatch.setattr(picture_sweep, "now", lambda: now + timedelta(hours=2))
    assert (sweep.do(), half.exists()) == (1, False)


def test_what_is_being_written_is_waited_for(
    settings: Settings,
    database: Database,
    store: MediaStore,
    item_with: Callable[[int], Item],
    now: datetime,
) -> None:
    picture = Picture(hash=KEPT, width=10, height=10, widths=(10,), formats=("webp",), bytes=4)
    item_with(1)
    with database.transaction() as tx:
        (use,) = pictures.claim_waiting(tx, holder="a", now=now, limit=9)
    sweeping = threading.Thread(target=picture_sweep.make(settings, database).do)

    with store.lock():
        sweeping.start()
        store.put({picture.names[0]: b"copy"})
        with database.transaction() as tx:
            assert pictures.keep(tx, use, picture, holder="a", at=now)
    sweeping.join()

    assert hashes(store) == {KEPT}


def _free(database: Database) -> None:
    """Nobody holds a picture, so that the next fixture may claim what waits."""
    with database.transaction() as tx:
        give_all_back(tx, holder="a")
