"""Fit a tagger to lessons: shipped pieces, the taxonomy's own sentences, what editors corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from config.taxonomy import Taxonomy
from indexer.catalogue.items import ItemKind
from indexer.understanding.results import Facet
from indexer.understanding.tags.calibration import SURE, calibrate, surprise, thresholds
from indexer.understanding.tags.features import KINDS, Features, categories_of
from indexer.understanding.tags.logistic import Matrix, Rotated, fit, rotate
from indexer.understanding.tags.model import NEVER, OFF_TOPIC, Head, Model
from indexer.understanding.tags.port import NO_IDS, Lesson
from indexer.understanding.tags.words import readable_part, tokens

VERSION = 3  # counts up with every change of what comes out, which is then done again (recipe.py)

# Of the lessons beside the penalty: which of them is better is asked of lessons not learned.
STRENGTHS = (0.5, 2.0, 10.0)
# Parts of the lessons, each of which is once left out to see how sure a classifier may be. Of few lessons a fifth less
# is felt: those that learned from nine tenths are more like the one that speaks.
FOLDS, FOLDS_OF_FEW, FEW = 5, 10, 600
# Pieces that others wrote are less like the lessons than the lessons are like each other, and get lower probabilities:
# a topic, an action is said from this part of the threshold that is best among the lessons. Every piece has a form, the
# surest one at least, and audiences are said wrongly before they are said more often: there nothing is lowered.
EARLIER, EARLIER_IN = 0.65, frozenset({Facet.TOPIC, Facet.ACTION})
ABOVE_TRAP = 0.01  # more than numbers of half the size, as they are stored, are apart
Labels = Mapping[Facet, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of each row: (rows, labels) right, 0 or 1, and weights, how much each answer counts.

    lessons: (rows), which lesson each row is of: no fold knows the lesson it is asked. is_whole: (rows), see Lesson.
    """

    right: Matrix
    weights: Matrix
    lessons: NDArray[np.int_]
    is_whole: Matrix

    def of(self, rows: Sequence[int]) -> "Answers":
        """Return the answers of these rows. Pure."""
        return Answers(self.right[rows], self.weights[rows], self.lessons[rows], self.is_whole[rows])


def labels_of(taxonomy: Taxonomy) -> Labels:
    """Return the ids of each facet that a tagger says, in the order of the file. Pure."""
    return {facet: tuple(one.id for one in some) for facet, some in categories_of(taxonomy).items()}


def fit_model(lessons: Sequence[Lesson], labels: Labels, *, embedder: str, taxonomy: Taxonomy | None = None) -> Model:
    """Return the tagger that the lessons teach. Pure: the same lessons give the same.

    A label that no lesson has is said where a keyword of it stands, and nowhere else.
    Lessons are split by their place in the order given: keep it. taxonomy:
    whose keywords are looked at. Costs n³ in lessons: some 1,000 take two seconds. Raises ValueError without lessons.
    """
    if not lessons:
        raise ValueError("a tagger needs lessons")
    pieces = [lesson.piece for lesson in lessons]
    features = Features.learn(pieces, taxonomy)
    rows = features.matrix(pieces, [tokens(readable_part(piece.title, piece.text)) for piece in pieces])
    plain = rotate(rows[:, : features.without_kind])
    heads = [
        _head(facet, names, plain, _answers(lessons, facet, names))
        for facet, names in labels.items()
        if facet is not Facet.FORM and names
    ]
    if labels.get(Facet.FORM):
        heads.append(_form_head(features, lessons, labels[Facet.FORM], rows))
    if any(lesson.off_topic is not None for lesson in lessons):
        heads.append(_head(OFF_TOPIC, (OFF_TOPIC,), plain, _off_topic(lessons)))
    return Model(embedder, features, tuple(heads))


