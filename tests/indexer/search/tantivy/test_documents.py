"""indexer.search.tantivy.documents: what tantivy holds of an entry, and what is read back of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import tantivy

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.facets import Values
from indexer.search.engine import SHOWN_CHARS, Held, Needle
from indexer.search.port import Entry
from indexer.search.tantivy.documents import documents, held_of, unpacked
from indexer.search.tantivy.folder import schema
from indexer.search.tantivy.query import QueryBuilder
from indexer.search.tantivy.shared import packed
from tests.facets import entry


def piece(title: str, text: str = "", **more: object) -> Entry:
    known: dict[str, Any] = {"item": ItemId("i1"), "version": 3, "unit_name": "示例馆", "cluster": ClusterId("k1")}
    return entry(title=title, text=text, **(known | more))


def indexed(folder: Path, *entries: Entry) -> tantivy.Searcher:
    index = tantivy.Index(schema(), path=str(folder))
    writer = index.writer(num_threads=1)
    for document in documents(entries):
        writer.add_document(document)
    writer.commit()
    index.reload()
    return index.searcher()


def number(searcher: tantivy.Searcher, needle: str) -> int:
    return len(searcher.search(QueryBuilder(schema()).needle(Needle(needle))).hits)


def read(searcher: tantivy.Searcher) -> Held:
    [(_, address)] = searcher.search(tantivy.Query.all_query()).hits
    return held_of(searcher.doc(address))


def test_what_is_held_of_an_entry_is_read_back(tmp_path: Path) -> None:
    given = piece("月球  車", "夜，里", author="甲", place=2, publication=7, topics=("it", "space"),
                  published=datetime(2026, 9, 17, tzinfo=UTC))  # fmt: skip

    assert read(indexed(tmp_path, given)) == Held(
        item=ItemId("i1"), version=3, publication=7, cluster="k1", place=2, title="月球 車", text="夜，里",
        names="示例馆 甲", values=given.values,
    )  # fmt: skip


def test_of_an_endless_text_the_beginning_is_shown_and_all_of_it_searched(tmp_path: Path) -> None:
    searcher = indexed(tmp_path, piece("题", "水" * SHOWN_CHARS + "过夜"))

    assert len(read(searcher).text) == SHOWN_CHARS
    assert number(searcher, "水过夜") == 1


@pytest.mark.parametrize("needle", ["车夜", "球车夜里", "里示例", "夜里示例"])
def test_no_phrase_reaches_from_one_part_into_the_next(tmp_path: Path, needle: str) -> None:
    assert number(indexed(tmp_path, piece("月球车", "夜里")), needle) == 0


def test_of_an_item_given_twice_the_last_is_held() -> None:
    assert len(documents([piece("旧"), piece("新")])) == 1


def test_values_packed_are_unpacked_again() -> None:
    values = Values(topics=["it", "space"], units=["u1"])

    assert unpacked(packed(values)) == values
