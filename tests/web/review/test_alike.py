"""What an item is alike, on its page at the desk."""

from collections.abc import Callable
from datetime import datetime

from flask.testing import FlaskClient

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.items import Item
from indexer.records import clusters, likenesses, related
from indexer.records.database import Database
from indexer.records.review_queue import queue_entry
from indexer.understanding.duplicates.near import Layer, Relation
from indexer.understanding.duplicates.pairs import Pair
from indexer.understanding.related.leads import lead_of
from indexer.understanding.related.score import Related
from web.review.alike import Alike, alike

MakeItem = Callable[..., Item]


def pair(item: ItemId, other: ItemId, **fields: object) -> Pair:
    told: dict[str, object] = {"relation": Relation.SAME, "layer": Layer.RUNS, "share": 0.914, "other_share": 0.5}
    return Pair(item=item, other=other, passage="收起太阳翼", **{**told, **fields})  # type: ignore[arg-type]  # of the test


def keep(database: Database, *pairs: Pair, joined: tuple[ItemId, ...] = ()) -> None:
    with database.transaction() as tx:
        likenesses.add(tx, pairs)
        for item in joined:
            clusters.move(tx, item, ClusterId("joined"))


def seen(database: Database, item: Item, now: datetime) -> Alike:
    with database.reading() as tx:
        entry = queue_entry(tx, item.id, now=now)
        assert entry is not None
        return alike(tx, entry)


def three(make_item: MakeItem) -> tuple[Item, Item, Item]:
    first, second, third = (make_item(url=f"http://a.example/{number}.html") for number in range(3))
    return first, second, third


def test_an_item_alone_is_alike_nothing(database: Database, make_item: MakeItem, now: datetime) -> None:
    assert seen(database, make_item(), now) == Alike(same=[], parts=[], related=[])


def test_a_copy_stands_with_what_it_shares_or_with_the_copy_it_was_found_by(
    database: Database, make_item: MakeItem, now: datetime
) -> None:
    first, second, third = three(make_item)
    pairs = (pair(second.id, first.id), pair(third.id, second.id, layer=Layer.EQUAL, share=1, other_share=1))
    keep(database, *pairs, joined=(first.id, second.id, third.id))

    same = seen(database, first, now).same

    assert [(one.id, one.percent, one.is_equal, one.through) for one in same] == [
        (second.id, 91, False, None),
        (third.id, 100, True, second.id),
    ]
    assert seen(database, first, now).parts == []


def test_a_copy_whose_reason_was_not_kept_stands_without_one(
    database: Database, make_item: MakeItem, now: datetime
) -> None:
    first, second, _ = three(make_item)
    keep(database, joined=(first.id, second.id))

    [other] = seen(database, first, now).same

    assert (other.id, other.percent, other.passage) == (second.id, None, "")


def test_a_part_stands_apart_and_each_says_which_is_the_whole(
    database: Database, make_item: MakeItem, now: datetime
) -> None:
    part, whole, _ = three(make_item)
    keep(database, pair(part.id, whole.id, relation=Relation.PART))

    of_part, of_whole = seen(database, part, now), seen(database, whole, now)

    assert [(one.id, one.is_part, one.is_whole) for one in of_part.parts] == [(whole.id, True, True)]
    assert [(one.id, one.is_part, one.is_whole) for one in of_whole.parts] == [(part.id, True, False)]
    assert of_part.same == of_whole.same == []


def test_the_page_says_why(desk_client: FlaskClient, database: Database, make_item: MakeItem) -> None:
    first, second, third = three(make_item)
    keep(
        database,
        pair(second.id, first.id),
        pair(first.id, third.id, relation=Relation.PART),
        joined=(first.id, second.id),
    )

    text = desk_client.get(f"/review/items/{first.id}").get_data(as_text=True)

    assert "文字有 91 % 相同" in text
    assert "收起太阳翼" in text
    assert "摘录与合集" in text
    assert "本文的内容包含在其中" in text


def test_what_is_of_the_same_event_stands_apart_with_its_words(
    desk_client: FlaskClient, database: Database, make_item: MakeItem, now: datetime
) -> None:
    """A copy is named as what it is alone."""
    first, second, third = three(make_item)
    keep(database, pair(second.id, first.id), joined=(first.id, second.id))
    with database.transaction() as tx:
        events = [
            Related(item=one.id, other=first.id, score=0.874, words=("玉兔", "太阳翼")) for one in (second, third)
        ]
        related.replace(tx, first.id, events, lead=lead_of("", ""), form=1)

    found = seen(database, first, now)

    assert [(one.id, one.percent, one.words) for one in found.related] == [(third.id, 87, ("玉兔", "太阳翼"))]
    assert [one.id for one in seen(database, third, now).related] == [first.id]
    page = desk_client.get(f"/review/items/{first.id}").text
    assert "相关内容" in page
    assert "87 %" in page
    assert "玉兔" in page
