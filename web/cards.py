"""What a list shows of each public item: made from the records alone, so that a lagging index cannot leak."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from config.taxonomy import Category, Taxonomy
from indexer.items import Facet, ItemId, ItemKind, MediaKind, Tag, Unit, Version
from indexer.records.database import Transaction
from indexer.records.listings import PublicEntry, public_entries
from indexer.search.port import Hit, Query
from indexer.times import Published
from web.door import shown
from web.labels import named
from web.marking import Part, parts

EXCERPT_CHARS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A category with the name that the reader's language gives it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One item in a list. credits: public items that are the same piece, this one included. picture: an address."""

    id: ItemId
    title: list[Part]
    excerpt: list[Part]
    unit: Unit
    published: Published | None
    kind: ItemKind
    topics: list[Name]
    credits: int
    picture: str | None


def cards_of_hits(tx: Transaction, hits: Sequence[Hit], query: Query, taxonomy: Taxonomy) -> list[Card]:
    """Return a card for each hit that is public now; highlights only where the hit is of the version shown."""
    return [_card(entry, taxonomy, hit) for hit, entry in shown(tx, hits, query)]


def cards_of_items(tx: Transaction, items: Iterable[ItemId], taxonomy: Taxonomy) -> list[Card]:
    """Return a card for each of the items that is public now, in the order given."""
    return [_card(entry, taxonomy, None) for entry in public_entries(tx, items).values()]


def names(tags: Iterable[Tag], facet: Facet, known: Sequence[Category]) -> list[Name]:
    """Return the tags of one facet that the deployment's taxonomy knows, best first."""
    by_id: Mapping[str, Category] = {category.id: category for category in known}
    return [Name(id=tag.id, label=named(by_id[tag.id])) for tag in tags if tag.facet is facet and tag.id in by_id]


def picture(version: Version) -> str | None:
    """Return the address of the first picture."""
    return next((medium.url for medium in version.media if medium.kind is MediaKind.IMAGE), None)


def excerpt(text: str) -> str:
    """Return the beginning of a text in one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_CHARS else f"{line[:EXCERPT_CHARS]}…"


def _card(entry: PublicEntry, taxonomy: Taxonomy, hit: Hit | None) -> Card:
    version = entry.version
    fits = hit is not None and hit.version == version.number
    return Card(
        id=entry.item.id,
        title=parts(hit.title, hit.title_spans) if hit and fits else parts(version.title),
        excerpt=parts(hit.excerpt, hit.excerpt_spans) if hit and fits else parts(excerpt(version.text)),
        unit=entry.unit,
        published=version.published,
        kind=entry.item.kind,
        topics=names(entry.tags, Facet.TOPIC, taxonomy.topics),
        credits=entry.cluster_size,
        picture=picture(version),
    )
