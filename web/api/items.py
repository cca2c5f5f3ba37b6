"""The JSON interface: the same items, the same filters, the same door to the records."""

from flask import Blueprint, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from indexer.items import ItemId
from indexer.records.listings import PublicEntry, public_entries
from web.door import shown
from web.limits import SEARCH, limiter
from web.public.asked import PAGE_SIZE, read
from web.site import site

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/items")
@limiter.limit(SEARCH)
def items() -> ResponseReturnValue:
    """A page of items with counts; arguments as in the site's search."""
    parts = site()
    asked = read(request.args)
    if asked.problems:
        return jsonify(error={"code": 400, "name": "bad_request", "message": " ".join(asked.problems)}), 400
    found = parts.index.find(asked.query)
    with parts.database.reading() as tx:
        entries = [entry for _, entry in shown(tx, found.hits, asked.query)]
    return jsonify(
        total=found.total,
        page=asked.page,
        page_size=PAGE_SIZE,
        items=[brief(entry) for entry in entries],
        is_nearest=found.is_nearest,
        facets={name: dict(counts) for name, counts in found.facets.items()},
    )


@blueprint.get("/items/<item>")
def item(item: str) -> ResponseReturnValue:
    """One item whole."""
    wanted = ItemId(item)
    with site().database.reading() as tx:
        entry = public_entries(tx, [wanted]).get(wanted)
    if entry is None:
        abort(404)
    version = entry.version
    media = [{"kind": medium.kind, "url": medium.url} for medium in version.media]
    return jsonify(brief(entry) | {"text": version.text, "html": version.html, "media": media})


def brief(entry: PublicEntry) -> dict[str, object]:
    """Return what a list says of one item."""
    version = entry.version
    return {
        "id": entry.item.id,
        "version": version.number,
        "kind": entry.item.kind,
        "title": version.title,
        "author": version.author,
        "unit": {"id": entry.unit.id, "name": entry.unit.name},
        "channel": entry.channel_name,
        "published": str(version.published) if version.published else None,
        "url": url_for("public.item", item=entry.item.id, _external=True),
        "source": version.url,
        "tags": [{"facet": tag.facet, "id": tag.id} for tag in entry.tags],
        "same_piece": entry.cluster_size,
        "is_original": entry.place == 0,
        "published_here": entry.publication.at.isoformat(),
    }
