"""The Atom feed of everything, or of any search: what was published here, the latest first, page after page.

RFC 4287: `published` of an entry is when it came out here, `updated` when its present version did; the source's own
date is dcterms:created. RFC 5005: `next` leads on from the last entry of a page, so that whatever comes out meanwhile
moves nothing that a reader has still to see.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from indexer.records.database import Transaction
from indexer.records.entries import ListedEntry, listed_entries
from indexer.records.stories import newest
from indexer.search.port import Hit, Order, Query
from indexer.understanding.results import Facet
from web.app.limits import SEARCH, limiter
from web.app.site import site
from web.shown.asked import Asked, read
from web.shown.cards import excerpt, names
from web.shown.pager import asked_number
from web.shown.pictures import whole_address
from web.shown.public_entries import filters_of, shown
from web.shown.worded import worded

PAGE = 100  # entries: a busy day's decisions
SINCE_EVER = datetime(2000, 1, 1, tzinfo=UTC)  # `updated` of an empty feed: Atom asks for one, and it must not move


@limiter.limit(SEARCH)
def atom() -> Response:
    """The newest matches; the same arguments as search, and `before`: only what was published here before that one."""
    parts = site()
    asked, before = read(worded(request.args), order=Order.NEWEST), asked_number("before")
    query = replace(asked.query, order=Order.NEWEST, before=before, offset=0, limit=PAGE + 1, counted=())
    hits = parts.index.find(query).hits if query.text else None
    with parts.database.reading() as tx:
        entries, last = _of_hits(tx, hits, query) if hits is not None else _of_records(tx, query)
    words = asked.query.text
    name = parts.settings.site_name
    body = render_template(
        "public/feed.xml",
        id=_id(asked),
        title=_("%(words)s · %(site)s", words=words, site=name) if words else name,
        self_link=asked.link("public.feed", is_external=True) if before is None else asked.link_before(before),
        first_link=asked.link("public.feed", is_external=True),
        next_link=asked.link_before(last) if last is not None else None,
        html_link=asked.link(is_external=True),
        updated=max((entry.publication.version_at for entry in entries), default=SINCE_EVER).isoformat(),
        entries=[_entry(entry) for entry in entries],
    )
    return Response(body, mimetype="application/atom+xml")


def _id(asked: Asked) -> str:
    """One name for a feed, whatever host it is asked from and on whichever of its pages."""
    return f"urn:carnival:feed:{asked.key}" if asked.key else "urn:carnival:feed"


def _of_records(tx: Transaction, query: Query) -> tuple[list[ListedEntry], int | None]:
    """Without words the records know all: the feed goes on while search rests."""
    listed = newest(tx, filters_of(query), before=query.before, limit=PAGE + 1)
    entries = listed_entries(tx, [item for item, _ in listed[:PAGE]])
    return list(entries.values()), listed[PAGE - 1][1] if len(listed) > PAGE else None


def _of_hits(tx: Transaction, hits: Sequence[Hit], query: Query) -> tuple[list[ListedEntry], int | None]:
    entries = [entry for _, entry in shown(tx, hits[:PAGE], query)]
    return entries, hits[PAGE - 1].publication if len(hits) > PAGE else None


def _entry(entry: ListedEntry) -> dict[str, object]:
    publication = entry.publication
    return {
        "id": entry.item,
        "title": entry.title,
        "updated": publication.version_at.isoformat(),
        "published": publication.at.isoformat(),
        "created": str(entry.published) if entry.published else None,
        "unit": entry.unit,
        "link": url_for("public.item", item=entry.item, _external=True),
        "source": entry.url,
        "topics": names(entry.tags, Facet.TOPIC, site().taxonomy.topics),
        "summary": excerpt(entry.head),
        "picture": entry.picture,
        "picture_link": whole_address(entry.picture) if entry.picture else None,
    }
