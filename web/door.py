"""The one door from what the index found to what the public sees: a lagging index cannot leak through it."""

from collections.abc import Iterator, Mapping, Sequence

from indexer.items import ClusterId, ItemId
from indexer.records.database import Transaction
from indexer.records.listings import PublicEntry, public_entries
from indexer.records.stories import Filters, copies
from indexer.search.chinese import asked
from indexer.search.hits import hit_of
from indexer.search.port import Hit, Query


def shown(tx: Transaction, hits: Sequence[Hit], query: Query) -> Iterator[tuple[Hit, PublicEntry]]:
    """Yield what shows each hit of the query now, with its public version, in the order given; each piece once.

    A piece is shown by the most original of its public copies that satisfy the filters, whichever of them matched the
    words; what is marked then stands in the text of the copy that is shown.
    A hit of a newer version than the public one is dropped (an approval that was taken back a moment ago): that it was
    found at all would tell what stands in the text that nobody may see.
    """
    entries = public_entries(tx, [hit.item for hit in hits])
    matched = [
        (hit, entry)
        for hit in hits
        if (entry := entries.get(hit.item)) is not None and hit.version <= entry.version.number
    ]
    standing = _standing(tx, [entry for _, entry in matched], query)
    entries |= public_entries(tx, [item for item in standing.values() if item not in entries])
    seen: set[ItemId] = set()
    for hit, entry in matched:
        item = standing.get(entry.item.cluster, entry.item.id)
        if item not in seen:
            seen.add(item)
            yield (hit, entry) if item == hit.item else (_marked_anew(hit, entries[item], query), entries[item])


def filters_of(query: Query) -> Filters:
    """Return what a copy must satisfy for this query, its words left out."""
    return Filters(
        topics=query.topics,
        audiences=query.audiences,
        districts=query.districts,
        units=query.units,
        kinds=query.kinds,
        since=query.since,
        until=query.until,
    )


def _standing(tx: Transaction, entries: Sequence[PublicEntry], query: Query) -> Mapping[ClusterId, ItemId]:
    """The copy that shows each cluster which has several; left out where the records know none for these filters."""
    shared = {entry.item.cluster for entry in entries if entry.cluster_size > 1}
    return {cluster: some[0] for cluster, some in copies(tx, shared, filters_of(query)).items()} if shared else {}


def _marked_anew(hit: Hit, entry: PublicEntry, query: Query) -> Hit:
    version = entry.version
    return hit_of(
        version.item,
        version.number,
        title=version.title,
        text=version.text,
        asked=asked(query.text),
        score=hit.score,
        publication=hit.publication,
    )
