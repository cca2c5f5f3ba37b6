"""Up to which publication a list goes, page after page, and where each of its pages ends."""

from dataclasses import replace

from indexer.records.stories import last_publication
from indexer.search.port import Found, Order, Query, SearchReader
from web.app.site import site
from web.shown.asked import Asked
from web.shown.pager import LAST_PAGE, NUMBERS, Pager, last_page


def seen_by(asked: Asked) -> int:
    """Return the last publication that the first page of this list knew; call it before search is asked."""
    if asked.seen is not None:
        return asked.seen
    with site().database.reading() as tx:
        return last_publication(tx)


def pager_of(index: SearchReader, query: Query, found: Found, *, page: int, seen: int) -> Pager:
    """Return the pager of a page of hits. Raises IndexDown."""
    after = (*(hit.publication for hit in reversed(found.hits)), *query.after)[:NUMBERS]
    last = last_page(found.total, query.limit)
    # What was taken back of pages that were read is counted no more: what is left of it may reach one page further.
    if query.after and last <= page < LAST_PAGE and len(found.hits) == query.limit:
        last = page + bool(index.find(_next(query, after, page)).hits)
    return Pager(page=page, last=max(last, page) if found.hits else last, seen=seen, after=after)


def _next(query: Query, after: tuple[int, ...], page: int) -> Query:
    if query.order is Order.NEWEST:
        return replace(query, before=after[0], after=after, offset=0, limit=1, counted=())
    return replace(query, after=after, offset=page * query.limit, limit=1, counted=())
