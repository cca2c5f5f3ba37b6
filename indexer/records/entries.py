"""Query public entries: items with all that a list and the search index show, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from indexer.base.ids import ClusterId, ItemId, UnitId
from indexer.base.times import Published
from indexer.catalogue.items import Item, ItemKind, Version
from indexer.catalogue.pictures import Picture
from indexer.records import understood
from indexer.records.channels import CHANNELS, UNITS
from indexer.records.database import Transaction
from indexer.records.items import ITEMS, VERSIONS, published_of
from indexer.records.pictures import PICTURE, PICTURE_USES, PICTURES
from indexer.records.public import EXPLAINED, SHOWN, public_items
from indexer.records.stories import MORE_ORIGINAL, OTHER_COPY, OTHERS
from indexer.understanding.results import Facet, Tag

PICTURE_NAMES = tuple(column.key for column in PICTURE)
HEAD_CHARS = 400  # of a text: more than any list shows of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When an item became public here, and when its present public version did.

    number: grows with every publication; no two items share one.
    """

    number: int
    at: datetime
    version_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitName:
    """How a unit is called, and its group in the plan."""

    id: UnitId
    name: str
    short_name: str
    system: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """What a list shows of one public item.

    head: the first characters of the text. picture: the first of which there is a copy. place: among the public copies
    of its piece, 0 the original. cluster_size: how many those are, this one included.
    """

    item: ItemId
    version: int
    kind: ItemKind
    cluster: ClusterId
    title: str
    head: str
    author: str
    url: str
    published: Published | None
    picture: Picture | None
    tags: tuple[Tag, ...]
    unit: UnitName
    channel_name: str
    place: int
    cluster_size: int
    publication: Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEntry:
    """All that the public sees of one item: what a list shows, and the item and its public version whole."""

    item: Item
    version: Version
    listed: ListedEntry


def _listing() -> Any:  # noqa: ANN401 - a statement of many columns
    i, v, u = ITEMS.c, VERSIONS.c, PICTURE_USES.c
    others = func.count().label("others")
    kept = select(u.hash).where(u.item == i.id, u.version == i.public, u.hash.is_not(None))
    first = kept.order_by(u.position).limit(1).correlate(ITEMS).scalar_subquery()
    return (
        select(
            i.id,
            i.public,
            i.kind,
            i.cluster,
            v.title,
            func.substr(v.text, 1, HEAD_CHARS),
            v.author,
            v.url,
            v.published_at,
            v.published_offset_seconds,
            v.published_is_day,
            UNITS.c.id,
            UNITS.c.name,
            UNITS.c.short_name,
            UNITS.c.system,
            CHANNELS.c.name,
            select(others).select_from(OTHERS).where(MORE_ORIGINAL).correlate(ITEMS).scalar_subquery(),
            select(others).select_from(OTHERS).where(OTHER_COPY).correlate(ITEMS).scalar_subquery(),
            i.publication,
            i.public_since,
            i.version_since,
            *PICTURE,
        )
        .select_from(ITEMS)
        .join(VERSIONS, SHOWN)
        .join(UNITS, UNITS.c.id == i.unit)
        .join(CHANNELS, CHANNELS.c.id == i.channel)
        .outerjoin(PICTURES, PICTURES.c.hash == first)
        .where(EXPLAINED, i.publication.is_not(None), i.id.in_(bindparam("items", expanding=True)))
    )


LISTING = _listing()  # made once: making it takes longer than asking it


def listed_entries(tx: Transaction, items: Iterable[ItemId], tags_of: Facet | None = None) -> dict[ItemId, ListedEntry]:
    """Return those of the items that the public sees, as lists show them, in the order asked for; two queries.

    tags_of: the facet whose tags are wanted, of half a dozen; None: all.
    """
    wanted = list(items)
    if not wanted:
        return {}
    found = {row[0]: row for row in tx.tuples(LISTING, {"items": wanted})}
    tags = understood.tags_of_versions(tx, {item: row[1] for item, row in found.items()}, tags_of) if found else {}
    return {key: _listed(found[key], tags) for key in wanted if key in found}


def public_entries(tx: Transaction, items: Iterable[ItemId]) -> dict[ItemId, PublicEntry]:
    """Return those of the items that the public sees, whole, in the order asked for."""
    listed = listed_entries(tx, items)
    whole = public_items(tx, listed) if listed else {}
    return {
        key: PublicEntry(item=whole[key][0], version=whole[key][1], listed=entry)
        for key, entry in listed.items()
        if key in whole
    }


def public_texts(tx: Transaction, items: Sequence[ItemId]) -> dict[ItemId, str]:
    """Return the texts of the public versions of those of the items that the public sees."""
    if not items:
        return {}
    query = select(ITEMS.c.id, VERSIONS.c.text).join(VERSIONS, SHOWN).where(EXPLAINED, ITEMS.c.id.in_(items))
    return {row[ITEMS.c.id]: row[VERSIONS.c.text] for row in tx.rows(query)}


def _listed(row: tuple[Any, ...], tags: Mapping[ItemId, tuple[Tag, ...]]) -> ListedEntry:
    (item, version, kind, cluster, title, head, author, url, at, offset, is_day, *rest) = row
    unit, unit_name, short_name, system, channel_name, place, others, number, since, version_since, *picture = rest
    return ListedEntry(
        item=item,
        version=version,
        kind=kind,
        cluster=cluster,
        title=title,
        head=head,
        author=author,
        url=url,
        published=published_of(at, offset, is_day=bool(is_day)),
        picture=Picture(**dict(zip(PICTURE_NAMES, picture, strict=True))) if picture[0] is not None else None,
        tags=tags.get(item, ()),
        unit=UnitName(id=unit, name=unit_name, short_name=short_name, system=system),
        channel_name=channel_name,
        place=place,
        cluster_size=others + 1,
        publication=Publication(number=number, at=since, version_at=version_since),
    )
