"""Cards of a list of public items: made from the records alone, so that a lagging index cannot leak."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from config.taxonomy import Category, Taxonomy
from indexer.base.graphemes import cut_after
from indexer.base.ids import ItemId
from indexer.base.times import Published
from indexer.catalogue.items import ItemKind
from indexer.records.database import Transaction
from indexer.records.entries import ListedEntry, UnitName, listed_entries
from indexer.search.port import Hit, Query
from indexer.understanding.results import Facet, Tag
from web.shown.labels import named
from web.shown.marking import marked
from web.shown.pictures import IN_CARD, element
from web.shown.public_entries import shown

EXCERPT_CHARS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A category with the name that the reader's language gives it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One item in a list. title, excerpt: escaped, with marks. credits: public items that are the same piece, this one
    included. picture: its element.
    """

    id: ItemId
    href: str
    title: Markup
    excerpt: Markup
    unit: UnitName
    published: Published | None
    kind: ItemKind
    topics: list[Name]
    credits: int
    picture: Markup | None


def cards_of_hits(tx: Transaction, hits: Sequence[Hit], query: Query, taxonomy: Taxonomy) -> list[Card]:
    """Return a card for each hit that is public now; highlights only where the hit is of the version shown."""
    topics = _by_id(taxonomy.topics)
    return [_card(entry, topics, hit) for hit, entry in shown(tx, hits, query, Facet.TOPIC)]


def cards_of_items(tx: Transaction, items: Iterable[ItemId], taxonomy: Taxonomy) -> list[Card]:
    """Return a card for each of the items that is public now, in the order given."""
    topics = _by_id(taxonomy.topics)
    return [_card(entry, topics, None) for entry in listed_entries(tx, items, Facet.TOPIC).values()]


def names(tags: Iterable[Tag], facet: Facet, known: Sequence[Category]) -> list[Name]:
    """Return the tags of one facet that the deployment's taxonomy knows, best first."""
    return _names(tags, facet, _by_id(known))


def excerpt(text: str) -> str:
    """Return the beginning of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_CHARS else f"{line[: cut_after(line, EXCERPT_CHARS)]}…"


def _card(entry: ListedEntry, topics: Mapping[str, Category], hit: Hit | None) -> Card:
    fits = hit is not None and hit.version == entry.version
    return Card(
        id=entry.item,
        href=url_for("public.item", item=entry.item),
        title=marked(hit.title, hit.title_spans) if hit and fits else marked(entry.title),
        excerpt=marked(hit.excerpt, hit.excerpt_spans) if hit and fits else marked(excerpt(entry.head)),
        unit=entry.unit,
        published=entry.published,
        kind=entry.kind,
        topics=_names(entry.tags, Facet.TOPIC, topics),
        credits=entry.cluster_size,
        picture=element(entry.picture, alt="", sizes=IN_CARD) if entry.picture else None,
    )


def _names(tags: Iterable[Tag], facet: Facet, known: Mapping[str, Category]) -> list[Name]:
    return [Name(id=tag.id, label=named(known[tag.id])) for tag in tags if tag.facet is facet and tag.id in known]


def _by_id(known: Iterable[Category]) -> Mapping[str, Category]:
    return {category.id: category for category in known}
