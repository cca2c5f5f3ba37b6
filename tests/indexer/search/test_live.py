"""indexer.search.live: a stream that begins or ends is told to the index by the clock."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.catalogue.items import Item, Media, MediaKind
from indexer.people.accounts import User
from indexer.records import outbox
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search.live import EVERY, LiveWatch

HOUR = timedelta(hours=1)


@pytest.fixture
def stream(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> Item:
    """A public piece whose stream begins an hour from now, for an hour; nothing waits."""
    live = Media(kind=MediaKind.VIDEO, url="http://a.example/live", starts=now + HOUR, ends=now + 2 * HOUR)
    item = make_item(media=(live,))
    move_on(item, Move.APPROVE, who=make_user())
    noted(database, now)
    return item


def noted(database: Database, now: datetime) -> list[str]:
    """Take all rows out of the outbox."""
    with database.transaction() as tx:
        rows = outbox.claim_waiting(tx, holder="test", now=now, limit=10)
        outbox.done(tx, [row for row, _ in rows], holder="test")
    return [item for _, item in rows]


def look(database: Database, watch: LiveWatch, at: datetime) -> list[str]:
    """Look and note what changed, as the step does."""
    with database.transaction() as tx:
        if watch.changes(tx, at):
            watch.note(tx, at)
    watch.noted()
    return noted(database, at)


def test_a_stream_that_begins_and_one_that_ends_are_noted_once(database: Database, stream: Item, now: datetime) -> None:
    watch, second = LiveWatch(), timedelta(seconds=1)
    moments = (now, now + HOUR - second, now + HOUR, now + HOUR + second, now + 2 * HOUR, now + 3 * HOUR)

    assert [look(database, watch, at) for at in moments] == [[], [], [stream.id], [], [stream.id], []]


def test_what_began_or_ended_while_nobody_looked_is_noted_at_the_first_look(
    database: Database, stream: Item, now: datetime
) -> None:
    assert look(database, LiveWatch(), now + HOUR) == [stream.id]
    assert look(database, LiveWatch(), now + timedelta(days=1)) == [stream.id]


def test_the_records_are_asked_once_a_second_and_what_was_not_noted_stays(
    database: Database, stream: Item, now: datetime
) -> None:
    watch, began = LiveWatch(), now + HOUR
    with database.reading() as tx:
        looks = [watch.changes(tx, at) for at in (began - EVERY / 2, began, began + EVERY / 2, began + EVERY)]

    assert looks == [False, False, True, True]
    assert watch.is_changed
