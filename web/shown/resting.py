"""What is shown while search rests: the records know what is newest, and every filter but words."""

from indexer.base.ids import ItemId
from indexer.records.database import Transaction
from indexer.records.stories import newest
from indexer.search.port import Found, IndexDown, Query, SearchReader
from web.shown.public_entries import filters_of


def find_or_rest(index: SearchReader, query: Query) -> Found | None:
    """Return what search finds, None while it rests. Raises IndexDown where words are asked for: nothing else knows."""
    try:
        return index.find(query)
    except IndexDown:
        if query.text:
            raise
        return None


def newest_of(tx: Transaction, query: Query) -> tuple[list[ItemId], bool]:
    """Return a page of the pieces that satisfy the query's filters, the newest first, and whether more follow.

    Its words are left out.
    """
    listed = newest(tx, filters_of(query), before=query.before, limit=query.limit + 1, offset=query.offset)
    return [item for item, _ in listed[: query.limit]], len(listed) > query.limit
