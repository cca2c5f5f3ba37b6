"""Load the public entries of search hits from the records: what a lagging index still holds is not shown."""

from collections.abc import Iterator, Mapping, Sequence

from indexer.base.ids import ClusterId, ItemId
from indexer.records.database import Transaction
from indexer.records.entries import ListedEntry, listed_entries, public_texts
from indexer.records.stories import Filters, copies
from indexer.search.chinese import asked
from indexer.search.hits import marked_hit
from indexer.search.port import Hit, Query
from indexer.understanding.results import Facet


def shown(
    tx: Transaction, hits: Sequence[Hit], query: Query, tags_of: Facet | None = None
) -> Iterator[tuple[Hit, ListedEntry]]:
    """Yield what shows each hit of the query now, in the order given; each piece once.

    A piece is shown by the most original of its public copies that satisfy the filters, whichever of them matched the
    words; what is marked then stands in the text of the copy that is shown.
    A hit of a newer version than the public one is dropped (an approval that was taken back a moment ago): that it was
    found at all would tell what stands in the text that nobody may see.
    tags_of: the facet whose tags the entries have; None: all.
    """
    entries = listed_entries(tx, [hit.item for hit in hits], tags_of)
    matched = [
        (hit, entry) for hit in hits if (entry := entries.get(hit.item)) is not None and hit.version <= entry.version
    ]
    standing = _standing(tx, [entry for _, entry in matched], filters_of(query))
    stand_for = {hit.item: standing.get(entry.cluster, entry.item) for hit, entry in matched}
    entries |= listed_entries(tx, [item for item in stand_for.values() if item not in entries], tags_of)
    texts = public_texts(tx, [item for hit, item in stand_for.items() if item != hit]) if query.text else {}
    seen: set[ItemId] = set()
    for hit, entry in matched:
        item = stand_for[hit.item]
        if item not in seen:
            seen.add(item)
            other = entries[item]
            yield (hit, entry) if item == hit.item else (_marked_anew(hit, other, texts.get(item), query), other)


def filters_of(query: Query) -> Filters:
    """Return what a copy must satisfy for this query, its words left out."""
    return Filters(values=query.filters, since=query.since, until=query.until)


def _standing(tx: Transaction, entries: Sequence[ListedEntry], filters: Filters) -> Mapping[ClusterId, ItemId]:
    """The copy that shows each cluster which has several; left out where the records know none for these filters."""
    is_any = filters == Filters()
    # Without filters the original shows its piece: only what is no original stands behind another.
    shared = {entry.cluster for entry in entries if entry.cluster_size > 1 and not (is_any and entry.place == 0)}
    return {cluster: some[0] for cluster, some in copies(tx, shared, filters).items()} if shared else {}


def _marked_anew(hit: Hit, entry: ListedEntry, text: str | None, query: Query) -> Hit:
    return marked_hit(
        entry.item,
        entry.version,
        title=entry.title,
        text=entry.head if text is None else text,
        asked=asked(query.text),
        score=hit.score,
        publication=hit.publication,
    )
