"""The page of one item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, render_template, url_for

from config.taxonomy import Category, District, Taxonomy
from indexer.items import Edition, Facet, ItemId, MediaKind, Tag, Version
from indexer.records import editions
from indexer.records.database import Transaction
from indexer.records.listings import public_entries
from indexer.records.stories import copies
from indexer.times import BEIJING
from web.cards import cards_of_items
from web.labels import named
from web.site import site

SEARCHED = frozenset({Facet.TOPIC, Facet.AUDIENCE, Facet.DISTRICT})


@dataclass(frozen=True, slots=True, kw_only=True)
class TagLink:
    """A tag and the search it leads to, where search knows its facet."""

    label: str
    href: str | None


def show(item: str) -> str:
    """The version that the public sees, with credit to every unit that published the same piece."""
    parts, wanted = site(), ItemId(item)
    with parts.database.reading() as tx:
        entry = public_entries(tx, [wanted]).get(wanted)
        if entry is None:
            abort(404)
        cluster = entry.item.cluster
        members = copies(tx, [cluster]).get(cluster, [])
        others = cards_of_items(tx, [one for one in members if one != wanted], parts.taxonomy)
        edition = edition_of(tx, entry.version)
    return render_template(
        "public/item.html",
        version=entry.version,
        body=entry.version.html,
        unit=entry.unit,
        channel_name=entry.channel_name,
        kind=entry.item.kind,
        tags=tag_links(entry.tags, parts.taxonomy),
        players=[medium for medium in entry.version.media if medium.kind is not MediaKind.IMAGE],
        others=others,
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
    known: dict[Facet, Sequence[Category | District]] = {
        Facet.TOPIC: taxonomy.topics,
        Facet.AUDIENCE: taxonomy.audiences,
        Facet.DISTRICT: taxonomy.districts,
        Facet.ACTION: taxonomy.actions,
        Facet.FORM: taxonomy.forms,
    }
    return next((named(category) for category in known[tag.facet] if category.id == tag.id), None)


def _search_link(tag: Tag) -> str | None:
    if tag.facet not in SEARCHED:
        return None
    return f"{url_for('public.search')}?{urlencode({str(tag.facet): tag.id})}"