def _form_head(features: Features, lessons: Sequence[Lesson], names: Sequence[str], rows: Matrix) -> Head:
    """Fit forms, which look at the kind too. Many sources call all an article: an activity is learned as one, too."""
    other = [place for place, lesson in enumerate(lessons) if lesson.piece.kind is ItemKind.ACTIVITY]
    again = rows[other].copy()
    again[:, features.without_kind :] = 0
    again[:, features.without_kind + KINDS.index(ItemKind.ARTICLE)] = 1
    answers = _answers(lessons, Facet.FORM, names).of([*range(len(lessons)), *other])
    return _head(Facet.FORM, names, rotate(np.vstack([rows, again])), answers)


def _head(name: str, labels: Sequence[str], rotated: Rotated, answers: Answers) -> Head:
    right, weights = answers.right, answers.weights
    measured = weights * answers.is_whole[:, None]
    tried = []
    for strength in STRENGTHS:
        folded = _folded(rotated.rows, answers, strength)
        calibration = calibrate(folded.unseen, right, measured)
        chances = calibration.probabilities(folded.unseen)
        tried.append((surprise(chances, right, measured), folded, calibration, chances))
    _, folded, calibration, chances = min(tried, key=lambda one: one[0])
    never = (right * weights).sum(axis=0) == 0
    earlier = EARLIER if name in EARLIER_IN else 1.0
    least = thresholds(chances, right, measured) * np.float32(earlier)
    speaking = calibration.probabilities(rotated.rows @ folded.weight + folded.bias)
    least = np.where(never, NEVER, np.maximum(least, above_traps(speaking, answers)))
    return Head(name, tuple(labels), rotated.back @ folded.weight, folded.bias, calibration, least)


def above_traps(chances: Matrix, answers: Answers) -> Matrix:
    """Return for each label what lies above all lone sentences that were written because they have none."""
    traps = (answers.is_whole == 0) & (answers.right.sum(axis=1) == 0)
    heard = np.where(answers.weights[traps] > 0, chances[traps] + ABOVE_TRAP, 0)
    return np.asarray(np.minimum(heard.max(axis=0, initial=0), SURE), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Folded:
    """unseen: (rows, labels), the scores of each row by what was learned from the other folds.

    weight, bias: the mean of all folds', which speaks: one that is fitted to all lessons again would be surer than
    those whose sureness was measured.
    """

    unseen: Matrix
    weight: Matrix
    bias: Matrix


def _folded(rows: Matrix, answers: Answers, strength: float) -> _Folded:
    right, weights = answers.right, answers.weights
    folds = FOLDS_OF_FEW if len(rows) < FEW else FOLDS
    unseen, found = np.zeros_like(right), []
    for fold in range(folds):
        asked = answers.lessons % folds == fold
        weight, bias = fit(rows[~asked], right[~asked], weights[~asked], strength=strength)
        unseen[asked] = rows[asked] @ weight + bias
        found.append((weight, bias))
    return _Folded(unseen, np.mean([one for one, _ in found], axis=0), np.mean([one for _, one in found], axis=0))


def _answers(lessons: Sequence[Lesson], facet: Facet, names: Sequence[str]) -> Answers:
    right = np.zeros((len(lessons), len(names)), dtype=np.float32)
    weights = np.zeros_like(right)
    for row, lesson in enumerate(lessons):
        if facet in lesson.tags:
            own, unsure = lesson.tags[facet], lesson.unsure.get(facet, NO_IDS)
            right[row] = [name in own for name in names]
            weights[row] = [lesson.weight * (name in own or name not in unsure) for name in names]
    return Answers(right, weights, np.arange(len(lessons)), _whole(lessons))


def _off_topic(lessons: Sequence[Lesson]) -> Answers:
    right = np.array([[lesson.off_topic is True] for lesson in lessons], dtype=np.float32)
    known = [[lesson.weight * (lesson.off_topic is not None)] for lesson in lessons]
    return Answers(right, np.array(known, dtype=np.float32), np.arange(len(lessons)), _whole(lessons))


def _whole(lessons: Sequence[Lesson]) -> Matrix:
    return np.array([lesson.is_whole for lesson in lessons], dtype=np.float32)
