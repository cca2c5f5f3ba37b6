"""A head reads the columns that it was fitted to."""

import numpy as np

from indexer.understanding.tags.calibration import Calibration
from indexer.understanding.tags.model import Head, SideBySide


def test_columns_behind_its_own_are_not_looked_at() -> None:
    one, nil = np.ones((1, 1), np.float32), np.zeros(1, np.float32)
    head = Head("topic", ("a",), one, nil, Calibration(slope=2.0), nil)

    rows = np.array([[1, 9], [1, -9]], dtype=np.float32)

    np.testing.assert_allclose(head.probabilities(rows), 1 / (1 + np.exp(-2)), atol=1e-6)


def test_heads_side_by_side_say_what_each_says_by_itself() -> None:
    chance = np.random.default_rng(7)
    heads = [
        Head(
            name,
            tuple(map(str, range(labels))),
            chance.normal(size=(columns, labels)).astype(np.float32),
            chance.normal(size=labels).astype(np.float32),
            Calibration(slope=1.5, shift=0.2, lead=0.3),
            np.zeros(labels, np.float32),
        )
        for name, columns, labels in (("topic", 30, 4), ("form", 34, 2), ("off-topic", 30, 1))
    ]
    rows = np.where(chance.random((6, 34)) < 0.3, chance.normal(size=(6, 34)), 0).astype(np.float32)

    together = SideBySide(heads).probabilities(rows)

    assert list(together) == ["topic", "form", "off-topic"]
    for head in heads:
        np.testing.assert_allclose(together[head.name], head.probabilities(rows), atol=1e-5)
    np.testing.assert_array_equal(SideBySide(heads).probabilities(rows[2:3])["form"], together["form"][2:3])
