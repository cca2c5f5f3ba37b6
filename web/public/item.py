"""The page of one item."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from config.taxonomy import Taxonomy
from indexer.base.ids import ItemId
from indexer.base.times import BEIJING
from indexer.catalogue.facets import FACETS
from indexer.catalogue.items import Edition, Version
from indexer.records import editions, pictures, related
from indexer.records.database import Transaction
from indexer.records.entries import public_entries
from indexer.records.stories import copies
from indexer.records.tombstones import public_tombstone
from indexer.understanding.results import Tag
from web.app.site import site
from web.shown.cards import cards_of_items
from web.shown.facets import categories
from web.shown.labels import named
from web.shown.pictures import body
from web.shown.players import players
from web.shown.sights import gone

RELATED = 6  # of the same event or story, at most
SEARCHED = {facet.tag: facet for facet in FACETS if facet.tag}


@dataclass(frozen=True, slots=True, kw_only=True)
class TagLink:
    """A tag and the search it leads to, where search knows its facet."""

    label: str
    href: str | None


def show(item: str) -> ResponseReturnValue:
    """The version that the public sees, with credit to every unit that published the same piece, and what is related.

    Of a piece whose source is gone, that it was taken down there, and when (410).
    """
    parts, wanted = site(), ItemId(item)
    with parts.database.reading() as tx:
        entry = public_entries(tx, [wanted]).get(wanted)
        if entry is None:
            tombstone = public_tombstone(tx, wanted)
            return gone(tombstone) if tombstone else abort(404)
        cluster = entry.item.cluster
        members = copies(tx, [cluster]).get(cluster, []) if entry.listed.cluster_size > 1 else []
        others = cards_of_items(tx, [one for one in members if one != wanted], parts.taxonomy)
        edition = edition_of(tx, entry.version)
        same_event = cards_of_items(tx, related.public(tx, wanted, limit=RELATED), parts.taxonomy)
        uses = pictures.uses_of(tx, [(wanted, entry.version.number)]).get((wanted, entry.version.number), {})
    return render_template(
        "public/item.html",
        version=entry.version,
        body=body(entry.version, uses),
        unit=entry.listed.unit,
        channel_name=entry.listed.channel_name,
        kind=entry.item.kind,
        tags=tag_links(entry.listed.tags, parts.taxonomy),
        players=players(entry.version, uses),
        others=others,
        related=same_event,
        edition=edition,
    )


def edition_of(tx: Transaction, version: Version) -> Edition | None:
    """Return the edition in whose days the version was published; by its date alone, never by its words."""
    if version.published is None:
        return None
    at = version.published.at
    return editions.edition_on(tx, (at if version.published.is_day else at.astimezone(BEIJING)).date())


def tag_links(tags: Iterable[Tag], taxonomy: Taxonomy) -> list[TagLink]:
    """Return the tags that the taxonomy knows; those of facets that search has lead to it."""
    named_tags = [(tag, known_name(tag, taxonomy)) for tag in tags]
    return [TagLink(label=name, href=_search_link(tag)) for tag, name in named_tags if name]


def known_name(tag: Tag, taxonomy: Taxonomy) -> str | None:
    """Return the tag's name in the reader's language; None where the taxonomy does not know it."""
    facet = SEARCHED.get(tag.facet)
    known = categories(taxonomy, facet) if facet else ()
    return next((named(category) for category in known if category.id == tag.id), None)


def _search_link(tag: Tag) -> str | None:
    facet = SEARCHED.get(tag.facet)
    return f"{url_for('public.search')}?{urlencode({facet.parameter: tag.id})}" if facet else None
