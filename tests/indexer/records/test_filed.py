"""What an audit reads: values as they were written, whatever they are."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import create_engine, text

from indexer.catalogue.items import Item, Media, MediaKind
from indexer.people.accounts import User
from indexer.records import filed
from indexer.records.database import Database
from indexer.records.filed import FiledDecision
from indexer.review import desk
from indexer.review.records import Decision, Move


@pytest.fixture
def approved(make_item: Callable[..., Item], make_user: Callable[..., User], move_on: Callable[..., Decision]) -> Item:
    """An item with a picture, approved, and edited at its source since."""
    picture = Media(kind=MediaKind.IMAGE, url="http://a.example/1.png")
    item = make_item(media=(picture,))
    move_on(item, Move.APPROVE, who=make_user())
    make_item(text="改过的正文")
    return item


def by_hand(records_url: str, *statements: str) -> None:
    """Run statements as somebody can who owns the database."""
    engine = create_engine(records_url)
    with engine.begin() as raw:
        for statement in statements:
            raw.execute(text(statement))
    engine.dispose()


def test_an_item_is_read_with_its_versions_and_decisions_in_their_order(database: Database, approved: Item) -> None:
    [[item]] = filed.filed_items(database, batch=9)

    assert (item.id, item.state, item.latest, item.public) == (approved.id, "changed", 2, 1)
    assert [(version.number, version.media) for version in item.versions] == [(1, ("http://a.example/1.png",)), (2, ())]
    assert [version.text for version in item.versions][1] == "改过的正文"
    assert [(one.move, one.before, one.after, one.public_after) for one in item.decisions] == [
        ("approve", "pending", "approved", 1),
        ("edit", "approved", "changed", 1),
    ]


def test_items_come_in_batches_by_their_ids(database: Database, make_item: Callable[..., Item]) -> None:
    made = sorted(make_item(url=f"http://a.example/{number}.html").id for number in range(5))

    batches = [[item.id for item in batch] for batch in filed.filed_items(database, batch=2)]

    assert batches == [made[:2], made[2:4], made[4:]]


def test_a_word_that_the_program_does_not_know_is_read_as_it_stands(
    database: Database, records_url: str, approved: Item
) -> None:
    by_hand(records_url, "UPDATE items SET state = 'odd'")

    [[item]] = filed.filed_items(database, batch=9)

    assert item.state == "odd"


def test_an_undo_names_what_it_takes_back(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    item, editor = make_item(), make_user()
    made = move_on(item, Move.HOLD, who=editor)
    desk.undo(database, item=item.id, decision=made.id, who=editor, now=now)

    [[read]] = filed.filed_items(database, batch=9)

    assert isinstance(read.decisions[1], FiledDecision)
    assert [(one.move, one.undoes) for one in read.decisions] == [("hold", None), ("undo", made.id)]


def test_every_decision_of_a_whole_catalogue_has_its_item(database: Database, approved: Item) -> None:
    with database.reading() as tx:
        assert filed.lost_decisions(tx) == []


def test_a_protection_that_somebody_took_away_is_named(database: Database, records_url: str, records_on: str) -> None:
    assert filed.missing_protections(database) == []

    by_hand(records_url, "DROP TRIGGER decisions_no_update" + (" ON decisions" if records_on == "postgresql" else ""))

    assert filed.missing_protections(database) == ["decisions_no_update"]
