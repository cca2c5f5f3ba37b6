"""Save the campaign's years (editions.yaml) in the records."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from config.editions import EditionEntry
from indexer.base.times import BEIJING
from indexer.catalogue.items import Edition
from indexer.records import editions, outbox
from indexer.records.database import Database


def keep_editions(database: Database, entries: Sequence[EditionEntry], *, now: datetime) -> int:
    """Write the editions that are new or changed, in one transaction; return how many. None is deleted.

    Search is told of what was published on their days.
    """
    wanted = [
        Edition(id=entry.id, label=entry.label, theme=entry.theme, starts=entry.starts, ends=entry.ends)
        for entry in entries
    ]
    with database.transaction() as tx:
        held = editions.editions(tx)
        changed = [edition for edition in wanted if edition not in held]
        for edition in changed:
            editions.save_edition(tx, edition)
        for edition in [*changed, *(one for one in held if one.id in {other.id for other in changed})]:
            outbox.add_published(tx, _midnight(edition.starts), _midnight(edition.ends + timedelta(days=1)), at=now)
    return len(changed)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BEIJING)
