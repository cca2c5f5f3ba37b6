"""indexer.catalogue.editions: the campaign's years in the records."""

from collections.abc import Callable
from datetime import date, datetime

from config.editions import EditionEntry, load_editions
from config.settings import SHIPPED
from indexer.base.times import BEIJING, Published
from indexer.catalogue.editions import keep_editions
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import editions, outbox
from indexer.records.database import Database
from indexer.review.records import Decision, Move


def test_the_shipped_editions_are_kept_once(database: Database, now: datetime) -> None:
    entries = load_editions(SHIPPED / "editions.yaml")

    assert keep_editions(database, entries, now=now) == len(entries)
    assert keep_editions(database, entries, now=now) == 0


def test_a_day_finds_its_edition(database: Database, now: datetime) -> None:
    keep_editions(database, load_editions(SHIPPED / "editions.yaml"), now=now)

    with database.reading() as tx:
        found = editions.edition_on(tx, date(2025, 9, 30))

    assert found is not None
    assert (found.label, found.theme) == ("2025年全国科普月", "科技改变生活 创新赢得未来")


def test_search_is_told_of_what_was_published_on_the_days_of_a_changed_year(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
    now: datetime,
) -> None:
    editor, year = make_user(), EditionEntry(id="y", label="年", starts=date(2026, 9, 1), ends=date(2026, 9, 2))
    days = [datetime(2026, 8, 31, 23, tzinfo=BEIJING), *(datetime(2026, 9, day, tzinfo=BEIJING) for day in (1, 3, 5))]
    made = [
        make_item(url=f"http://a.example/{place}.html", published=Published(at=at)) for place, at in enumerate(days)
    ]
    for item in made[:3]:
        move_on(item, Move.APPROVE, who=editor)
    told(database, now)
    keep_editions(database, [year], now=now)
    first = told(database, now)
    later = year.model_copy(update={"starts": date(2026, 9, 3), "ends": date(2026, 9, 9)})
    keep_editions(database, [later], now=now)

    assert first == {made[1].id}
    assert told(database, now) == {made[1].id, made[2].id}


def told(database: Database, now: datetime) -> set[str]:
    """Take all rows out of the outbox."""
    with database.transaction() as tx:
        rows = outbox.claim_waiting(tx, holder="test", now=now, limit=50)
        outbox.done(tx, [row for row, _ in rows], holder="test")
    return {item for _, item in rows}
