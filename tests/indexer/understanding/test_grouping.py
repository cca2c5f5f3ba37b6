"""Items that are one piece come together; what is alike is kept with its reason."""

from collections.abc import Callable
from datetime import datetime

from indexer.base.ids import ItemId
from indexer.catalogue.items import Item, Media, MediaKind
from indexer.records import items, likenesses
from indexer.records.database import Database
from indexer.understanding.duplicates.near import Layer, Relation
from indexer.understanding.duplicates.pieces import Piece
from indexer.understanding.duplicates.sketches import FORM, sketch
from indexer.understanding.grouping import grouped, meet_others, pairs_of, same_as

MakeItem = Callable[..., Item]
STORY = (
    "月球的夜晚长达十四个地球日，气温会降到零下一百八十摄氏度以下。月球车在日落之前收起太阳翼，把车身朝向调整好，"
    "只留一只小小的同位素热源给电池和仪器保温。等到太阳重新升起，自主唤醒电路才会接通电源，逐项检查后向地球报告平安。"
)
PIECE = Piece("月球车如何过夜", STORY)


def taken(make_item: MakeItem, *texts: str) -> list[Item]:
    return [make_item(url=f"http://a.example/{number}.html", text=text) for number, text in enumerate(texts)]


def test_what_is_alike_is_paired_the_later_item_first_and_the_rest_left_out(
    database: Database, make_item: MakeItem
) -> None:
    first, excerpt, other, late = taken(
        make_item, STORY + "编辑示例。", STORY[30:70], "厨余垃圾应当沥干水分。" * 9, STORY
    )

    pairs = pairs_of(database, late.id, PIECE, [first.id, excerpt.id, other.id, ItemId("gone")])

    assert [(pair.item, pair.other, pair.relation) for pair in pairs] == [
        (late.id, first.id, Relation.SAME),
        (excerpt.id, late.id, Relation.PART),
    ]
    assert same_as(late.id, pairs) == [first.id]
    assert same_as(first.id, pairs[:1]) == [late.id]


def test_nothing_near_takes_no_query(database: Database) -> None:
    assert pairs_of(database, ItemId("any"), PIECE, []) == []


def test_an_item_that_is_gone_has_no_group(database: Database) -> None:
    with database.transaction() as tx:
        assert grouped(tx, ItemId("gone"), [], is_anew=True) is None


def test_what_another_process_understood_meanwhile_is_met(
    database: Database, make_item: MakeItem, now: datetime
) -> None:
    ours, theirs, before = taken(make_item, STORY, STORY, STORY)
    drawn = sketch(PIECE)
    with database.transaction() as tx:
        likenesses.replace(tx, before.id, (), sketch=drawn.tobytes(), form=FORM)
        read_to = likenesses.newest_sketch(tx)
        likenesses.replace(tx, ours.id, (), sketch=drawn.tobytes(), form=FORM)
        likenesses.replace(tx, theirs.id, (), sketch=drawn.tobytes(), form=FORM)

    meet_others(database, [(ours.id, (PIECE, drawn))], read_to=read_to, now=now)

    with database.reading() as tx:
        found = items.some_items(tx, [ours.id, theirs.id, before.id])
        pairs = likenesses.touching(tx, [ours.id])
    assert found[ours.id].cluster == found[theirs.id].cluster != found[before.id].cluster
    assert [(pair.item, pair.other) for pair in pairs] == [(theirs.id, ours.id)]


def test_films_are_told_by_their_newest_length(database: Database, make_item: MakeItem) -> None:
    def film(number: int, title: str, seconds: int | None) -> Item:
        video = Media(kind=MediaKind.VIDEO, url=f"http://a.example/{number}.mp4", seconds=seconds)
        return make_item(url=f"http://a.example/{number}.html", title=title, text="", media=(video,))

    title = "月球车如何度过寒冷的夜晚"
    same, longer, unknown = film(1, f"{title}呢", 183), film(2, f"{title}吗", 400), film(3, f"{title}啊", None)

    pairs = pairs_of(database, ItemId("9"), Piece(title, "", (183,)), [same.id, longer.id, unknown.id])

    assert [(pair.item, pair.other, pair.layer) for pair in pairs] in (
        [(same.id, "9", Layer.FILM)],
        [("9", same.id, Layer.FILM)],
    )
