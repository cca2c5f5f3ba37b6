"""The shipped tagger over the campaign's labelled pieces, label by label, beside two baselines."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table

from indexer.understanding.results import Facet
from indexer.understanding.tags.fitting import labels_of as ids_of
from indexer.understanding.tags.learned import LearnedTagger
from indexer.understanding.tags.logistic import Matrix, fit, rotate
from indexer.understanding.tags.opening import SHIPPED, tagger_version
from indexer.understanding.tags.port import Piece, Said
from indexer.understanding.tags.stored import read_model
from tests.quality.understanding.tagged import before
from tests.quality.understanding.tagged.data import (
    FACETS,
    Rows,
    Yes,
    data_of,
    embedder,
    labels_of,
    pieces_of,
    taxonomy,
    vectors_of,
)

GOALS = {"topics": 0.80, "audiences": 0.80, "actions": 0.80, "forms": 0.75}
LEAST_AUC, MOST_GIVEN = 0.95, 0.10  # of off-topic pieces: told apart; given a topic
FOLDS, STRENGTH = 5, 10.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Of each label: precision, recall, F1."""

    precision: Matrix
    recall: Matrix
    f1: Matrix


def score(said: Yes, right: Yes, either: Yes) -> Scores:
    """Return the scores of what was said; what may stand or not counts neither way."""
    hits, wrong, missed = said & right, said & ~right & ~either, right & ~said
    hit, too_much, too_few = (part.sum(axis=0).astype(np.float32) for part in (hits, wrong, missed))
    return Scores(
        hit / np.maximum(hit + too_much, 1),
        hit / np.maximum(hit + too_few, 1),
        2 * hit / np.maximum(2 * hit + too_much + too_few, 1),
    )


def auc(scores: Matrix, right: Yes) -> float:
    """Return how often a piece that has the label scores above one that has it not."""
    above = scores[right][:, None] - scores[~right][None, :]
    return float(((above > 0) + (above == 0) / 2).mean())


def folded(pieces: Sequence[Piece], right: Yes, either: Yes) -> Yes:
    """Return what logistic regression on the vectors says of each fifth after it learned from the others."""
    vectors = np.stack([piece.vector for piece in pieces])
    rows = rotate(_centred(vectors)).rows
    said = np.zeros_like(right)
    for fold in range(FOLDS):
        asked = np.arange(len(rows)) % FOLDS == fold
        weights = (~either[~asked]).astype(np.float32)
        count = np.maximum((right[~asked] * weights).sum(axis=0), 1)
        weights = np.where(right[~asked], weights * (len(weights) - count) / count, weights).astype(np.float32)
        weight, bias = fit(rows[~asked], right[~asked].astype(np.float32), weights, strength=STRENGTH)
        said[asked] = rows[asked] @ weight + bias > 0
    return said


def _centred(vectors: Matrix) -> Matrix:
    apart = vectors - vectors.mean(axis=0)
    return np.asarray(apart / np.linalg.norm(apart, axis=1, keepdims=True), dtype=np.float32)


def said_before(rows: Rows, pieces: Sequence[Piece], name: str) -> list[set[str]]:
    """Return what the tagger before this one says."""
    categories = taxonomy().categories[name]
    if name == "forms":
        forms = before.FormTagger(categories)
        return [{tag.id for tag in forms.tags(one.title, one.text, one.kind)} for one in pieces]
    vectors = vectors_of(before.prototype_texts(categories))
    tagger = before.Tagger(FACETS[name], categories, vectors, needs_keyword=name != "topics")
    return [{tag.id for tag in tagger.tags(one.title, one.text, one.vector)} for one in pieces]


def shipped() -> LearnedTagger:
    """Return the tagger as it ships."""
    version = tagger_version(taxonomy(), embedder().name)
    return LearnedTagger(read_model(SHIPPED, taxonomy(), version=version), version=version)


def measure(console: Console) -> tuple[list[str], str]:
    """Print the tables; return the goals that are missed, and the figures in a line."""
    rows = [row for _, some in data_of("tags") for row in some]
    pieces = pieces_of(rows)
    said = shipped().say(pieces)
    missed, figures = [], []
    for name, facet in FACETS.items():
        value, others = _facet(console, rows, pieces, said, name, facet)
        figures.append(f"{name} {value:.2f} (before {others[0]:.2f}, LR {others[1]:.2f})")
        if value < max(GOALS[name], *others):
            missed.append(f"{name}: macro-F1 {value:.3f} < {max(GOALS[name], *others):.3f}")
    off = np.array([row["off_topic"] for row in rows])
    apart = auc(np.array([one.off_topic for one in said]), off)
    given = float(np.mean([any(tag.facet is Facet.TOPIC for tag in one.tags) for one in np.array(said)[off]]))
    figures.append(f"off-topic AUC {apart:.3f}, given a topic {given:.2f}")
    if apart < LEAST_AUC or given > MOST_GIVEN:
        missed.append(f"off topic: AUC {apart:.3f} (goal {LEAST_AUC}), given a topic {given:.2f} (goal {MOST_GIVEN})")
    return missed, f"{len(rows)} pieces, macro-F1 {', '.join(figures)}"


def _facet(
    console: Console, rows: Rows, pieces: Sequence[Piece], said: Sequence[Said], name: str, facet: Facet
) -> tuple[float, tuple[float, float]]:
    ids = ids_of(taxonomy())[facet]
    right, either = labels_of(rows, name, ids)
    ours = score(_matrix([{tag.id for tag in one.tags if tag.facet is facet} for one in said], ids), right, either)
    earlier = score(_matrix(said_before(rows, pieces, name), ids), right, either)
    learned = score(folded(pieces, right, either), right, either)
    table = Table(name, "pieces", "precision", "recall", "F1", "F1 before", "F1 LR, five folds")
    for place, one in enumerate(ids):
        figures = (ours.precision, ours.recall, ours.f1, earlier.f1, learned.f1)
        table.add_row(one, str(right[:, place].sum()), *(f"{each[place]:.2f}" for each in figures))
    means = [float(each.mean()) for each in (ours.precision, ours.recall, ours.f1, earlier.f1, learned.f1)]
    table.add_row("macro", str(right.sum()), *(f"{mean:.2f}" for mean in means), style="bold")
    console.print(table)
    return means[2], (means[3], means[4])


def _matrix(found: Sequence[set[str]], ids: Sequence[str]) -> Yes:
    return np.array([[one in held for one in ids] for held in found], dtype=bool)
