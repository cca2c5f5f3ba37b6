"""What tantivy holds of an entry, and what is read back of it."""

import json
from collections.abc import Sequence
from functools import lru_cache

import tantivy

from indexer.base.ids import ItemId
from indexer.catalogue.facets import Values
from indexer.search.chinese import clean
from indexer.search.engine import SHOWN_CHARS, Held, Key
from indexer.search.newest import order_of
from indexer.search.port import Entry
from indexer.search.tantivy.query import RUNS, plain
from indexer.search.tantivy.shared import number_of, packed
from indexer.search.terms import runs, searched

MOST_KEPT = 10_000  # sets of values; a campaign has some hundred
BORDER = " \0 "  # a control between two parts: no phrase reaches over it, for no needle holds one


def documents(entries: Sequence[Entry]) -> list[tantivy.Document]:
    """One an item, the last of it."""
    return [document(entry) for entry in {entry.item: entry for entry in entries}.values()]


def document(entry: Entry) -> tantivy.Document:
    """Return the document of an entry."""
    title, text, names = clean(entry.title), clean(entry.text), clean(f"{entry.unit_name} {entry.author}")
    made = tantivy.Document()
    made.add_text("item", plain(entry.item))
    for name, number in (
        ("version", entry.version),
        ("shared", int(entry.shared)),
        ("place", entry.place),
        ("publication", entry.publication),
        ("order", order_of(entry)),
        ("key", number_of(entry.item)),
        ("cluster", number_of(entry.cluster)),
    ):
        made.add_integer(name, number)
    if entry.published is not None:
        made.add_integer("published", int(entry.published.timestamp()))
    values = _plain_values(entry.values)
    for field, some in values.items():
        for value in some:
            made.add_text(field, value)
    packed_values, number = _packed(values)
    made.add_integer("values", number)
    _add_runs(made, searched(title), searched(text), searched(names))
    held = [
        title,
        text[:SHOWN_CHARS],
        packed_values,
        names,
        entry.version,
        entry.publication,
        entry.place,
        plain(entry.cluster),
    ]
    made.add_bytes("shown", json.dumps(held, ensure_ascii=False).encode())
    return made


def held_of(document: tantivy.Document, *, key: Key = None) -> Held:
    """Return what is held of a document. key: how the view knows it."""
    title, text, values, names, version, publication, place, cluster = json.loads(document["shown"][0].decode())
    return Held(
        item=ItemId(document["item"][0]),
        version=version,
        publication=publication,
        cluster=cluster,
        place=place,
        title=title,
        text=text,
        names=names,
        values=unpacked(values),
        key=key,
    )


@lru_cache(maxsize=MOST_KEPT)
def unpacked(values: str) -> Values:
    """Return the values that `packed` made one text of."""
    found: dict[str, list[str]] = {}
    for field, value in json.loads(values):
        found.setdefault(field, []).append(value)
    return Values(found)


@lru_cache(maxsize=MOST_KEPT)
def _plain_values(values: Values) -> Values:
    return Values({field: [plain(value) for value in some] for field, some in values.items()})


@lru_cache(maxsize=MOST_KEPT)
def _packed(values: Values) -> tuple[str, int]:
    held = packed(values)
    return held, number_of(held)


def _add_runs(made: tantivy.Document, title: str, text: str, names: str) -> None:
    for length, name in RUNS.items():
        in_title, in_names = runs(title, length), runs(names, length)
        made.add_text(name, BORDER.join((in_title, runs(text, length), in_names)))
        made.add_text(f"title_{name}", in_title)
        made.add_text(f"names_{name}", in_names)
