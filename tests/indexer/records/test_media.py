"""indexer.records.media: each version has its own pictures, films and sounds, in the order of the page."""

from collections.abc import Callable
from datetime import datetime

from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item, Media, MediaKind
from indexer.records.database import Database
from indexer.records.media import media_of

PICTURE, FILM = (Media(kind=kind, url=f"http://a.example/{kind}.x") for kind in (MediaKind.IMAGE, MediaKind.VIDEO))


def test_each_version_keeps_its_own_media_in_their_order(
    database: Database, make_item: Callable[..., Item], make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    item, bare = make_item(media=(FILM, PICTURE)), make_item(url="http://a.example/art/2.html")
    take_in(database, make_candidate(text="改过的正文", media=(PICTURE,)), now=now)

    with database.reading() as tx:
        held = media_of(tx, [item.id, bare.id])
        nothing = media_of(tx, [])

    assert held == {(item.id, 1): [FILM, PICTURE], (item.id, 2): [PICTURE]}
    assert nothing == {}
