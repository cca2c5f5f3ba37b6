"""Copies of a piece and what is newest, through decisions, edits, withdrawals and clusters that change."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from indexer.base.ids import ChannelId, ClusterId, ItemId, UnitId
from indexer.base.times import BEIJING, Published
from indexer.catalogue.items import Item, ItemKind
from indexer.records import clusters, items, stories
from indexer.records.database import Database
from indexer.records.entries import Publication, listed_entries
from indexer.records.stories import Filters
from indexer.review.records import Move
from indexer.understanding.results import Facet, Tag
from tests.facets import filters
from tests.queries import counted

MakeItem = Callable[..., Item]
HOUR = timedelta(hours=1)


def newest(database: Database, filters: Filters = stories.ANY, **page: int) -> list[ItemId]:
    with database.reading() as tx:
        return [item for item, _ in stories.newest(tx, filters, **({"limit": 50} | page))]


def copies(database: Database, item: Item, filters: Filters = stories.ANY) -> list[ItemId]:
    with database.reading() as tx:
        found = items.item(tx, item.id)
        assert found is not None
        return stories.copies(tx, [found.cluster], filters).get(found.cluster, [])


def publication(database: Database, item: Item) -> Publication | None:
    with database.reading() as tx:
        entry = listed_entries(tx, [item.id]).get(item.id)
    return entry.publication if entry else None


def test_a_repost_approved_first_gives_way_to_its_original(
    database: Database, pair: tuple[Item, Item], decide: Callable[..., datetime]
) -> None:
    original, repost = pair
    decide(repost, Move.APPROVE)
    before = newest(database)
    decide(original, Move.APPROVE)

    assert before == [repost.id]
    assert newest(database) == [original.id]
    assert copies(database, original) == [original.id, repost.id]


def test_a_withdrawn_original_leaves_the_repost(
    database: Database, pair: tuple[Item, Item], decide: Callable[..., datetime], undo: Callable[[Item], datetime]
) -> None:
    original, repost = pair
    decide(original, Move.APPROVE)
    decide(repost, Move.APPROVE)
    decide(original, Move.WITHDRAW)
    without = newest(database), copies(database, original)
    undo(original)

    assert without == ([repost.id], [repost.id])
    assert newest(database) == [original.id]


def test_within_a_filter_the_copy_that_satisfies_it_shows_the_piece(
    database: Database, pair: tuple[Item, Item], decide: Callable[..., datetime]
) -> None:
    original, repost = pair
    decide(original, Move.APPROVE)
    decide(repost, Move.APPROVE)

    assert newest(database, filters(units=(UnitId("unit-b"),))) == [repost.id]
    assert newest(database, filters(units=(UnitId("unit-b"), UnitId("unit-a")))) == [original.id]
    assert copies(database, original, filters(units=(UnitId("nobody"),))) == []


@pytest.mark.parametrize(
    ("filters", "is_found"),
    [
        (filters(topics=("it",)), True),
        (filters(topics=("it", "food"), districts=("haidian",)), True),
        (filters(topics=("food",)), False),
        (filters(actions=("rural-tech",), forms=("lecture", "drill")), True),
        (filters(forms=("drill",)), False),
        (filters(audiences=("it",)), False),
        (filters(kinds=(ItemKind.VIDEO,)), True),
        (filters(kinds=(ItemKind.LIVE,)), False),
        (filters(since=datetime(2026, 9, 10, tzinfo=BEIJING)), True),
        (filters(until=datetime(2026, 9, 10, tzinfo=BEIJING)), False),
        (filters(topics=("' OR 1=1 --",)), False),
    ],
)
def test_every_filter_of_search_filters_the_records_too(
    database: Database, make_item: MakeItem, decide: Callable[..., datetime], filters: Filters, is_found: bool
) -> None:
    ids = {Facet.TOPIC: "it", Facet.DISTRICT: "haidian", Facet.ACTION: "rural-tech", Facet.FORM: "lecture"}
    tags = tuple(Tag(facet=facet, id=tag, score=0.9) for facet, tag in ids.items())
    day = Published(at=datetime(2026, 9, 10, tzinfo=BEIJING), is_day=True)
    item = make_item(tags=tags, kind=ItemKind.VIDEO, published=day)
    decide(item, Move.APPROVE)

    assert newest(database, filters) == [item.id] * is_found


def test_an_edit_that_takes_the_credit_out_makes_the_copy_the_original_once_it_is_approved(
    database: Database, pair: tuple[Item, Item], make_item: MakeItem, decide: Callable[..., datetime], now: datetime
) -> None:
    original, repost = pair
    decide(original, Move.APPROVE)
    decide(repost, Move.APPROVE)
    make_item(url="http://a.example/art/1.html", text="月球的夜晚很长。（转自示例天文馆）")
    make_item(url="http://b.example/1.html", channel=ChannelId("channel-b"), text="月球的夜晚很长。")
    waiting = copies(database, original)
    decide(original, Move.APPROVE)
    decide(repost, Move.APPROVE)

    assert waiting == [original.id, repost.id]
    assert copies(database, original) == [repost.id, original.id]


def test_a_cluster_that_splits_shows_both_pieces(
    database: Database, pair: tuple[Item, Item], decide: Callable[..., datetime]
) -> None:
    original, repost = pair
    decide(original, Move.APPROVE)
    decide(repost, Move.APPROVE)
    with database.transaction() as tx:
        clusters.move(tx, repost.id, ClusterId("apart"))

    assert newest(database) == [repost.id, original.id]
    assert copies(database, original) == [original.id]


def test_the_names_of_its_own_channels_are_no_credit_of_another(
    database: Database,
    make_item: MakeItem,
    other_unit: ChannelId,
    join: Callable[..., None],
    decide: Callable[..., datetime],
) -> None:
    plain = make_item(
        url="http://b.example/1.html", channel=other_unit, published=Published(at=datetime(2026, 9, 2, tzinfo=BEIJING))
    )
    signed = make_item(
        text="月球的夜晚。\n来源：示例馆网站", published=Published(at=datetime(2026, 9, 1, tzinfo=BEIJING))
    )
    join(signed, plain)
    decide(plain, Move.APPROVE)
    decide(signed, Move.APPROVE)

    assert copies(database, signed) == [signed.id, plain.id]


def test_a_source_printed_beside_the_date_of_a_web_page_is_a_credit(
    database: Database,
    make_item: MakeItem,
    other_unit: ChannelId,
    join: Callable[..., None],
    decide: Callable[..., datetime],
) -> None:
    early = make_item(
        url="http://b.example/1.html",
        channel=other_unit,
        account="示例科技馆",
        published=Published(at=datetime(2026, 9, 1, tzinfo=BEIJING)),
    )
    late = make_item(account="示例科技馆", published=Published(at=datetime(2026, 9, 2, tzinfo=BEIJING)))
    join(late, early)
    decide(early, Move.APPROVE)
    decide(late, Move.APPROVE)

    assert copies(database, late) == [late.id, early.id]


def test_publication_is_the_first_approval_and_a_newer_version_moves_only_its_own_time(
    database: Database, make_item: MakeItem, decide: Callable[..., datetime], undo: Callable[[Item], datetime]
) -> None:
    item = make_item()
    none = publication(database, item)
    first = decide(item, Move.APPROVE)
    after_first = publication(database, item)
    make_item(text="改过的正文")
    second = decide(item, Move.APPROVE)
    after_second = publication(database, item)
    third = undo(item)
    after_undo = publication(database, item)

    assert none is None
    assert after_first is not None
    assert after_second is not None
    assert after_undo is not None
    assert (after_first.at, after_first.version_at) == (first, first)
    assert (after_second.at, after_second.version_at) == (first, second)
    assert (after_undo.at, after_undo.version_at) == (first, third)
    assert after_first.number == after_second.number == after_undo.number


def test_what_came_back_after_a_withdrawal_is_published_anew(
    database: Database, make_item: MakeItem, decide: Callable[..., datetime], undo: Callable[[Item], datetime]
) -> None:
    back, other = make_item(), make_item(url="http://a.example/art/2.html")
    undone = make_item(url="http://a.example/art/3.html")
    decide(back, Move.APPROVE)
    decide(undone, Move.APPROVE)
    decide(other, Move.APPROVE)
    decide(back, Move.WITHDRAW)
    decide(undone, Move.WITHDRAW)
    hidden = newest(database)
    again = decide(back, Move.APPROVE)
    restored = undo(undone)

    assert hidden == [other.id]
    # A reader who looked while they were away finds both above all that it has seen.
    assert newest(database) == [undone.id, back.id, other.id]
    assert [one.at for item in (back, undone) if (one := publication(database, item))] == [again, restored]


def test_what_is_newest_goes_by_the_decision_that_published_it(
    database: Database, make_item: MakeItem, decide: Callable[..., datetime]
) -> None:
    first, second = make_item(), make_item(url="http://a.example/art/2.html")
    decide(first, Move.APPROVE)
    decide(second, Move.APPROVE)

    make_item(text="改过的正文")
    decide(first, Move.APPROVE)

    assert newest(database) == [second.id, first.id]


def test_an_approval_that_was_taken_back_is_no_publication(
    database: Database, make_item: MakeItem, decide: Callable[..., datetime], undo: Callable[[Item], datetime]
) -> None:
    item = make_item()
    decide(item, Move.APPROVE)
    undo(item)

    assert newest(database) == []


def test_pages_by_offset_and_by_publication_hold_every_piece_once(
    database: Database, make_item: MakeItem, join: Callable[..., None], decide: Callable[..., datetime]
) -> None:
    made = [make_item(url=f"http://a.example/art/{number}.html") for number in range(18)]
    for number in range(0, 18, 3):
        join(made[number], made[number + 1], made[number + 2])
    for item in reversed(made):
        decide(item, Move.APPROVE)
    whole = newest(database)

    by_offset = [item for page in range(4) for item in newest(database, limit=2, offset=page * 2)]
    by_publication: list[ItemId] = []
    before: int | None = None
    with database.reading() as tx:
        while page := stories.newest(tx, limit=2, before=before):
            by_publication += [item for item, _ in page]
            before = page[-1][1]

    assert len(set(whole)) == len(whole) == 6
    assert by_offset == by_publication == whole


def test_a_longer_list_of_the_newest_takes_no_more_queries(
    database: Database, make_item: MakeItem, decide: Callable[..., datetime]
) -> None:
    for number in range(12):
        decide(make_item(url=f"http://a.example/art/{number}.html"), Move.APPROVE)

    with counted(database) as few:
        newest(database, limit=2)
    with counted(database) as many:
        newest(database, limit=12)

    assert len(many) == len(few)
