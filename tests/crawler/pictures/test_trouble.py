"""crawler.pictures.step: what is no fault of a source costs its pictures no try."""

from collections.abc import Callable

import pytest

from crawler.pictures import step
from indexer.base.ids import ItemId
from indexer.catalogue import media
from indexer.catalogue.media import MediaStoreDown
from indexer.records import claimed, pictures
from indexer.records.database import Database, RecordsDown
from tests.crawler.pictures.drawn import picture
from tests.crawler.pictures.kept import serve, uses
from tests.simulators.website import Website


def test_a_full_disk_is_no_try_and_is_said(
    database: Database,
    website: Website,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    serve(website, "/1.jpg", picture(300, 200))
    item, pictures_step = take("/1.jpg"), make_step()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(media, "write_part", full)
        with pytest.raises(MediaStoreDown, match="No space left"):
            pictures_step.do()
    use = uses(database, item)[0]
    pictures_step.do()

    assert (use.tries, use.refused) == (0, None)
    assert uses(database, item)[0].picture is not None


def test_what_its_source_refused_is_given_back_where_that_cannot_be_written(
    database: Database,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item = take("/no-such.jpg")

    def down(*_: object, **__: object) -> None:
        raise RecordsDown("the disk is full")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(pictures, "refuse", down)
        with pytest.raises(RecordsDown):
            make_step().do()
    use = uses(database, item)[0]
    make_step().do()

    assert (use.tries, use.refused) == (0, None)
    assert uses(database, item)[0].refused is not None


def test_what_was_claimed_is_given_back_where_the_records_fail(
    database: Database,
    website: Website,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    serve(website, "/1.jpg", picture(300, 200))
    take("/1.jpg")

    def down(*_: object, **__: object) -> None:
        raise RecordsDown("the disk is full")

    monkeypatch.setattr(pictures, "keep", down)

    with pytest.raises(RecordsDown):
        make_step().do()

    with database.reading() as tx:
        assert claimed.holders(tx) == set()
