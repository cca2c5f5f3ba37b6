"""The JSON API of items: the filters of the search page, and only what the records say is public."""

from flask import Blueprint, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from indexer.base.ids import ItemId
from indexer.catalogue.items import Media
from indexer.catalogue.pictures import PictureUse
from indexer.records import pictures
from indexer.records.entries import ListedEntry, listed_entries, public_entries
from indexer.records.tombstones import public_tombstone
from web.app.limits import SEARCH, limiter
from web.app.site import site
from web.shown.asked import PAGE_SIZE, read
from web.shown.pictures import body, machine_label, whole_address
from web.shown.public_entries import shown
from web.shown.resting import find_or_rest, newest_of
from web.shown.seen import pager_of, seen_by
from web.shown.sights import gone
from web.shown.worded import worded

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/items")
@limiter.limit(SEARCH)
def items() -> ResponseReturnValue:
    """A page of items with counts; arguments as in the site's search. While search rests: without words, no counts."""
    parts = site()
    asked = read(worded(request.args))
    if asked.problems:
        return jsonify(error={"code": 400, "name": "bad_request", "message": " ".join(asked.problems)}), 400
    seen = seen_by(asked)
    found = find_or_rest(parts.index, asked.query)
    with parts.database.reading() as tx:
        if found is None:
            entries = list(listed_entries(tx, newest_of(tx, asked.query)[0]).values())
        else:
            entries = [entry for _, entry in shown(tx, found.hits, asked.query)]
    return jsonify(
        total=found.total if found else None,
        page=asked.page,
        page_size=PAGE_SIZE,
        next=pager_of(parts.index, asked.query, found, page=asked.page, seen=seen).next_link() if found else None,
        items=[brief(entry) for entry in entries],
        is_nearest=found.is_nearest if found else False,
        near=found.near if found else 0,
        facets={name: dict(counts) for name, counts in found.facets.items()} if found else {},
        search_rests=found is None,
    )


@blueprint.get("/items/<item>")
def item(item: str) -> ResponseReturnValue:
    """One item whole; 410 where it came down because its source is gone."""
    wanted = ItemId(item)
    with site().database.reading() as tx:
        entry = public_entries(tx, [wanted]).get(wanted)
        tombstone = public_tombstone(tx, wanted) if entry is None else None
        key = (wanted, entry.version.number if entry else 0)
        uses = pictures.uses_of(tx, [key]).get(key, {})
    if entry is None:
        return gone(tombstone) if tombstone else abort(404)
    version = entry.version
    listed = brief(entry.listed) | {"text": version.text, "html": body(version, uses, is_absolute=True).html}
    media = [medium_of(medium, uses.get(position)) for position, medium in enumerate(version.media)]
    return jsonify(listed | {"media": media})


def medium_of(medium: Media, use: PictureUse | None) -> dict[str, object]:
    """Return what is known of one medium; `picture` is our copy of it, or of its cover; empty facts are left out."""
    kept = use.picture if use else None
    facts = {
        "title": medium.title,
        "seconds": medium.seconds,
        "starts": medium.starts and medium.starts.isoformat(),
        "ends": medium.ends and medium.ends.isoformat(),
        "replay": medium.replay,
        "credit": medium.credit,
        "ai_label": machine_label(medium, use),
    }
    picture = whole_address(kept) if kept else None
    return {"kind": medium.kind, "url": medium.url, "picture": picture} | {k: v for k, v in facts.items() if v}


def brief(entry: ListedEntry) -> dict[str, object]:
    """Return what a list says of one item."""
    return {
        "id": entry.item,
        "version": entry.version,
        "kind": entry.kind,
        "title": entry.title,
        "author": entry.author,
        "unit": {"id": entry.unit.id, "name": entry.unit.name},
        "channel": entry.channel_name,
        "published": str(entry.published) if entry.published else None,
        "url": url_for("public.item", item=entry.item, _external=True),
        "source": entry.url,
        "picture": whole_address(entry.picture) if entry.picture else None,
        "tags": [{"facet": tag.facet, "id": tag.id} for tag in entry.tags],
        "same_piece": entry.cluster_size,
        "is_original": entry.place == 0,
        "published_here": entry.publication.at.isoformat(),
    }
