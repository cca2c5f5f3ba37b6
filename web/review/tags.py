"""The tags of an item beside their form, with what people corrected, and when and where its event is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from flask_babel import gettext as _

from config.taxonomy import District
from indexer.base.changes import ChangeKind
from indexer.base.ids import ItemId
from indexer.base.times import BEIJING
from indexer.catalogue.facets import FACETS
from indexer.catalogue.items import Item, Version
from indexer.records import ledger
from indexer.records.database import Transaction
from indexer.understanding.corrections import Key, read_correction
from indexer.understanding.results import Facet, Tag
from indexer.understanding.whereabouts.reading import Reader, Whereabouts
from web.app.site import site
from web.public.item import known_name
from web.shown.facets import categories
from web.shown.labels import named

MOST_SHOWN = 20  # corrections of an item


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One tag of the form. value: `facet:id`, as it is sent. score: None where the item does not have it."""

    value: str
    label: str
    score: float | None
    by_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The whole form. seen: the tags that the item has, as the form sends them back. groups: label → boxes."""

    seen: str
    groups: Mapping[str, Sequence[Box]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction as the item's page lists it."""

    who: str
    at: datetime
    added: Sequence[str]
    removed: Sequence[str]


def facets_of(tags: Sequence[Tag]) -> Facets:
    """Return the form of an item with these tags; a tag that the taxonomy lost can be taken off."""
    held = {(tag.facet, tag.id): tag for tag in tags}
    groups: dict[str, Sequence[Box]] = {}
    for facet in FACETS:
        if facet.tag is None:
            continue
        known = {one.id: named(one) for one in categories(site().taxonomy, facet)}
        lost = {id: id for tag_facet, id in held if tag_facet is facet.tag and id not in known}
        groups[_(facet.label)] = [_box(facet.tag, id, name, held) for id, name in (known | lost).items()]
    return Facets(seen=" ".join(sorted(_value(key) for key in held)), groups=groups)


def _box(facet: Facet, id: str, name: str, held: Mapping[Key, Tag]) -> Box:
    tag = held.get((facet, id))
    is_by_person = tag is not None and tag.by != "machine"
    return Box(value=_value((facet, id)), label=name, score=tag.score if tag else None, by_person=is_by_person)


def _value(key: Key) -> str:
    return f"{key[0]}:{key[1]}"


def corrections(tx: Transaction, item: ItemId) -> list[Corrected]:
    """Return what people corrected of an item's tags, newest first."""
    found = ledger.of_subject(tx, ChangeKind.TAGS_CORRECTED, item, limit=MOST_SHOWN)
    read_rows = [(change, read_correction(change)) for change in found]
    return [
        Corrected(who=change.who, at=change.at, added=_names(one.added), removed=_names(one.removed))
        for change, one in read_rows
    ]


def _names(keys: frozenset[Key]) -> list[str]:
    tags = [Tag(facet=facet, id=id, score=1.0) for facet, id in sorted(keys)]
    return [known_name(tag, site().taxonomy) or tag.id for tag in tags]


def whereabouts(item: Item, version: Version) -> Whereabouts:
    """Return what the text of a version says of when and where its event is."""
    day = version.published.at if version.published else version.collected_at
    reader = _reader(site().taxonomy.districts)
    return reader.read(version.title, version.text, item.kind, published=day.astimezone(BEIJING).date())


@lru_cache(maxsize=2)
def _reader(districts: tuple[District, ...]) -> Reader:
    return Reader(districts)
