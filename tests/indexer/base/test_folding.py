"""The folding under which text is found and copies are compared."""

import pytest

from indexer.base.folding import fold, folded_letters, letters_of


@pytest.mark.parametrize(
    ("text", "folded"), [("節水", "节水"), ("ＰＭ２．５", "pm2.5"), ("Saturn", "saturn"), ("ﬁ", "fi"), ("㎏", "kg")]
)
def test_one_spelling_folds_to_another(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_of_an_endless_text_a_million_characters_are_folded() -> None:
    assert len(fold("月" * 1_000_005)) == len(folded_letters("月" * 1_000_005)) == 1_000_000


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("節水，３．５ 升！", "节水35升"),
        ("明瞭、憑藉、恢覆", "明了凭借恢复"),
        ("ﬁ—㎏", "fikg"),
        ("。\n\ud800\0", ""),
        ("", ""),
    ],
)
def test_the_letters_of_a_text_are_what_every_copy_keeps(text: str, letters: str) -> None:
    assert folded_letters(text) == letters


@pytest.mark.parametrize(("char", "count"), [("節", 1), ("㎏", 2), ("，", 0)])
def test_a_character_becomes_so_many_letters(char: str, count: int) -> None:
    assert letters_of(char) == count
