"""indexer.search.meilisearch.documents: what the server holds of an entry, and what its answers become."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.facets import FIELDS
from indexer.search.chinese import asked
from indexer.search.meilisearch.documents import SETTINGS, document, hit, shared_copy
from indexer.search.port import Entry, Hit
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
    "title_chars": "月 球 车",
    "text_chars": "夜 里",
    "names_chars": "示 例 馆 甲",
    "cluster": "k1",
    "shared": True,
    "original": True,
    "place": 0,
    "publication": 7,
    "topics": ["it"],
    "audiences": ["youth"],
    "districts": ["haidian"],
    "actions": ["visit"],
    "forms": [],
    "units": ["u1"],
    "kinds": ["video"],
    "published": 1789603200,
}


def entry(**fields: object) -> Entry:
    given: dict[str, Any] = {
        "item": ItemId("i1"),
        "version": 2,
        "title": "月球车",
        "text": "很长\ud800",
        "unit": "u1",
        "unit_name": "示例馆",
        "kind": "video",
        "cluster": ClusterId("c1"),
        "topics": ("it",),
        "publication": 7,
    }
    return made_entry(**(given | fields))


def test_texts_are_cut_into_characters_and_hold_nothing_that_json_cannot() -> None:
    held = document(entry(author="张三"))

    assert held["title_chars"] == "月 球 车"
    assert held["names_chars"] == "示 例 馆 张 三"
    assert held["text"].encode("utf-8").decode("utf-8").startswith("很长")


def test_every_field_that_filters_or_is_searched_is_in_the_document() -> None:
    held = document(entry(published=datetime(2026, 9, 17, tzinfo=UTC)))

    for setting in ("searchableAttributes", "filterableAttributes", "sortableAttributes"):
        assert set(SETTINGS[setting]) <= held.keys()
    assert set(FIELDS) <= held.keys()


def test_a_document_holds_the_entry_whole() -> None:
    assert document(ENTRY) == DOCUMENT


def test_without_a_date_the_document_has_none_and_a_copy_is_no_original() -> None:
    held = document(replace(ENTRY, published=None, place=2))

    assert "published" not in held
    assert (held["place"], held["original"]) == (2, False)


def test_a_match_in_the_title_weighs_more_than_one_in_the_text_and_that_more_than_in_names() -> None:
    assert SETTINGS["searchableAttributes"] == ["title_chars", "title", "text_chars", "text", "names_chars"]
    assert SETTINGS["rankingRules"] == [
        "sort", "words", "typo", "proximity", "attribute", "exactness", "publication:desc"
    ]  # fmt: skip


def test_all_that_is_filtered_and_sorted_by_may_be() -> None:
    assert set(SETTINGS["filterableAttributes"]) == {
        "item", "topics", "audiences", "districts", "units", "kinds", "actions", "forms", "shared", "original",
        "published", "publication",
    }  # fmt: skip
    assert SETTINGS["sortableAttributes"] == ["publication"]
    assert set(SETTINGS) == {
        "searchableAttributes", "filterableAttributes", "sortableAttributes", "rankingRules", "localizedAttributes",
        "faceting", "pagination",
    }  # fmt: skip
    assert SETTINGS["pagination"] == {"maxTotalHits": 1_000_000}
    assert SETTINGS["faceting"] == {"maxValuesPerFacet": 2000}


def test_what_is_searched_is_read_as_chinese() -> None:
    assert SETTINGS["localizedAttributes"] == [
        {"attributePatterns": ["title", "text", "title_chars", "text_chars", "names_chars"], "locales": ["cmn"]}
    ]


def test_a_document_found_is_a_hit_with_our_highlights() -> None:
    found = hit(DOCUMENT | {"_rankingScore": 0.5}, asked("月球车"))

    assert found == Hit(
        item=ItemId("i1"), version=3, score=0.5, publication=7, title="月球 車", title_spans=((0, 4),),
        excerpt="夜，里", excerpt_spans=(),
    )  # fmt: skip


def test_a_document_of_an_older_version_has_neither_score_nor_publication() -> None:
    found = hit({"item": "i1", "version": 1, "title": "题", "text": ""}, asked(""))

    assert (found.score, found.publication) == (0.0, 0)


def test_a_copy_has_only_the_values_of_facets_that_were_asked_for() -> None:
    found = {"item": "i1", "cluster": "k1", "place": 2, "topics": ["it", "space"], "kinds": ["video"], "actions": ["x"]}

    assert shared_copy(found) == SharedCopy(
        key="i1",
        cluster="k1",
        place=2,
        values=frozenset({("topics", "it"), ("topics", "space"), ("kinds", "video"), ("actions", "x")}),
    )
