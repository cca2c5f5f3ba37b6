"""indexer.search.tantivy.shared: numbers that stand for texts, and sets of values read once."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.base.ids import ClusterId, ItemId
from indexer.catalogue.facets import Values
from indexer.search.port import Entry, Query
from indexer.search.tantivy.index import TantivyIndex
from indexer.search.tantivy.shared import MOST_CELLS, distinct, number_of, packed
from tests.facets import entry as made_entry


@given(st.text())
def test_a_text_has_one_number_of_63_bits(text: str) -> None:
    assert 0 <= number_of(text) < 2**63
    assert number_of(text) == number_of(text)


def test_different_texts_have_different_numbers() -> None:
    assert len({number_of(f"i{n}") for n in range(10_000)}) == 10_000


def test_the_same_values_are_packed_alike_in_whatever_order_they_come() -> None:
    assert packed(Values(topics=["it", "rural"], units=["u"])) == packed(Values(units=["u"], topics=["rural", "it"]))
    assert packed(Values(topics=["it"])) != packed(Values(units=["it"]))


@pytest.mark.parametrize("cells", [1000, MOST_CELLS + 1])
@given(numbers=st.lists(st.integers(0, 999)))
def test_of_many_numbers_each_is_counted_once(numbers: list[int], cells: int) -> None:
    assert distinct(np.array(numbers, dtype=np.intp), cells).tolist() == sorted(set(numbers))


def test_copies_are_read_with_their_values_and_each_set_once(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    index.put([copy(f"i{n}", place=n, unit=f"u{n % 2}") for n in range(4)])

    found = index.find(Query(text="月球车"))

    assert found.total == 1
    assert found.facets["units"] == {"u0": 1, "u1": 1}
    assert [hit.item for hit in found.hits] == ["i0"]


SETS: Mapping[str, Collection[int]] = {
    "甲一": range(12), "乙二": range(1, 12), "丙三": (0, 4, 8), "丁四": (1, 2, 5, 9, 10, 11), "戊五": (3, 4, 6, 7, 8),
    "己六": (),
}  # fmt: skip


def test_copies_that_match_are_told_be_they_few_or_nearly_all(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    texts = {number: " ".join(word for word, chosen in SETS.items() if number in chosen) for number in range(12)}
    index.put([
        replace(copy(f"i{n:02}", place=n % 3, unit=f"u{n % 2}"), text=text, cluster=ClusterId(f"c{n // 3}"))
        for n, text in texts.items()
    ])  # fmt: skip

    for word, chosen in SETS.items():
        first = {number // 3: number for number in sorted(chosen, reverse=True)}
        found = index.find(Query(text=word))

        assert {hit.item for hit in found.hits} == {f"i{number:02}" for number in first.values()}
        assert found.total == len(first)
        units = Counter(unit for _, unit in {(number // 3, f"u{number % 2}") for number in chosen})
        assert found.facets["units"] == units


def copy(item: str, *, place: int, unit: str) -> Entry:
    return made_entry(
        item=ItemId(item),
        version=1,
        title="月球车",
        text="",
        unit=unit,
        unit_name="示例馆",
        cluster=ClusterId("c"),
        shared=True,
        place=place,
    )
