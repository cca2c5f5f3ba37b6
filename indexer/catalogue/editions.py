"""Save the campaign's years (editions.yaml) in the records."""

from collections.abc import Sequence

from config.editions import EditionEntry
from indexer.catalogue.items import Edition
from indexer.records import editions
from indexer.records.database import Database


def keep_editions(database: Database, entries: Sequence[EditionEntry]) -> int:
    """Write the editions that are new or changed, in one transaction; return how many. None is deleted."""
    wanted = [
        Edition(id=entry.id, label=entry.label, theme=entry.theme, starts=entry.starts, ends=entry.ends)
        for entry in entries
    ]
    with database.transaction() as tx:
        held = editions.editions(tx)
        changed = [edition for edition in wanted if edition not in held]
        for edition in changed:
            editions.save_edition(tx, edition)
    return len(changed)
