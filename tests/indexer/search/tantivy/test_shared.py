"""indexer.search.tantivy.shared: numbers that stand for texts, and sets of values read once."""

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
