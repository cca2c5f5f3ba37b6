"""Scores become probabilities that hold; a label is said from where its F1 is best."""

import numpy as np
import pytest

from indexer.understanding.tags.calibration import Calibration, calibrate, expected_error, surprise, thresholds
from indexer.understanding.tags.logistic import Matrix, sigmoid


@pytest.fixture
def scores() -> Matrix:
    return np.random.default_rng(2).normal(0, 4, (4000, 1)).astype(np.float32)


def test_scores_that_are_too_sure_are_put_right(scores: Matrix) -> None:
    chance = sigmoid((scores / 2 - 1).astype(np.float32))
    labels = (np.random.default_rng(3).random(scores.shape) < chance).astype(np.float32)

    found = calibrate(scores, labels, np.ones_like(labels))

    assert found.slope == pytest.approx(0.5, abs=0.06)
    assert found.shift == pytest.approx(-1, abs=0.2)
    assert expected_error(found.probabilities(scores)[:, 0], labels[:, 0]) < 0.03
    assert expected_error(sigmoid(scores)[:, 0], labels[:, 0]) > 0.05


def test_labels_of_one_sort_teach_no_calibration(scores: Matrix) -> None:
    assert calibrate(scores, np.zeros_like(scores), np.ones_like(scores)) == Calibration()


def test_scores_that_run_against_the_labels_say_how_frequent_they_are() -> None:
    scores = np.array([[-1], [-1], [1], [1]], dtype=np.float32)
    labels = np.array([[1], [1], [0], [1]], dtype=np.float32)

    found = calibrate(scores, labels, np.ones_like(labels))

    assert found.slope == 0
    np.testing.assert_allclose(found.probabilities(scores), 0.75, atol=0.01)


def test_a_label_is_said_where_its_own_pieces_begin() -> None:
    chances = np.repeat(np.array([[0.2], [0.3], [0.6], [0.7]], np.float32), 100, axis=0)
    labels = (chances > 0.5).astype(np.float32)

    assert 0.3 < thresholds(chances, labels, np.ones_like(labels))[0] <= 0.6


def test_a_label_of_few_pieces_keeps_near_the_others() -> None:
    often = np.repeat(np.array([0.2, 0.7], np.float32), 200)
    rare = np.full(400, 0.01, np.float32)
    rare[-1] = 0.9
    chances = np.stack([often, often, rare], axis=1)
    labels = (chances > 0.5).astype(np.float32)

    first, _, last = thresholds(chances, labels, np.ones_like(labels))

    assert last == pytest.approx(first, abs=0.05)


def test_what_was_not_asked_counts_nowhere() -> None:
    chances = np.array([[0.9], [0.1], [0.9]], np.float32)
    labels = np.array([[1], [0], [0]], np.float32)
    asked = np.array([[1], [1], [0]], np.float32)

    assert calibrate(chances, labels, asked).slope > 0


def test_no_answer_has_no_error() -> None:
    assert expected_error(np.empty(0, np.float32), np.empty(0, np.float32)) == 0


def test_right_and_sure_is_no_surprise_and_wrong_and_sure_is_a_great_one() -> None:
    labels = np.array([[1], [0]], np.float32)
    asked = np.ones_like(labels)

    sure, unsure, wrong = (surprise(chances, labels, asked) for chances in (labels, labels * 0 + 0.5, 1 - labels))

    assert sure < 0.01 < unsure < 1 < wrong
    assert surprise(labels, labels, asked * 0) == 0


def one_label_each(*, count: int = 3000) -> tuple[Matrix, Matrix]:
    """Scores of pieces that have one label each, by the softmax of half of the scores, and the labels."""
    random = np.random.default_rng(5)
    scores = random.normal(0, 4, (count, 4)).astype(np.float32)
    powers = np.exp(scores / 2)
    chances = powers / powers.sum(axis=1, keepdims=True)
    chosen = (chances.cumsum(axis=1) > random.random((count, 1))).argmax(axis=1)
    return scores, np.eye(4, dtype=np.float32)[chosen]


def test_where_a_piece_has_one_label_alone_the_others_are_held_against_it() -> None:
    scores, labels = one_label_each()

    found = calibrate(scores, labels, np.ones_like(labels)).probabilities(scores)

    sure, right = found.max(axis=1), labels[np.arange(len(labels)), found.argmax(axis=1)]
    assert expected_error(sure, right) < 0.02
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=0.1)


def test_labels_that_stand_beside_each_other_are_not_held_against_each_other() -> None:
    scores = np.random.default_rng(6).normal(0, 3, (3000, 3)).astype(np.float32)
    labels = (np.random.default_rng(7).random(scores.shape) < sigmoid(scores)).astype(np.float32)

    found = calibrate(scores, labels, np.ones_like(labels))

    assert found.slope == pytest.approx(1, abs=0.1)
    assert abs(found.lead) < 0.1


def test_scores_so_high_that_their_exponents_are_no_numbers_give_probabilities() -> None:
    found = Calibration(0.5, 0.0, 1.0, 4.0).probabilities(np.array([[900, -900, 0], [1, 1, 1]], np.float32))

    assert np.isfinite(found).all()
    assert found[0, 0] == pytest.approx(1)


def test_a_label_alone_has_nothing_to_be_ahead_of(scores: Matrix) -> None:
    labels = (scores > 0).astype(np.float32)

    assert calibrate(scores, labels, np.ones_like(labels)).lead == 0
