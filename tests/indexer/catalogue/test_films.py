"""What a piece lets its reader see: videos, and a live stream while it is on."""

from datetime import UTC, datetime, timedelta

import pytest

from indexer.catalogue.facets import Film
from indexer.catalogue.films import LONGEST, films_of, is_live
from indexer.catalogue.items import ItemKind, Media, MediaKind

NOON, HOUR = datetime(2026, 9, 17, 4, tzinfo=UTC), timedelta(hours=1)


def stream(starts: datetime | None, ends: datetime | None = None) -> Media:
    return Media(kind=MediaKind.VIDEO, url="http://a.example/live", starts=starts, ends=ends)


@pytest.mark.parametrize(
    ("medium", "is_on"),
    [
        (stream(None), False),
        (stream(NOON), True),
        (stream(NOON + HOUR), False),
        (stream(NOON - HOUR, NOON), False),
        (stream(NOON - HOUR, NOON + HOUR), True),
        (stream(NOON - 2 * LONGEST, NOON + HOUR), True),
        (stream(NOON - LONGEST), False),
    ],
)
def test_a_stream_is_live_from_its_beginning_until_before_its_end(medium: Media, is_on: bool) -> None:
    assert is_live(medium, NOON) is is_on


def test_a_picture_is_no_video_and_a_piece_that_is_one_needs_no_medium() -> None:
    picture = Media(kind=MediaKind.IMAGE, url="http://a.example/a.jpg")

    assert films_of(ItemKind.ARTICLE, [picture], NOON) == ()
    assert films_of(ItemKind.VIDEO, [], NOON) == (Film.VIDEO,)
    assert films_of(ItemKind.ARTICLE, [picture, stream(NOON)], NOON) == (Film.VIDEO, Film.LIVE)
