"""For machines that watch: is everything there? And for those that crawl: what may be read."""

import time
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from indexer.base import times
from indexer.records import heartbeats, items, outbox, public
from indexer.records.database import RecordsDown, RecordsRefused
from indexer.search.port import IndexDown, Query
from web.app.site import site

log = structlog.get_logger()
ROBOTS = "User-agent: *\nDisallow: /review/\nDisallow: /unit/\nDisallow: /sign-in\nDisallow: /search\n"
SILENT = timedelta(minutes=5)  # collector and worker say every minute that they are at work
AT_WORK = (heartbeats.COLLECTOR, heartbeats.WORKER)


class Part(StrEnum):
    """How one part is. differs: the index does not hold what is public. silent, never: the collector, the worker."""

    OK = "ok"
    DOWN = "down"
    DIFFERS = "differs"
    SILENT = "silent"
    NEVER = "never"


Named = dict[str, object]


def health() -> ResponseReturnValue:
    """Answer 200 where records, disk and index all serve, else 503 with the part that does not. Counts, never content.

    A collector or a worker that is silent is named, as `degraded`, but the site serves without it: 200.
    """
    parts: Named = {"database": Part.DOWN, "disk": site().disk.state(now=time.monotonic()), "index": Part.DOWN}
    try:
        parts |= _records(times.now())
        parts |= _index()
    except (RecordsDown, RecordsRefused) as error:
        log.warning("records_down", error=str(error))
    except IndexDown as error:
        log.warning("index_down", error=str(error))
    serves = all(parts[name] == Part.OK for name in ("database", "disk", "index"))
    degraded = any(parts.get(name) not in (Part.OK, Part.NEVER) for name in AT_WORK)
    status = "down" if not serves else "degraded" if degraded else "ok"
    answer = jsonify(status=status, **parts)
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if serves else 503


def _records(now: datetime) -> Named:
    with site().database.reading() as tx:
        found: Named = {
            "database": Part.OK,
            "items": items.count(tx),
            "waiting_for_index": outbox.depth(tx),
        }
        for name in AT_WORK:
            found |= _seen(name, heartbeats.last_beat(tx, name), now)
    return found


def _seen(name: str, beat: datetime | None, now: datetime) -> Named:
    if beat is None:
        return {name: Part.NEVER}
    seconds = (now - beat).total_seconds()
    part = Part.OK if abs(seconds) < SILENT.total_seconds() else Part.SILENT
    return {name: part, f"{name}_seen_seconds_ago": round(seconds)}


def _index() -> Named:
    """The index holds what is public, but for what the outbox still has to tell it. Raises IndexDown."""
    held = site().index.find(Query(collapse=False, limit=1, counted=())).total
    with site().database.reading() as tx:
        waiting = outbox.depth(tx)
        fits = abs(public.public_count(tx) - held) <= waiting
        # A count by hand of what a decision explains only where the quick one does not fit: it looks at every item.
        fits = fits or abs(len(public.public_versions(tx)) - held) <= waiting
    if not fits:
        log.warning("index_differs", indexed=held, do="carnival index check; carnival reindex")
    return {"indexed": held, "index": Part.OK if fits else Part.DIFFERS}


def robots() -> Response:
    """The desks and endless lists are left out."""
    return Response(ROBOTS, mimetype="text/plain")
