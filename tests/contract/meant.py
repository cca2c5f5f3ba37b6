"""A model for tests of search by meaning: each subject is a direction, a text means the subjects of its words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.meaning import Meaning
from indexer.understanding.embeddings.scale import E5

SUBJECTS = (
    ("过夜", "晚上", "睡觉", "夜里"),
    ("食品", "吃", "饭菜", "隔夜菜"),
    ("消费", "买", "维权", "告"),
    ("老人", "诈骗", "儿子", "要钱"),
)
DIMENSIONS = len(SUBJECTS) + 1  # the last is what all texts have in common, as with real models
PATIENT = 30.0


def vector_of(text: str) -> NDArray[np.float32]:
    """Return the vector of a text, of unit length."""
    held = [sum(text.count(word) for word in words) for words in SUBJECTS]
    vector = np.array([*held, 2.0], dtype=np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def bytes_of(text: str) -> bytes:
    """Return the vector of a text as an entry holds it."""
    return vector_of(text).astype("<f4").tobytes()


class Subjects:
    """The model; asked: the queries that it was given."""

    dimensions, scale = DIMENSIONS, E5

    def __init__(self, name: str = "subjects") -> None:
        self.name = name
        self.asked: list[str] = []

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of queries."""
        self.asked += texts
        return np.stack([vector_of(text) for text in texts])


def meaning(name: str = "subjects") -> Meaning:
    """Return what queries mean by a model of this name."""
    model = Subjects(name)
    return Meaning(lambda: model, seconds=PATIENT)
