"""web.review.piece: all that there is to read of a version, and whether a row of the list shows it whole."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from config.words import Severity
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.records.database import Database
from indexer.records.review_queue import QueueEntry, queue_entry
from indexer.understanding.results import Finding
from web.review.piece import SHORT_CHARS, is_short, reading

PICTURE = Media(kind=MediaKind.IMAGE, url="http://a.example/1.jpg")
FILM = Media(kind=MediaKind.VIDEO, url="http://a.example/1.mp4")
FINDING = Finding(
    rule="r", rule_version=1, severity=Severity.HIGH, where="text", start=0, end=2, excerpt="月球", message="示例"
)


@pytest.fixture
def entry(database: Database, make_item: Callable[..., Item], now: datetime) -> Callable[..., QueueEntry]:
    def of(**fields: object) -> QueueEntry:
        item = make_item(**fields)
        with database.reading() as tx:
            found = queue_entry(tx, item.id, now=now)
        assert found is not None
        return found

    return of


def test_findings_are_marked_in_the_part_where_they_are(app: Flask, entry: Callable[..., QueueEntry]) -> None:
    waiting = entry(findings=(FINDING,), text="月球的夜晚")
    with app.test_request_context("/"):
        laid = reading(waiting, {})

    assert [piece.text for piece in laid.text] == ["月球", "的夜晚"]
    assert [piece.text for piece in laid.title] == ["月球车如何过夜"]
    assert len(laid.findings) == 1


def test_pictures_are_shown_and_films_stay_with_their_player(app: Flask, entry: Callable[..., QueueEntry]) -> None:
    waiting = entry(media=(FILM, PICTURE))
    with app.test_request_context("/"):
        laid = reading(waiting, {})

    assert [one.medium for one in laid.pictures] == [PICTURE]
    assert [one.medium for one in laid.players] == [FILM]
    assert PICTURE.url not in str(laid.pictures[0].element)
    assert laid.kept == (0, 0)


@pytest.mark.parametrize(
    ("fields", "short"),
    [
        ({"text": "月" * SHORT_CHARS}, True),
        ({"text": "月" * (SHORT_CHARS + 1)}, False),
        ({"text": "月", "media": (PICTURE,)}, False),
    ],
)
def test_a_row_shows_only_a_short_piece_without_media_whole(
    entry: Callable[..., QueueEntry], fields: dict[str, object], *, short: bool
) -> None:
    assert is_short(entry(**fields).version) is short
