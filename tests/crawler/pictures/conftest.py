"""What tests of the step share: the step itself, and articles that show pictures."""

from collections.abc import Callable, Iterator

import pytest

from config.settings import Settings
from crawler.pictures import step
from indexer.base import times
from indexer.base.ids import ItemId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Media, MediaKind
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.simulators.website import Website


@pytest.fixture
def make_step(settings: Settings, database: Database) -> Iterator[Callable[..., step.Pictures]]:
    made: list[step.Pictures] = []

    def make(**changed: object) -> step.Pictures:
        made.append(step.make(settings.model_copy(update={"picture_delay_seconds": 0, **changed}), database))
        return made[-1]

    yield make
    for one in made:
        one._workers.close()


@pytest.fixture
def take(database: Database, channel: Channel, website: Website) -> Callable[..., ItemId]:
    """Take in an article of the channel with these pictures; whole addresses, or paths of the site."""

    def taken(*urls: str, number: int = 1, text: str = "正文" * 40, cover: str = "", title: str = "题目") -> ItemId:
        whole = [url if "://" in url else f"{website.origin}{url}" for url in urls]
        media = [Media(kind=MediaKind.IMAGE, url=url) for url in whole]
        if cover:
            film = f"{website.origin}/film.mp4"
            media.append(Media(kind=MediaKind.VIDEO, url=film, cover=f"{website.origin}{cover}"))
        candidate = Candidate(
            channel=channel.id,
            url=f"{website.origin}/list/{number}.html",
            title=title,
            text=text,
            media=tuple(media),
        )
        found = take_in(database, candidate, now=times.now())
        assert found.item is not None, found
        return found.item

    return taken
