"""Up to which publication a list goes, page after page."""

from indexer.records.stories import last_publication
from web.app.site import site
from web.shown.asked import Asked


def seen_by(asked: Asked) -> int:
    """Return the last publication that the first page of this list knew; call it before search is asked."""
    if asked.seen is not None:
        return asked.seen
    with site().database.reading() as tx:
        return last_publication(tx)
