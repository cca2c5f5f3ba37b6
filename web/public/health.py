"""For machines that watch: is everything there? And for those that crawl: what may be read."""

import structlog
from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from indexer.records import items, outbox
from indexer.search.port import IndexDown, Query
from web.site import site

log = structlog.get_logger()
ROBOTS = "User-agent: *\nDisallow: /review/\nDisallow: /unit/\nDisallow: /sign-in\nDisallow: /search\n"


def health() -> ResponseReturnValue:
    """Answer 200 where records and index both answer, else 503 with what does not. Counts, never content."""
    state: dict[str, object] = {}
    with site().database.reading() as tx:
        state["database"] = "ok"
        state["items"] = sum(items.counts(tx).values())
        state["waiting_for_index"] = outbox.depth(tx)
    try:
        state["indexed"] = site().index.find(Query(collapse=False, limit=1)).total
        state["index"] = "ok"
    except IndexDown as error:
        log.warning("index_down", error=str(error))
        state["index"] = "down"
    is_well = state["index"] == "ok"
    return jsonify(status="ok" if is_well else "down", **state), 200 if is_well else 503


def robots() -> Response:
    """The desks and endless lists are left out."""
    return Response(ROBOTS, mimetype="text/plain")
