"""indexer.search.tantivy.vectors: rows of vectors beside a generation, the last of an item counts."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.base.ids import ClusterId, ItemId
from indexer.search.port import Entry
from indexer.search.tantivy import vectors
from indexer.search.tantivy.shared import number_of
from indexer.search.tantivy.vectors import SPARE, VectorForm, append, begin, read, tidy
from tests.facets import entry

FORM = VectorForm(model="m", dimensions=2)
ASKED = np.array([1, 0], dtype=np.float32)
EAST, NORTH = (1.0, 0.0), (0.0, 1.0)


def piece(item: str, vector: Sequence[float] = ()) -> Entry:
    held = np.array(vector, dtype="<f4").tobytes()
    return entry(item=ItemId(item), version=1, title="", text="", unit_name="", cluster=ClusterId(item), vector=held)


def cosines(generation: Path, form: VectorForm = FORM) -> Mapping[int, float] | None:
    held = read(generation, form)
    return None if held is None else dict(zip(held.keys.tolist(), held.cosines(ASKED).tolist(), strict=True))


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    begin(tmp_path, FORM)
    return tmp_path


def test_the_last_vector_of_an_item_counts_and_one_without_has_none(generation: Path) -> None:
    append(generation, FORM, [piece("a", EAST), piece("b", NORTH), piece("c", EAST)])
    append(generation, FORM, [piece("a", NORTH), piece("b", EAST), piece("c")])

    assert cosines(generation) == {number_of("a"): 0.0, number_of("b"): 1.0}


def test_an_empty_file_holds_nothing_and_one_of_another_model_is_not_read(generation: Path) -> None:
    assert cosines(generation) == {}
    assert cosines(generation, VectorForm(model="other", dimensions=2)) is None


def test_a_generation_without_vectors_takes_none(tmp_path: Path) -> None:
    begin(tmp_path, None)
    append(tmp_path, FORM, [piece("a", EAST)])

    assert (cosines(tmp_path), list(tmp_path.iterdir())) == (None, [])


@pytest.mark.parametrize("form", [None, VectorForm(model="other", dimensions=2)])
def test_what_is_written_by_another_model_takes_the_old_vector_away(generation: Path, form: VectorForm | None) -> None:
    append(generation, FORM, [piece("a", EAST), piece("b", EAST)])
    append(generation, form, [piece("a", NORTH)])

    assert cosines(generation) == {number_of("b"): 1.0}


def test_a_row_that_was_cut_off_is_written_over(generation: Path) -> None:
    append(generation, FORM, [piece("a", EAST), piece("b", EAST)])
    path = generation / FORM.name
    path.write_bytes(path.read_bytes()[:-5])

    before = cosines(generation)
    append(generation, FORM, [piece("c", NORTH)])

    assert before == {number_of("a"): 1.0}
    assert cosines(generation) == {number_of("a"): 1.0, number_of("c"): 0.0}


def test_places_are_those_of_keys_that_have_a_vector(generation: Path) -> None:
    append(generation, FORM, [piece("a", EAST), piece("b", EAST)])
    held = read(generation, FORM)

    assert held is not None
    assert held.keys[held.places([number_of("b"), number_of("never")])].tolist() == [number_of("b")]
    assert held.places([]).tolist() == []


def test_rows_that_count_no_more_are_cleared_and_a_reader_keeps_what_it_has(
    generation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "SPARE", 4)
    for vector in (EAST, NORTH, EAST, NORTH):
        append(generation, FORM, [piece("a", vector), piece("b", EAST)])
    before, size = read(generation, FORM), (generation / FORM.name).stat().st_size

    tidy(generation, lambda: 2)  # as many as it may have
    kept = (generation / FORM.name).stat().st_size
    append(generation, FORM, [piece("b")])
    tidy(generation, lambda: 2)

    assert before is not None
    assert before.cosines(ASKED).sum() == 1.0
    assert (kept, (generation / FORM.name).stat().st_size) == (size, size // 8)
    assert cosines(generation) == {number_of("a"): 0.0}
    assert SPARE > 100


def test_what_was_added_is_read_beside_what_was_read_as_if_all_were_read_anew(generation: Path) -> None:
    held, items = read(generation, FORM), [f"i{number}" for number in range(9)]
    chance = random.Random(29)  # noqa: S311  # not for secrets

    for _ in range(40):
        some = [piece(item, chance.choice((EAST, NORTH, ()))) for item in chance.sample(items, chance.randint(1, 4))]
        append(generation, FORM, some)
        if not chance.randrange(8):
            append(generation, None, [piece(chance.choice(items))])
        held, anew = read(generation, FORM, held), read(generation, FORM)
        assert held is not None
        assert anew is not None
        assert (held.keys.tolist(), held.rows.tolist()) == (anew.keys.tolist(), anew.rows.tolist())
        assert held.cosines(ASKED).tolist() == anew.cosines(ASKED).tolist()


def test_of_a_file_that_was_written_anew_nothing_is_kept(generation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "SPARE", 1)
    append(generation, FORM, [piece("b", NORTH), piece("a", NORTH), piece("a", NORTH), piece("a", EAST)])
    before = read(generation, FORM)
    tidy(generation, lambda: 1)
    append(generation, FORM, [piece(item, EAST) for item in ("c", "d", "e")])  # no shorter than the one before

    held = read(generation, FORM, before)

    assert held is not None
    assert dict(zip(held.keys.tolist(), held.cosines(ASKED).tolist(), strict=True)) == {
        **{number_of(item): 1.0 for item in ("a", "c", "d", "e")},
        number_of("b"): 0.0,
    }


def test_how_many_items_there_are_is_not_asked_where_few_rows_are_held(generation: Path) -> None:
    append(generation, FORM, [piece("a", EAST)])

    def asked() -> int:
        raise AssertionError

    tidy(generation, asked)
