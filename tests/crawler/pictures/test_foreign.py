"""crawler.pictures.step: what lies on a host that is none of the channel's is refused beside everything else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Connection, event
from structlog.testing import capture_logs

from crawler.pictures import step
from indexer.base.ids import ItemId
from indexer.catalogue.pictures import PictureRefusal
from indexer.records import channels, claimed
from indexer.records.database import WRITES, Database
from indexer.whitelist.records import Channel
from tests.crawler.pictures.drawn import picture
from tests.crawler.pictures.kept import serve, uses
from tests.simulators.website import Website

FOREIGN = "http://elsewhere.example/1.jpg"
EDITED = "改过的正文" * 20


@contextmanager
def written(database: Database) -> Iterator[list[Connection]]:
    """Give the list to which each transaction that writes is added as it begins."""
    begun: list[Connection] = []

    def note(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            begun.append(connection)

    event.listen(database._engine, "begin", note)
    try:
        yield begun
    finally:
        event.remove(database._engine, "begin", note)


def test_what_an_edit_names_elsewhere_is_refused_and_nobody_is_asked(
    database: Database, website: Website, take: Callable[..., ItemId], make_step: Callable[..., step.Pictures]
) -> None:
    take()
    item = take(FOREIGN, "/gone.jpg", "http://elsewhere.example/2.jpg", text=EDITED)

    with capture_logs() as logs:
        make_step().do()

    found = uses(database, item, 2).values()
    why, gone = PictureRefusal.FOREIGN_HOST, PictureRefusal.GONE
    assert [(use.refused, use.tries) for use in found] == [(why, 1), (gone, 1), (why, 1)]
    assert [one["words"] for one in logs if one["event"] == "picture_refused" and one["url"] == FOREIGN] == [why.value]
    assert [one.path for one in website.seen] == ["/gone.jpg"]
    with database.reading() as tx:
        assert claimed.holders(tx) == set()


def test_what_an_earlier_version_showed_from_there_is_kept(
    database: Database,
    channel: Channel,
    website: Website,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with database.transaction() as tx:
        channels.save_channel(tx, replace(channel, hosts=(website.host, "elsewhere.example")))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(step, "fetch_picture", lambda *_, **__: picture(300, 200))
        item = take(FOREIGN)
        make_step().do()
    with database.transaction() as tx:
        channels.save_channel(tx, channel)
    take(FOREIGN, "http://elsewhere.example/2.jpg", text=EDITED)

    make_step().do()

    shown, other = uses(database, item, 2).values()
    assert (shown.refused, other.refused) == (None, PictureRefusal.FOREIGN_HOST)
    assert shown.picture == uses(database, item)[0].picture is not None
    assert website.seen == []


@pytest.mark.parametrize("paths", [[FOREIGN, "/gone.jpg"], [FOREIGN], ["/gone.jpg"], ["/1.jpg"]])
def test_a_batch_is_claimed_and_what_came_of_it_written_in_a_transaction_each(
    database: Database,
    website: Website,
    take: Callable[..., ItemId],
    make_step: Callable[..., step.Pictures],
    paths: list[str],
) -> None:
    serve(website, "/1.jpg", picture(300, 200))
    take()
    take(*paths, text=EDITED)
    pictures_step = make_step()

    with written(database) as begun:
        pictures_step.do()

    assert len(begun) == 2
