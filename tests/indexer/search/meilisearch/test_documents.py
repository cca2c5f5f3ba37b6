"""indexer.search.meilisearch.documents: what the server holds of an entry, and what is read back of it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.facets import FIELDS
from indexer.search.engine import SHOWN_CHARS, Held, Part
from indexer.search.meilisearch.documents import HELD, SEARCHED, SETTINGS, document, held_of, shared_copy
from indexer.search.meilisearch.tokens import pair_tokens, single_tokens
from indexer.search.newest import order_of
from indexer.search.port import Entry
from indexer.search.shared import SharedCopy
from tests.facets import entry as made_entry

ENTRY = made_entry(
    item=ItemId("i1"), version=3, title="月球  車", text="夜，里", unit="u1", unit_name="示例馆", author="甲",
    kind="video", cluster=ClusterId("k1"), shared=True, place=0, publication=7, topics=("it",),
    audiences=("youth",), actions=("visit",), districts=("haidian",), published=datetime(2026, 9, 17, tzinfo=UTC),
)  # fmt: skip
DOCUMENT = {
    **{field: [] for field in FIELDS},
    "item": "i1",
    "version": 3,
    "title": "月球 車",
    "text": "夜，里",
    "names": "示例馆 甲",
    "title_pairs": pair_tokens("月球车"),
    "text_pairs": pair_tokens("夜里"),
    "names_pairs": pair_tokens("示例馆甲"),
    "in_title": f"{pair_tokens('月球车', Part.TITLE)} {single_tokens('月球车', Part.TITLE)}",
    "in_names": f"{pair_tokens('示例馆甲', Part.NAMES)} {single_tokens('示例馆甲', Part.NAMES)}",
    "singles": single_tokens("月球车夜里示例馆甲"),
    "cluster": "k1",
    "shared": True,
    "original": True,
    "place": 0,
    "publication": 7,
    "order": order_of(ENTRY),
    "topics": ["it"],
    "audiences": ["youth"],
    "districts": ["haidian"],
    "actions": ["visit"],
    "forms": [],
    "units": ["u1"],
    "kinds": ["video"],
    "published": 1789603200,
}


def test_a_document_holds_the_entry_whole() -> None:
    assert document(ENTRY) == DOCUMENT


def test_what_is_held_is_read_back() -> None:
    assert held_of({name: DOCUMENT[name] for name in HELD}) == Held(
        item=ItemId("i1"), version=3, publication=7, cluster="k1", place=0, title="月球 車", text="夜，里",
        names="示例馆 甲", values=ENTRY.values,
    )  # fmt: skip


def test_texts_hold_nothing_that_json_cannot_and_of_an_endless_one_the_beginning_is_shown() -> None:
    held = document(replace(ENTRY, text="很长\ud800" + "水" * SHOWN_CHARS))

    assert held["text"].encode("utf-8").decode("utf-8").startswith("很长")
    assert len(held["text"]) == SHOWN_CHARS
    assert len(held["text_pairs"].split()) > SHOWN_CHARS


def test_every_field_that_filters_or_is_searched_is_in_the_document() -> None:
    held = document(ENTRY)

    for setting in ("searchableAttributes", "filterableAttributes", "sortableAttributes"):
        assert set(SETTINGS[setting]) <= held.keys()
    assert set(FIELDS) <= held.keys()


def test_without_a_date_the_document_has_none_and_a_copy_is_no_original() -> None:
    held = document(replace(ENTRY, published=None, place=2))

    assert "published" not in held
    assert (held["place"], held["original"]) == (2, False)


def test_the_server_lists_and_does_nothing_of_its_own() -> None:
    assert dict(SETTINGS) == {
        "searchableAttributes": list(SEARCHED),
        "filterableAttributes": ["item", *FIELDS, "shared", "original", "published", "publication"],
        "sortableAttributes": ["order"],
        "rankingRules": ["sort"],
        "typoTolerance": {"enabled": False},
        "prefixSearch": "disabled",
        "facetSearch": False,
        "faceting": {"maxValuesPerFacet": 2000},
        "pagination": {"maxTotalHits": 1_000_000},
    }


def test_a_copy_has_only_the_values_of_facets_that_were_asked_for() -> None:
    found: dict[str, Any] = {
        "item": "i1", "cluster": "k1", "place": 2, "topics": ["it", "space"], "kinds": ["video"], "actions": ["x"],
    }  # fmt: skip

    assert shared_copy(found) == SharedCopy(
        key="i1",
        cluster="k1",
        place=2,
        values=frozenset({("topics", "it"), ("topics", "space"), ("kinds", "video"), ("actions", "x")}),
    )


def test_an_entry_and_its_neighbour_are_listed_by_publication() -> None:
    later: Entry = replace(ENTRY, publication=8)

    assert document(later)["order"] > document(ENTRY)["order"]
