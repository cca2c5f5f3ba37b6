"""Two videos with few words are one film by title and length."""

import pytest

from indexer.understanding.duplicates.films import LEAST_SECONDS, MOST_CHARS, same_film
from indexer.understanding.duplicates.near import Layer, Relation, compare
from indexer.understanding.duplicates.pieces import Piece

ONE = Piece("月球车如何度过寒冷的夜晚", "", (183,))


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        (Piece("月球车如何度过寒冷的夜晚", "", (183,)), True),
        (Piece("【科普】月球车如何度过寒冷夜晚？", "#科普日", (184,)), True),
        (Piece("月球車如何度過寒冷的夜晚", "", (20, 183)), True),
        (Piece("月球车如何度过寒冷的夜晚", "", (185,)), False),
        (Piece("月球车如何度过寒冷的夜晚", "", ()), False),
        (Piece("火星车怎样找水", "", (183,)), False),
        (Piece("月球车如何度过寒冷的夜晚（下）", "", (183,)), False),
        (Piece("月球车如何度过第2个寒冷的夜晚", "", (183,)), False),
        (Piece("月球车", "", (183,)), False),
        (Piece("月球车如何度过寒冷的夜晚", "月" * MOST_CHARS, (183,)), False),
    ],
    ids=["same", "dressed", "second_of_two", "longer", "unknown", "other", "part", "counted", "short", "long_text"],
)
def test_one_film_has_one_length_and_nearly_one_title(other: Piece, is_one: bool) -> None:
    assert (same_film(ONE, other) is not None) is is_one
    assert same_film(ONE, other) == same_film(other, ONE)


def test_lengths_that_many_films_have_tell_nothing() -> None:
    short = (LEAST_SECONDS - 1,)

    assert same_film(Piece(ONE.title, "", short), Piece(ONE.title, "", short)) is None


def test_it_is_the_same_piece_and_the_layer_is_kept() -> None:
    alike = compare(ONE, Piece("月球车如何度过寒冷夜晚", "示例馆出品", (183,)))

    assert alike is not None
    assert (alike.likeness.relation, alike.likeness.layer) == (Relation.SAME, Layer.FILM)
    assert 0.7 <= alike.likeness.share <= 1
