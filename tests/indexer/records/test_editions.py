"""The campaign's years."""

from dataclasses import replace
from datetime import date

from indexer.catalogue.items import Edition
from indexer.records import editions
from indexer.records.database import Database

EDITION = Edition(id="2026", label="示例届", theme="示例主题", starts=date(2026, 9, 1), ends=date(2026, 9, 30))
EARLIER = replace(EDITION, id="2025", starts=date(2025, 9, 1), ends=date(2025, 9, 30))


def test_the_edition_of_a_day_counts_its_last_day(database: Database) -> None:
    with database.transaction() as tx:
        editions.save_edition(tx, replace(EDITION, label="alt"))
        editions.save_edition(tx, EDITION)
        editions.save_edition(tx, EARLIER)

    with database.reading() as tx:
        assert editions.edition_on(tx, date(2026, 9, 30)) == EDITION
        assert editions.edition_on(tx, date(2026, 10, 1)) is None
        assert editions.editions(tx) == [EDITION, EARLIER]
