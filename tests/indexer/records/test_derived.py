"""Facets that are neither tags nor columns: the records filter by them as the index does."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from indexer.base import times
from indexer.base.ids import ItemId
from indexer.base.times import BEIJING, Published
from indexer.catalogue.films import LONGEST
from indexer.catalogue.items import Edition, Item, ItemKind, Media, MediaKind
from indexer.people.accounts import User
from indexer.records import editions, stories
from indexer.records.database import Database
from indexer.records.derived import live_between
from indexer.review.records import Decision, Move
from tests.facets import filters

HOUR = timedelta(hours=1)
Make = Callable[..., Item]


@pytest.fixture
def make(make_item: Callable[..., Item], make_user: Callable[..., User], move_on: Callable[..., Decision]) -> Make:
    """Make a public item."""
    editor = make_user()

    def made(number: int, **fields: object) -> Item:
        item = make_item(url=f"http://a.example/{number}.html", text=f"{number}", **fields)
        move_on(item, Move.APPROVE, who=editor)
        return item

    return made


def found(database: Database, **wanted: object) -> set[ItemId]:
    with database.reading() as tx:
        return {item for item, _ in stories.newest(tx, filters(**wanted), limit=50)}


def stream(starts: datetime, ends: datetime | None = None) -> tuple[Media, ...]:
    return (Media(kind=MediaKind.VIDEO, url="http://a.example/live", starts=starts, ends=ends),)


def test_pieces_are_found_by_the_system_of_their_unit(database: Database, make: Make) -> None:
    item = make(1)

    assert found(database, systems=("科技馆之城", "区")) == {item.id}
    assert found(database, systems=("区",)) == set()


@pytest.mark.parametrize(
    ("at", "is_in"),
    [
        (datetime(2026, 8, 31, 15, 59, tzinfo=UTC), False),
        (datetime(2026, 8, 31, 16, tzinfo=UTC), True),
        (datetime(2026, 9, 30, 23, 59, tzinfo=BEIJING), True),
        (datetime(2026, 10, 1, tzinfo=BEIJING), False),
    ],
)
def test_the_year_of_a_piece_goes_by_its_day_in_beijing(
    database: Database, make: Make, at: datetime, is_in: bool
) -> None:
    with database.transaction() as tx:
        for year, month in (("2026", 9), ("other", 5)):
            editions.save_edition(
                tx, Edition(id=year, label=year, theme="", starts=date(2026, month, 1), ends=date(2026, month, 30))
            )
    item = make(1, published=Published(at=at))
    make(2)

    assert found(database, editions=("2026",)) == ({item.id} if is_in else set())
    assert found(database, editions=("other",)) == set()
    assert found(database, months=("2026-09",)) == ({item.id} if is_in else set())
    assert found(database, months=("2026-09", "2026-08", "2026-10")) == {item.id}
    assert found(database, months=("no month",)) == set()


def test_videos_and_what_is_live_at_this_moment_are_found(database: Database, make: Make) -> None:
    now = times.now()
    on, endless = make(1, media=stream(now - HOUR, now + HOUR)), make(2, media=stream(now - HOUR))
    over = make(3, media=stream(now - 2 * LONGEST))
    film, text = make(4, kind=ItemKind.VIDEO), make(5)

    assert found(database, films=("live_now",)) == {on.id, endless.id}
    assert found(database, films=("video",)) == {on.id, endless.id, over.id, film.id}
    assert found(database, films=("video", "live_now")) == {on.id, endless.id, over.id, film.id}
    assert found(database, films=("nothing",)) == set()
    assert text.id in found(database)


def test_what_was_live_between_two_moments_is_told_of_public_pieces_alone(
    database: Database, make: Make, make_item: Callable[..., Item], now: datetime
) -> None:
    item = make(1, media=stream(now, now + HOUR))
    make_item(url="http://a.example/2.html", media=stream(now, now + HOUR))
    spans = [(now - HOUR, now - timedelta(seconds=1)), (now - HOUR, now), (now + HOUR, now + HOUR), (now, now + HOUR)]

    with database.reading() as tx:
        assert [live_between(tx, *span) for span in spans] == [set(), {item.id}, set(), {item.id}]
