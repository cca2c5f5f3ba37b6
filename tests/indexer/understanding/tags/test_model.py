"""A head reads the columns that it was fitted to."""

import numpy as np

from indexer.understanding.tags.calibration import Calibration
from indexer.understanding.tags.model import Head


def test_columns_behind_its_own_are_not_looked_at() -> None:
    one, nil = np.ones((1, 1), np.float32), np.zeros(1, np.float32)
    head = Head("topic", ("a",), one, nil, Calibration(slope=2.0), nil)

    rows = np.array([[1, 9], [1, -9]], dtype=np.float32)

    np.testing.assert_allclose(head.probabilities(rows), 1 / (1 + np.exp(-2)), atol=1e-6)
