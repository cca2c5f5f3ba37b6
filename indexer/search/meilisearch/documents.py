"""What Meilisearch holds of an entry, how it is set up, and what its hits become."""

from collections.abc import Mapping
from typing import Any

from indexer.base.ids import ItemId
from indexer.catalogue.facets import FIELDS
from indexer.search.chinese import Asked, characters, clean
from indexer.search.hits import hit_of
from indexer.search.port import Entry, Hit
from indexer.search.shared import SharedCopy

CUT = ("title_chars", "text_chars", "names_chars")
SETTINGS: Mapping[str, Any] = {
    # In this order: a match in an earlier one weighs more.
    "searchableAttributes": [CUT[0], "title", CUT[1], "text", CUT[2]],
    "filterableAttributes": ["item", *FIELDS, "shared", "original", "published", "publication"],
    "sortableAttributes": ["publication"],
    # `sort` first: newest first means exactly that; it does nothing where no order is asked for.
    "rankingRules": ["sort", "words", "typo", "proximity", "attribute", "exactness", "publication:desc"],
    "localizedAttributes": [{"attributePatterns": ["title", "text", *CUT], "locales": ["cmn"]}],
    "faceting": {"maxValuesPerFacet": 2000},
    "pagination": {"maxTotalHits": 1_000_000},
}


def document(entry: Entry) -> dict[str, Any]:
    """Return the document of an entry; `published` is left out where there is none, so that no span takes it."""
    title, text = clean(entry.title), clean(entry.text)
    held: dict[str, Any] = {
        "item": clean(entry.item),
        "version": entry.version,
        "title": title,
        "text": text,
        "title_chars": " ".join(characters(title)),
        "text_chars": " ".join(characters(text)),
        "names_chars": " ".join(characters(f"{entry.unit_name} {entry.author}")),
        "cluster": clean(entry.cluster),
        "shared": entry.shared,
        "original": entry.place == 0,
        "place": entry.place,
        "publication": entry.publication,
        **{field: [clean(value) for value in entry.values.get(field, ())] for field in FIELDS},
    }
    return held if entry.published is None else held | {"published": int(entry.published.timestamp())}


def hit(found: Mapping[str, Any], wanted: Asked) -> Hit:
    """Return the hit of a document found, highlighted by our own code so that every engine shows the same."""
    return hit_of(
        ItemId(found["item"]),
        found["version"],
        title=found["title"],
        text=found["text"],
        asked=wanted,
        score=float(found.get("_rankingScore", 0.0)),
        publication=found.get("publication", 0),  # a document of an older version has none
    )


def shared_copy(found: Mapping[str, Any]) -> SharedCopy[str]:
    """Return the matching item of a document that has copies; only the facets that were asked for have values."""
    values = frozenset((name, value) for name in FIELDS for value in found.get(name, ()))
    return SharedCopy(key=found["item"], cluster=found["cluster"], place=found["place"], values=values)
