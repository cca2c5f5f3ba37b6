"""People correct the tags of an item: what they said stands, whatever a machine says later."""

from collections.abc import Callable
from datetime import datetime

import pytest

from config.settings import SHIPPED
from config.taxonomy import Taxonomy, load_taxonomy
from indexer.base.changes import ChangeKind
from indexer.base.ids import ItemId
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import items, ledger, outbox, understood
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.understanding.corrections import (
    Correction,
    NoSuchItem,
    UnknownTag,
    correct,
    correction_of,
    known_tags,
    read_correction,
)
from indexer.understanding.results import Facet, Tag

HEALTH, IT, YOUTH = (Facet.TOPIC, "health"), (Facet.TOPIC, "it"), (Facet.AUDIENCE, "youth")
CORRECTION = Correction(added=frozenset({HEALTH}), removed=frozenset({IT}))


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(SHIPPED / "taxonomy.yaml")


def say(database: Database, item: ItemId, *tags: tuple[Facet, str], now: datetime, version: int = 1) -> None:
    said = [Tag(facet=facet, id=id, score=0.7) for facet, id in tags]
    with database.transaction() as tx:
        understood.renew(tx, item, version, tags=said, findings=None, recipe="r", at=now)


def held(database: Database, item: ItemId, version: int = 1) -> dict[tuple[Facet, str], str]:
    with database.reading() as tx:
        return {(tag.facet, tag.id): tag.by for tag in understood.tags(tx, item, version)}


def test_what_was_changed_is_told_from_what_was_seen() -> None:
    assert correction_of({IT, YOUTH}, {YOUTH, HEALTH}) == CORRECTION
    assert not correction_of({IT}, {IT})


def test_a_correction_outlives_whatever_machines_say_again(
    database: Database,
    taxonomy: Taxonomy,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    item, editor = make_item().id, make_user()
    say(database, item, IT, YOUTH, now=now)

    correct(database, taxonomy, item=item, correction=CORRECTION, by=editor.actor, now=now)
    at_once = held(database, item)
    say(database, item, IT, YOUTH, now=now)

    assert at_once == held(database, item) == {HEALTH: editor.name, YOUTH: "machine"}


def test_it_holds_for_a_later_version_of_the_item(
    database: Database,
    taxonomy: Taxonomy,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    item = make_item()
    correct(database, taxonomy, item=item.id, correction=CORRECTION, by=make_user().actor, now=now)
    make_item(text="完全另外一篇关于火星车的文字。")
    with database.reading() as tx:
        again = items.item(tx, item.id)
    assert again is not None
    assert again.latest == 2

    say(database, item.id, IT, now=now, version=2)

    assert set(held(database, item.id, version=2)) == {HEALTH}


def test_what_was_said_can_be_said_otherwise(
    database: Database,
    taxonomy: Taxonomy,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    item, editor = make_item().id, make_user()
    correct(database, taxonomy, item=item, correction=CORRECTION, by=editor.actor, now=now)

    back = Correction(added=CORRECTION.removed, removed=CORRECTION.added)
    correct(database, taxonomy, item=item, correction=back, by=editor.actor, now=now)

    assert held(database, item) == {IT: editor.name}


def test_each_correction_is_a_row_of_the_ledger(
    database: Database,
    taxonomy: Taxonomy,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    item, editor = make_item().id, make_user()

    correct(database, taxonomy, item=item, correction=CORRECTION, by=editor.actor, now=now)
    correct(database, taxonomy, item=item, correction=Correction(), by=editor.actor, now=now)

    with database.reading() as tx:
        (row,) = ledger.of_subject(tx, ChangeKind.TAGS_CORRECTED, item, limit=9)
        assert ledger.count_after(tx, ChangeKind.TAGS_CORRECTED, 0) == 1
        assert ledger.count_after(tx, ChangeKind.TAGS_CORRECTED, ledger.last_number(tx, ChangeKind.TAGS_CORRECTED)) == 0
    assert (row.who, read_correction(row)) == (editor.name, CORRECTION)


def test_search_is_told_of_what_is_public(
    database: Database,
    taxonomy: Taxonomy,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    waiting, public = make_item(), make_item(url="http://a.example/2.html", title="火星车如何过夜")
    editor = make_user()
    desk.decide(
        database, item=public.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now
    )
    with database.reading() as tx:
        before = outbox.depth(tx)

    for item in (waiting, public):
        correct(database, taxonomy, item=item.id, correction=CORRECTION, by=editor.actor, now=now)

    with database.reading() as tx:
        assert outbox.depth(tx) == before + 1


def test_what_cannot_be_set_changes_nothing(
    database: Database,
    taxonomy: Taxonomy,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    item, by = make_item().id, make_user().actor
    unknown = Correction(added=frozenset({(Facet.TOPIC, "youth")}))

    with pytest.raises(UnknownTag):
        correct(database, taxonomy, item=item, correction=unknown, by=by, now=now)
    with pytest.raises(NoSuchItem):
        correct(database, taxonomy, item=ItemId("nothing"), correction=CORRECTION, by=by, now=now)

    assert held(database, item) == {}


def test_the_ids_of_each_facet_are_those_of_the_taxonomy(taxonomy: Taxonomy) -> None:
    known = known_tags(taxonomy)

    assert set(known) == set(Facet)
    assert "health" in known[Facet.TOPIC]
    assert "haidian" in known[Facet.DISTRICT]
