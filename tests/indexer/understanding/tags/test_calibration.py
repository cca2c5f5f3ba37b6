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
