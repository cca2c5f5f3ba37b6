"""The Atom feed of everything, or of any search."""

from datetime import UTC, datetime

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from indexer.items import Facet
from indexer.records.listings import PublicEntry
from indexer.search.port import Order
from web.cards import excerpt, names
from web.door import shown
from web.limits import SEARCH, limiter
from web.public.asked import read
from web.site import site

SINCE_EVER = datetime(2000, 1, 1, tzinfo=UTC)  # `updated` of an empty feed: Atom asks for one, and it must not move


@limiter.limit(SEARCH)
def atom() -> Response:
    """The newest matches; the same arguments as search."""
    parts = site()
    asked = read(request.args, order=Order.NEWEST)
    hits = parts.index.find(asked.query).hits
    with parts.database.reading() as tx:
        entries = [entry for _, entry in shown(tx, hits)]
    words = asked.query.text
    name = parts.settings.site_name
    body = render_template(
        "public/feed.xml",
        title=_("%(words)s · %(site)s", words=words, site=name) if words else name,
        self_link=asked.link("public.feed", is_external=True),
        html_link=asked.link(is_external=True),
        updated=max((entry.version.collected_at for entry in entries), default=SINCE_EVER).isoformat(),
        entries=[_entry(entry) for entry in entries],
    )
    return Response(body, mimetype="application/atom+xml")


def _entry(entry: PublicEntry) -> dict[str, object]:
    version = entry.version
    return {
        "id": entry.item.id,
        "title": version.title,
        "updated": version.collected_at.isoformat(),
        "published": version.published.at.isoformat() if version.published else None,
        "unit": entry.unit,
        "link": url_for("public.item", item=entry.item.id, _external=True),
        "source": version.url,
        "topics": names(entry.tags, Facet.TOPIC, site().taxonomy.topics),
        "summary": excerpt(version.text),
    }
