"""The tools that count: a made-up catalogue is one that the use cases could have made, and no statement is missed."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from config.settings import Settings
from indexer.audit import verify as audit
from indexer.commands.status import difference
from indexer.records import heartbeats, public
from indexer.records.channels import UNITS
from indexer.records.database import Database
from indexer.search.factory import open_index
from tests.benchmarks.catalogue import FEED_ITEMS, FEED_UNIT, SITE, Plan
from tests.queries import counted
from tests.sized import enter, make


def test_the_audit_finds_nothing_in_a_made_up_catalogue(tmp_path: Path) -> None:
    make(Plan(items=60, paragraphs=1), tmp_path / "data")
    settings = Settings(data_folder=tmp_path / "data", _env_file=None)
    database = Database.open(settings.records_url)

    faults = [fault for _, found in audit.verify(database) for fault in found]
    differing = difference(database, open_index(settings))
    database.close()

    assert not faults
    assert not differing


def test_the_unit_of_the_feed_has_exactly_a_page_of_the_first_version(tmp_path: Path) -> None:
    make(Plan(items=200, states=SITE, paragraphs=1), tmp_path / "data")
    database = Database.open(Settings(data_folder=tmp_path / "data", _env_file=None).records_url)

    with database.reading() as tx:
        shown = public.public_items(tx, public.public_versions(tx))
    database.close()

    assert sum(item.unit == FEED_UNIT for item, _ in shown.values()) == FEED_ITEMS


def test_half_of_a_catalogue_waits_as_during_the_campaign(tmp_path: Path) -> None:
    make(Plan(items=40, paragraphs=1), tmp_path / "data")
    sized = enter(tmp_path / "data", Plan(items=40))

    given = sized.take(sized.room)
    again = sized.take(sized.room)
    sized.database.close()

    assert len(set(given)) == len(given) > 10
    assert set(again) == set(given)  # taken back, so that a small catalogue does not run out


def test_every_statement_is_counted_but_not_how_a_transaction_begins(database: Database, now: datetime) -> None:
    with counted(database) as queries, database.transaction() as tx:
        heartbeats.beat(tx, "示例", at=now)
        tx.rows(select(UNITS))
    with database.reading() as tx:
        tx.rows(select(UNITS))

    assert [query.split()[0] for query in queries] == ["INSERT", "SELECT"]
