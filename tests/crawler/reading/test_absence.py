"""crawler.reading.absence: what a platform's list names no more comes down once that was seen twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from config.weibo import post_address
from config.words import ChannelKind
from crawler.exchange import Named, Span
from crawler.reading.absence import note_spans, see
from crawler.reading.naming import Naming
from indexer.base.ids import ItemId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.catalogue.looks import Seen, Sight
from indexer.people.accounts import User
from indexer.records import announced, channels, decisions, items, looks, understood
from indexer.records.database import Database
from indexer.review.records import Move, State
from indexer.whitelist.records import Channel
from tests.crawler.reading.looking import decide
from tests.simulators.answers import NOW

UID, FIRST = "6123456789", 5012345678901234
NUMBERS = [str(FIRST + place) for place in range(3)]
SPAN = Span(lowest=FIRST, highest=FIRST + 2)


@pytest.fixture
def account(database: Database, channel: Channel) -> Channel:
    made = replace(channel, kind=ChannelKind.WEIBO, address=f"https://weibo.com/u/{UID}", hosts=("weibo.com",))
    with database.transaction() as tx:
        channels.save_channel(tx, made)
    return made


@pytest.fixture
def posts(database: Database, account: Channel) -> list[Item]:
    """Three posts that were named and taken in, the oldest first."""
    note(database, account, NUMBERS)
    return [take(database, account, number) for number in NUMBERS]


def take(database: Database, account: Channel, number: str) -> Item:
    made = Candidate(channel=account.id, url=post_address(UID, number), title=f"第 {number} 条", text="月夜很长。")
    taken = take_in(database, made, now=NOW)
    assert taken.item is not None
    return stands(database, taken.item)


def named(numbers: list[str]) -> list[Named]:
    return [Named(number=number, url=post_address(UID, number), title="x") for number in numbers]


def note(database: Database, account: Channel, numbers: list[str], *, span: Span = SPAN, at: datetime = NOW) -> int:
    Naming(channel=account, database=database, clock=lambda: at).note(named(numbers))
    return note_spans(database, account, [span], named(numbers), now=at)


def stands(database: Database, id: ItemId) -> Item:
    with database.reading() as tx:
        found = items.item(tx, id)
    assert found is not None
    return found


def misses(database: Database, item: Item) -> int:
    with database.reading() as tx:
        look = looks.look(tx, item.id)
    assert look is not None
    return look.misses


def test_what_is_named_no_more_comes_down_at_the_second_time(
    database: Database, account: Channel, posts: list[Item], make_user: Callable[..., User]
) -> None:
    with database.transaction() as tx:
        understood.save(
            tx, posts[1].id, 1, tags=(), findings=(), vector=None, embedder="none", cluster=posts[1].cluster, at=NOW
        )
    decide(database, posts[1], Move.APPROVE, make_user())
    left = [NUMBERS[0], NUMBERS[2]]

    once = note(database, account, left)
    public_then = stands(database, posts[1].id).public
    twice = note(database, account, left, at=NOW + timedelta(minutes=45))

    with database.reading() as tx:
        last = decisions.of_item(tx, posts[1].id)[-1]
    assert (once, public_then, twice) == (0, 1, 1)
    assert stands(database, posts[1].id).state is State.WITHDRAWN
    assert last.why == "来源网页已不存在（两次查看都没有找到）"
    assert [misses(database, post) for post in (posts[0], posts[2])] == [0, 0]


def test_what_is_named_again_was_not_gone(database: Database, account: Channel, posts: list[Item]) -> None:
    note(database, account, NUMBERS[:2], span=SPAN)
    note(database, account, NUMBERS, at=NOW + timedelta(minutes=45))
    missed = misses(database, posts[2])
    note(database, account, NUMBERS[:2], at=NOW + timedelta(minutes=90))

    assert (missed, misses(database, posts[2])) == (0, 1)


def test_a_shorter_list_says_nothing_of_what_lies_outside(
    database: Database, account: Channel, posts: list[Item]
) -> None:
    for _ in range(3):
        note(database, account, NUMBERS[2:], span=Span(lowest=FIRST + 2, highest=FIRST + 2))

    assert [misses(database, post) for post in posts] == [0, 0, 0]


def test_what_is_not_here_is_missed_by_nobody_once_it_is_gone_there(database: Database, account: Channel) -> None:
    note(database, account, NUMBERS)
    note(database, account, NUMBERS[:2])

    with database.reading() as tx:
        tally = announced.tally(tx, account.id)
    assert (tally.collected, tally.total) == (0, 2)


def test_a_span_holds_whole_numbers_alone() -> None:
    assert SPAN.holds(NUMBERS[1])
    assert not any(SPAN.holds(number) for number in ("", "x", "-1", "١", str(FIRST - 1), "article#1"))


def test_a_span_over_numbers_of_other_lengths_is_compared_as_numbers(database: Database, account: Channel) -> None:
    note(database, account, ["999", "1000"], span=Span(lowest=999, highest=1000))
    note(database, account, ["1000"], span=Span(lowest=99, highest=1000))

    with database.reading() as tx:
        assert announced.tally(tx, account.id).total == 1


def test_of_what_is_not_there_nothing_is_seen(database: Database, account: Channel) -> None:
    with database.transaction() as tx:
        assert not see(tx, ItemId("none"), Seen(sight=Sight.DELETED), now=NOW)
