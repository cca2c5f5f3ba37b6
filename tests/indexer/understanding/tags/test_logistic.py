"""The best fit, found: at its place the slope of what is minimised is nil."""

import numpy as np
import pytest

from indexer.understanding.tags.logistic import Matrix, fit, rotate, sigmoid

STRENGTH = 5.0


@pytest.fixture
def rows() -> Matrix:
    return np.random.default_rng(1).standard_normal((40, 60), dtype=np.float32)


@pytest.fixture
def labels(rows: Matrix) -> Matrix:
    return (rows[:, :2] + 0.3 > 0).astype(np.float32)


def test_at_the_best_fit_penalty_and_errors_balance(rows: Matrix, labels: Matrix) -> None:
    weights = np.ones_like(labels)
    rotated = rotate(rows)

    weight, bias = fit(rotated.rows, labels, weights, strength=STRENGTH)

    back = rotated.back @ weight
    wrong = sigmoid(rows @ back + bias) - labels
    np.testing.assert_allclose(rows.T @ wrong + back / STRENGTH, 0, atol=0.02)
    np.testing.assert_allclose(wrong.sum(axis=0), 0, atol=0.02)


def test_rows_in_their_own_space_are_as_far_apart(rows: Matrix) -> None:
    rotated = rotate(rows)

    np.testing.assert_allclose(rotated.rows @ rotated.rows.T, rows @ rows.T, atol=1e-3)
    np.testing.assert_allclose(rows @ rotated.back, rotated.rows, atol=1e-3)


def test_an_answer_without_weight_teaches_nothing(rows: Matrix, labels: Matrix) -> None:
    weights = np.ones_like(labels)
    weights[:10] = 0
    flipped = labels.copy()
    flipped[:10] = 1 - flipped[:10]

    first, second = (fit(rows, some, weights, strength=STRENGTH)[0] for some in (labels, flipped))

    np.testing.assert_array_equal(first, second)


def test_rows_that_say_nothing_and_no_row_at_all_leave_the_bias() -> None:
    labels = np.array([[1], [1], [0]], dtype=np.float32)

    weight, bias = fit(rotate(np.zeros((3, 4), np.float32)).rows, labels, np.ones_like(labels), strength=STRENGTH)

    assert weight.shape == (0, 1)
    assert sigmoid(bias)[0] == pytest.approx(2 / 3, abs=0.01)


def test_scores_of_any_size_are_probabilities() -> None:
    np.testing.assert_array_equal(sigmoid(np.array([-1e30, 0, 1e30], np.float32)), [0, 0.5, 1])
