"""Fit a tagger to lessons: shipped pieces, the taxonomy's own sentences, what editors corrected."""

from collections.abc import Mapping, Sequence

import numpy as np

from config.taxonomy import Taxonomy
from indexer.catalogue.items import ItemKind
from indexer.understanding.results import Facet
from indexer.understanding.tags.calibration import calibrate, thresholds
from indexer.understanding.tags.features import Features, categories_of
from indexer.understanding.tags.logistic import Matrix, Rotated, fit, rotate
from indexer.understanding.tags.model import OFF_TOPIC, Head, Model
from indexer.understanding.tags.port import NO_IDS, Lesson, Piece
from indexer.understanding.tags.words import readable_part, tokens

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

STRENGTH = 20.0  # of the lessons beside the penalty
FOLDS = 5  # parts of the lessons, each of which is once left out to see how sure a classifier may be
Labels = Mapping[Facet, Sequence[str]]


def labels_of(taxonomy: Taxonomy) -> Labels:
    """Return the ids of each facet that a tagger says, in the order of the file. Pure."""
    return {facet: tuple(one.id for one in some) for facet, some in categories_of(taxonomy).items()}


def fit_model(lessons: Sequence[Lesson], labels: Labels, *, embedder: str, taxonomy: Taxonomy | None = None) -> Model:
    """Return the tagger that the lessons teach. Pure: the same lessons give the same.

    A label that no lesson has is never said. Lessons are split by their place in the order given: keep it. taxonomy:
    whose keywords are looked at. Costs n³ in lessons: some 1,000 take two seconds. Raises ValueError without lessons.
    """
    if not lessons:
        raise ValueError("a tagger needs lessons")
    pieces = [lesson.piece for lesson in lessons]
    features = Features.learn(pieces, taxonomy)
    rows = _rows(features, pieces)
    plain = rotate(rows[:, : features.without_kind])
    heads = [
        _head(facet, names, plain, _answers(lessons, facet, names))
        for facet, names in labels.items()
        if facet is not Facet.FORM
    ]
    if Facet.FORM in labels:
        heads.append(_form_head(features, lessons, labels[Facet.FORM], rows))
    if any(lesson.off_topic is not None for lesson in lessons):
        heads.append(_head(OFF_TOPIC, (OFF_TOPIC,), plain, _off_topic(lessons)))
    return Model(embedder, features, tuple(heads))


def _rows(features: Features, pieces: Sequence[Piece]) -> Matrix:
    return features.matrix(pieces, [tokens(readable_part(piece.title, piece.text)) for piece in pieces])


def _form_head(features: Features, lessons: Sequence[Lesson], names: Sequence[str], rows: Matrix) -> Head:
    """Fit forms, which look at the kind too. Many sources call all an article: an activity is learned as one, too."""
    labels, weights = _answers(lessons, Facet.FORM, names)
    other = [place for place, lesson in enumerate(lessons) if lesson.piece.kind is ItemKind.ACTIVITY]
    again = rows[other].copy()
    again[:, features.without_kind :] = 0
    again[:, features.without_kind + list(ItemKind).index(ItemKind.ARTICLE)] = 1
    folds = np.concatenate([np.arange(len(lessons)), other]) if other else np.arange(len(lessons))
    answers = np.vstack([labels, labels[other]]), np.vstack([weights, weights[other]])
    return _head(Facet.FORM, names, rotate(np.vstack([rows, again])), answers, places=folds)


def _head(
    name: str, labels: Sequence[str], rotated: Rotated, answers: tuple[Matrix, Matrix], places: Matrix | None = None
) -> Head:
    """Fit one head; places: which lesson each row is of, so that no fold knows the row it is asked."""
    right, weights = answers
    folds = (np.arange(len(right)) if places is None else places) % FOLDS
    unseen = np.zeros_like(right)
    for fold in range(FOLDS):
        learned, asked = folds != fold, folds == fold
        weight, bias = fit(rotated.rows[learned], right[learned], weights[learned], strength=STRENGTH)
        unseen[asked] = rotated.rows[asked] @ weight + bias
    calibration = calibrate(unseen, right, weights)
    least = thresholds(calibration.probabilities(unseen), right, weights)
    never = (right * weights).sum(axis=0) == 0
    weight, bias = fit(rotated.rows, right, weights, strength=STRENGTH)
    return Head(name, tuple(labels), rotated.back @ weight, bias, calibration, np.where(never, np.float32(2), least))


def _answers(lessons: Sequence[Lesson], facet: Facet, names: Sequence[str]) -> tuple[Matrix, Matrix]:
    """Return which labels are right, and how much each answer counts: (lessons, labels) both."""
    right = np.zeros((len(lessons), len(names)), dtype=np.float32)
    weights = np.zeros_like(right)
    for row, lesson in enumerate(lessons):
        if facet not in lesson.tags:
            continue
        own, unsure = lesson.tags[facet], lesson.unsure.get(facet, NO_IDS)
        right[row] = [name in own for name in names]
        weights[row] = [lesson.weight * (name in own or name not in unsure) for name in names]
    return right, weights


def _off_topic(lessons: Sequence[Lesson]) -> tuple[Matrix, Matrix]:
    right = np.array([[lesson.off_topic is True] for lesson in lessons], dtype=np.float32)
    known = [[lesson.weight * (lesson.off_topic is not None)] for lesson in lessons]
    return right, np.array(known, dtype=np.float32)
