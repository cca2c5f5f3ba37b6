"""web.shown.asked: what an address asks for, within limits, and the addresses that ask for a little else."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from flask import Flask

from indexer.base.times import BEIJING
from indexer.catalogue.items import ItemKind
from indexer.search.port import Order
from web.shown.asked import PAGE_SIZE, TEXT_CHARS, VALUES, Asked, read

Ask = Callable[[str], Asked]


@pytest.fixture
def ask(app: Flask) -> Iterator[Ask]:
    """Read an address; links are made inside the same request."""
    contexts = []

    def of(address: str) -> Asked:
        context = app.test_request_context(address)
        context.push()
        contexts.append(context)
        return read(context.request.args)

    yield of
    for context in reversed(contexts):
        context.pop()


def test_words_and_filters_become_a_query(ask: Ask) -> None:
    asked = ask("/search?q= 月球  车 &topic=it&topic=rural&unit=u1&kind=video&district=haidian&audience=youth&page=3")
    query = asked.query

    assert (query.text, *(query.filters[field] for field in ("topics", "units", "kinds"))) == (
        "月球 车",
        ("it", "rural"),
        ("u1",),
        (ItemKind.VIDEO,),
    )
    assert (query.filters["districts"], query.filters["audiences"]) == (("haidian",), ("youth",))
    assert (query.offset, query.limit, query.order) == (2 * PAGE_SIZE, PAGE_SIZE, Order.RELEVANCE)


def test_days_are_whole_days_in_beijing(ask: Ask) -> None:
    query = ask("/search?since=2026-09-17&until=2026-09-17").query

    assert query.since == datetime(2026, 9, 17, tzinfo=BEIJING)
    assert query.until == datetime(2026, 9, 18, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "odd", ["since=yesterday", "until=2026-02-30", "since=0001-01-01", "kind=song", "month=2026-13"]
)
def test_what_cannot_be_understood_is_left_out_and_named(ask: Ask, odd: str) -> None:
    asked = ask(f"/search?{odd}")

    assert len(asked.problems) == 1
    assert (asked.query.since, asked.query.until, asked.query.filters.get("kinds")) == (None, None, None)


def test_more_than_anyone_asks_for_is_cut_off(ask: Ask) -> None:
    asked = ask("/search?q=" + "x" * 1000 + "".join(f"&topic=t{n}" for n in range(100)))

    assert (len(asked.query.text), len(asked.query.filters["topics"])) == (TEXT_CHARS, VALUES)


@pytest.mark.parametrize(
    ("address", "order"),
    [
        ("/search", Order.NEWEST),
        ("/search?order=relevance", Order.NEWEST),
        ("/search?q=x", Order.RELEVANCE),
        ("/search?q=x&order=newest", Order.NEWEST),
        ("/search?q=x&order=oldest", Order.RELEVANCE),
    ],
)
def test_without_words_the_newest_come_first(ask: Ask, address: str, order: Order) -> None:
    assert ask(address).query.order is order


def test_a_value_is_put_on_and_taken_off_and_the_rest_stays(ask: Ask) -> None:
    asked = ask("/search?q=x&topic=it&since=2026-09-17&page=4")

    assert asked.toggled("topic", "rural") == "/search?q=x&since=2026-09-17&topic=it&topic=rural"
    assert asked.toggled("topic", "it") == "/search?q=x&since=2026-09-17"
    assert asked.without("topic") == "/search?q=x&since=2026-09-17"
    assert asked.without_days() == "/search?q=x&topic=it"
    assert asked.kept == [("topic", "it")]


def test_the_feed_of_a_search_is_an_absolute_address(ask: Ask) -> None:
    asked = ask("/search?q=x")

    assert asked.link("public.feed", is_external=True) == "http://localhost/feed.atom?q=x"
    assert asked.link_before(7) == "http://localhost/feed.atom?q=x&before=7"
    assert ask("/search").link() == "/search"


def test_the_same_question_has_the_same_key_in_whatever_order_it_came(ask: Ask) -> None:
    first, second = ask("/search?q=x&topic=it&unit=u1"), ask("/search?unit=u1&topic=it&q=x&order=newest")

    assert first.key == second.key != ask("/search?q=y").key
