"""Posts with few words are one by a picture, where title and length do not speak against it."""

import pytest

from indexer.understanding.duplicates.covers import is_told_by_pictures, same_cover
from indexer.understanding.duplicates.films import MOST_CHARS
from indexer.understanding.duplicates.near import Layer, Relation, compare
from indexer.understanding.duplicates.pieces import Piece

LOOK, COPY, OTHER = "a5c3f00f12345678", "a5c3f00f1234567b", "5a3c0ff0edcba987"
FILM = Piece("月球车如何度过寒冷的夜晚", "", (183,), (LOOK,))
POST = Piece("雨后奥森公园的彩虹", "", (), (LOOK,))


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        (FILM, Piece("月球车靠什么熬过夜晚", "看完就懂", (184,), (COPY,)), True),
        (FILM, Piece("月球车靠什么熬过夜晚", "", (184,), (OTHER,)), False),
        (FILM, Piece("月球车靠什么熬过夜晚", "", (190,), (COPY,)), False),
        (FILM, Piece("月球车靠什么熬过夜晚（下）", "", (184,), (COPY,)), False),
        (FILM, Piece("厨余垃圾怎样变成肥料", "", (183,), (COPY,)), False),
        (FILM, Piece("月球车如何度过寒冷的夜晚", "", (), (COPY,)), False),
        (FILM, Piece("月球车靠什么熬过夜晚", "月" * MOST_CHARS, (184,), (COPY,)), False),
        (POST, Piece("【随手拍】雨后奥森公园的彩虹", "摄于北门", (), (COPY,)), True),
        (POST, Piece("奥森公园的晚霞", "", (), (COPY,)), False),
        (POST, Piece("雨后奥森公园的彩虹", "", (), ()), False),
    ],
    ids=["film", "other_cover", "longer", "part", "other_title", "no_film", "long", "post", "other_post", "no_picture"],
)
def test_one_post_has_one_picture_nearly_one_title_and_one_length(one: Piece, other: Piece, is_one: bool) -> None:
    assert (same_cover(one, other) is not None) is is_one
    assert same_cover(one, other) == same_cover(other, one)


def test_it_is_the_same_piece_and_the_layer_is_kept() -> None:
    alike = compare(FILM, Piece("月球车靠什么熬过夜晚", "", (183,), (COPY,)))

    assert alike is not None
    assert (alike.likeness.relation, alike.likeness.layer) == (Relation.SAME, Layer.COVER)


def test_many_words_tell_more_than_a_picture() -> None:
    assert is_told_by_pictures(POST)
    assert not is_told_by_pictures(Piece("题", "文" * MOST_CHARS))
