"""What Meilisearch holds of an entry, how it is set up, and what its hits become."""

from collections.abc import Mapping
from typing import Any

from indexer.items import ItemId
from indexer.search.chinese import Asked, characters, clean
from indexer.search.highlight import excerpt, mark
from indexer.search.port import Entry, Hit

FACETS = ("topics", "audiences", "districts", "units", "kinds")
CUT = ("title_chars", "text_chars", "names_chars")
SETTINGS: Mapping[str, Any] = {
    # In this order: a match in an earlier one weighs more.
    "searchableAttributes": [CUT[0], "title", CUT[1], "text", CUT[2]],
    "filterableAttributes": ["item", *FACETS, "actions", "lead", "published"],
    "sortableAttributes": ["published"],
    # `sort` first: newest first means exactly that; it does nothing where no order is asked for.
    "rankingRules": ["sort", "words", "typo", "proximity", "attribute", "exactness"],
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
        "lead": entry.lead,
        "topics": list(entry.topics),
        "audiences": list(entry.audiences),
        "actions": list(entry.actions),
        "districts": list(entry.districts),
        "units": [entry.unit],
        "kinds": [str(entry.kind)],
    }
    return held if entry.published is None else held | {"published": int(entry.published.timestamp())}


def hit(found: Mapping[str, Any], wanted: Asked) -> Hit:
    """Return the hit of a document found, highlighted by our own code so that every engine shows the same."""
    marked, cut = mark(found["title"], wanted), excerpt(found["text"], wanted)
    return Hit(
        item=ItemId(found["item"]),
        version=found["version"],
        score=float(found.get("_rankingScore", 0.0)),
        title=marked.text,
        title_spans=marked.spans,
        excerpt=cut.text,
        excerpt_spans=cut.spans,
    )
