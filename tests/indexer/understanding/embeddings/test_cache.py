"""Vectors kept on disk."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.understanding.embeddings.cache import kept_passages
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.scale import E5


class Counting:
    """An embedder that counts what it was asked."""

    dimensions = 2
    scale = E5

    def __init__(self, name: str = "counting") -> None:
        self.name, self.asked = name, 0

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += 1
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self.passages(texts)


def test_the_same_texts_are_worked_out_once(tmp_path: Path) -> None:
    embedder = Counting()

    first, second = (kept_passages(embedder, ["甲", "乙乙"], folder=tmp_path) for _ in range(2))

    assert embedder.asked == 1
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(("name", "texts"), [("other", ["甲"]), ("counting", ["乙"])], ids=["embedder", "texts"])
def test_another_embedder_or_text_is_worked_out_anew(tmp_path: Path, name: str, texts: list[str]) -> None:
    kept_passages(Counting(), ["甲"], folder=tmp_path)
    other = Counting(name)

    kept_passages(other, texts, folder=tmp_path)

    assert other.asked == 1


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    kept_passages(Counting(), ["甲"], folder=tmp_path)
    [kept] = tmp_path.glob("*.npy")
    kept.write_bytes(b"short")

    vectors = kept_passages(Counting(), ["甲"], folder=tmp_path)

    assert vectors.tolist() == [[1, 1]]
    assert np.load(kept).tolist() == [[1, 1]]
