"""Public entries: what lists and the search index show of an item."""

from collections.abc import Callable
from datetime import datetime

from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import clusters, entries
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.understanding.results import Facet, Tag

TAG = Tag(facet=Facet.TOPIC, id="space", score=0.8)


def test_the_original_of_a_cluster_comes_first_whichever_was_approved_first(
    database: Database, make_item: Callable[..., Item], make_user: Callable[..., User], now: datetime
) -> None:
    first, second = make_item(), make_item(url="http://a.example/art/2.html", text="（转自：示例日报）月球的夜晚。")
    third = make_item(url="http://a.example/art/3.html")
    editor = make_user()
    with database.transaction() as tx:
        clusters.move(tx, second.id, first.cluster)
        clusters.move(tx, third.id, first.cluster)
    desk.decide(
        database, item=second.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
    )
    desk.decide(database, item=first.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now)

    with database.reading() as tx:
        shown = entries.public_entries(tx, [third.id, first.id, second.id])

    assert [(key, entry.listed.place, entry.listed.cluster_size) for key, entry in shown.items()] == [
        (first.id, 0, 2),
        (second.id, 1, 2),
    ]


def test_a_public_entry_carries_the_tags_of_the_version_that_is_shown(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    item = make_item(tags=(TAG,))
    desk.decide(
        database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=make_user(), why="", now=now
    )
    make_item(text="改过的正文", tags=(Tag(facet=Facet.TOPIC, id="food", score=0.9),))

    with database.reading() as tx:
        entry = entries.public_entries(tx, [item.id])[item.id]

    assert (entry.version.number, entry.listed.tags, entry.listed.unit.name) == (1, (TAG,), "示例科技馆")


def test_a_list_may_have_the_tags_of_one_facet_alone(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    youth = Tag(facet=Facet.AUDIENCE, id="youth", score=0.9)
    item = make_item(tags=(TAG, youth))
    desk.decide(
        database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=make_user(), why="", now=now
    )

    with database.reading() as tx:
        every, topics = entries.listed_entries(tx, [item.id]), entries.listed_entries(tx, [item.id], Facet.TOPIC)

    assert (set(every[item.id].tags), topics[item.id].tags) == ({TAG, youth}, (TAG,))
