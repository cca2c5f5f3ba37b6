"""indexer.catalogue.editions: the campaign's years in the records."""

from datetime import date

from config.editions import load_editions
from config.settings import SHIPPED
from indexer.catalogue.editions import keep_editions
from indexer.records import editions
from indexer.records.database import Database


def test_the_shipped_editions_are_kept_once(database: Database) -> None:
    entries = load_editions(SHIPPED / "editions.yaml")

    assert keep_editions(database, entries) == len(entries)
    assert keep_editions(database, entries) == 0


def test_a_day_finds_its_edition(database: Database) -> None:
    keep_editions(database, load_editions(SHIPPED / "editions.yaml"))

    with database.reading() as tx:
        found = editions.edition_on(tx, date(2025, 9, 30))

    assert found is not None
    assert (found.label, found.theme) == ("2025年全国科普月", "科技改变生活 创新赢得未来")
