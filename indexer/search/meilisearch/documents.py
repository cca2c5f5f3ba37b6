"""What Meilisearch holds of an entry, how it is set up, and what is read back of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.base.ids import ItemId
from indexer.catalogue.facets import FIELDS, Values
from indexer.search.chinese import clean
from indexer.search.engine import SHOWN_CHARS, Held, Part
from indexer.search.meilisearch.tokens import pair_tokens, single_tokens
from indexer.search.newest import order_of
from indexer.search.port import Entry
from indexer.search.shared import SharedCopy

# Attributes of their own: no phrase reaches from one into the next.
SEARCHED = ("title_pairs", "text_pairs", "names_pairs", "in_title", "in_names", "singles")
SETTINGS: Mapping[str, Any] = {
    "searchableAttributes": list(SEARCHED),
    "filterableAttributes": ["item", *FIELDS, "shared", "original", "published", "publication"],
    "sortableAttributes": ["order"],
    "rankingRules": ["sort"],  # it lists, our own code ranks
    "typoTolerance": {"enabled": False},
    "prefixSearch": "disabled",
    "facetSearch": False,
    "faceting": {"maxValuesPerFacet": 2000},
    "pagination": {"maxTotalHits": 1_000_000},
}
HELD = ["item", "version", "title", "text", "names", "cluster", "place", "publication", *FIELDS]


def document(entry: Entry) -> dict[str, Any]:
    """Return the document of an entry; `published` is left out where there is none, so that no span takes it."""
    title, text, names = clean(entry.title), clean(entry.text), clean(f"{entry.unit_name} {entry.author}")
    held: dict[str, Any] = {
        "item": clean(entry.item),
        "version": entry.version,
        "title": title,
        "text": text[:SHOWN_CHARS],
        "names": names,
        "title_pairs": pair_tokens(title),
        "text_pairs": pair_tokens(text),
        "names_pairs": pair_tokens(names),
        "in_title": f"{pair_tokens(title, Part.TITLE)} {single_tokens(title, Part.TITLE)}",
        "in_names": f"{pair_tokens(names, Part.NAMES)} {single_tokens(names, Part.NAMES)}",
        "singles": single_tokens(f"{title} {text} {names}"),
        "cluster": clean(entry.cluster),
        "shared": entry.shared,
        "original": entry.place == 0,
        "place": entry.place,
        "publication": entry.publication,
        "order": order_of(entry),
        **{field: [clean(value) for value in entry.values.get(field, ())] for field in FIELDS},
    }
    return held if entry.published is None else held | {"published": int(entry.published.timestamp())}


def held_of(found: Mapping[str, Any]) -> Held:
    """Return what is held of a document found."""
    return Held(
        item=ItemId(found["item"]),
        version=found["version"],
        publication=found["publication"],
        cluster=found["cluster"],
        place=found["place"],
        title=found["title"],
        text=found["text"],
        names=found["names"],
        values=Values({field: _values(found, field) for field in FIELDS}),
        key=found["item"],
    )


def shared_copy(found: Mapping[str, Any]) -> SharedCopy[str]:
    """Return the matching item of a document that has copies; only the facets that were asked for have values."""
    values = frozenset((name, value) for name in FIELDS for value in _values(found, name))
    return SharedCopy(key=found["item"], cluster=found["cluster"], place=found["place"], values=values)


def _values(found: Mapping[str, Any], field: str) -> Sequence[str]:
    values = found.get(field, ())
    if not (isinstance(values, list | tuple) and all(isinstance(value, str) for value in values)):
        raise ValueError("a facet holds something else than texts")
    return values
