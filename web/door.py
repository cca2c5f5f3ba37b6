"""The one door from what the index found to what the public sees: a lagging index cannot leak through it."""

from collections.abc import Iterator, Sequence

from indexer.records.database import Transaction
from indexer.records.listings import PublicEntry, public_entries
from indexer.search.port import Hit


def shown(tx: Transaction, hits: Sequence[Hit]) -> Iterator[tuple[Hit, PublicEntry]]:
    """Yield the hits that are public now, each with its public version, in the order given.

    A hit of a newer version than the public one is dropped too (an approval that was taken back a moment ago): that it
    was found at all would tell what stands in the text that nobody may see.
    """
    entries = public_entries(tx, [hit.item for hit in hits])
    for hit in hits:
        entry = entries.get(hit.item)
        if entry is not None and hit.version <= entry.version.number:
            yield hit, entry
