"""The words of a version as copies are compared."""

import numpy as np
import pytest

from indexer.understanding.duplicates.pieces import RUN_CHARS, Piece, hashed_runs


def test_a_piece_is_the_folded_letters_of_title_and_text() -> None:
    piece = Piece("月球車，", "第１２次，3.5米。Ｒｏｖｅｒ")

    assert piece.letters == "月球车第12次35米rover"
    assert piece.heading == "月球车"
    assert piece.figures == {"12", "35"}


def test_every_run_of_five_letters_has_its_number() -> None:
    piece = Piece("", "甲乙丙丁戊甲乙丙丁戊")

    assert len(piece.runs) == len(piece.letters) - RUN_CHARS + 1
    assert piece.runs[0] == piece.runs[5]
    assert len(piece.different_runs) == 5
    assert (np.diff(piece.different_runs.astype(object)) > 0).all()


@pytest.mark.parametrize("letters", ["", "甲", "甲乙丙丁"])
def test_a_text_shorter_than_a_run_has_none(letters: str) -> None:
    assert len(hashed_runs(letters, RUN_CHARS)) == 0
    assert len(Piece("", letters).names[0]) == 0


def test_a_name_is_what_a_text_repeats_and_no_figure() -> None:
    piece = Piece("", "月球车来了，月球车走了，编号1234，编号1234")
    names, times = piece.names

    assert set(names) == {*hashed_runs("月球车", 3), *hashed_runs("编号1", 3), *hashed_runs("号12", 3)}
    assert times.tolist() == [2, 2, 2]


def test_a_passage_is_quoted_as_it_is_shown() -> None:
    piece = Piece("月球車", "（第１次）：㎏，出发！")

    assert piece.letters == "月球车第1次kg出发"
    assert piece.passage(3, 6) == "第１次"
    assert piece.passage(6, 10) == "㎏，出发"
    assert piece.passage(0, len(piece.letters)) == "月球車\n（第１次）：㎏，出发"


def test_hostile_letters_have_numbers_too() -> None:
    assert Piece("\ud800" * 9, "\0" * 9).letters == ""
    assert len(hashed_runs("\ud800" * 9, 5)) == 5
