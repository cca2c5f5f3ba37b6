"""Fit the offence model anew: `python tests/quality/understanding/fit_offence.py` writes `offence.npz`.

Fitted on the rows of COLD that are meant for it (`offence_cold_dev`, Apache-2.0), and on nothing else. Two regressions
over the same hashed terms are put together, one of the terms as they are and one of terms weighed by how differently
the two labels use them: the first is steadier under disguise, the second is better where nothing is disguised. The
logistic curve is fitted on a fifth that the weights of that step have not seen. Eight bits a number are kept.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

import numpy as np
from rich.console import Console

from indexer.understanding.policies.offence_model import FILE, LEVELS, values_of
from indexer.understanding.policies.offence_terms import BUCKETS, terms
from tests.quality.understanding.linear import Floats, Rows, fit
from tests.quality.understanding.offence import rows_of

SHARE = 0.2  # of the regression over weighed terms
LEAST_TEXTS = 2  # that hold a term, for it to count


def rarity_of(texts: list[str]) -> Floats:
    """Return the rarity of each bucket; 0 where fewer than LEAST_TEXTS hold it."""
    seen = np.zeros(BUCKETS)
    for text in texts:
        seen[np.unique(np.concatenate(terms(text)))] += 1
    return np.where(seen >= LEAST_TEXTS, np.log((1 + len(texts)) / (1 + seen)) + 1, 0.0)


def rows(texts: list[str], rarity: Floats) -> Rows:
    """Return the texts as rows over the buckets."""
    made = []
    for text in texts:
        parts = [values_of(kind, rarity.astype(np.float32)) for kind in terms(text)]
        made.append((np.concatenate([ids for ids, _ in parts]), np.concatenate([values for _, values in parts])))
    return Rows.of(made, columns=BUCKETS)


def weights_of(given: Rows, labels: Floats, rarity: Floats) -> Floats:
    """Return both regressions as one."""
    plain, _ = fit(given, labels)
    is_one = labels[given.row] == 1
    ones = np.bincount(given.index, is_one, BUCKETS) + 1
    noughts = np.bincount(given.index, ~is_one, BUCKETS) + 1
    leaning = np.where(rarity > 0, np.log((ones / ones.sum()) / (noughts / noughts.sum())), 0.0)
    weighed, _ = fit(given.times(leaning), labels)
    weighed *= leaning
    spreads = given.dot(plain).std(), given.dot(weighed).std()
    mixed: Floats = (1 - SHARE) * plain / spreads[0] + SHARE * weighed / spreads[1]
    return mixed


def curve(scores: Floats, labels: Floats) -> tuple[float, float]:
    """Return slope and bias of the logistic curve over the scores."""
    one = Rows.of([(np.zeros(1, dtype=np.int64), np.array([score])) for score in scores], columns=1)
    slope, bias = fit(one, labels, strength=1e6)
    return float(slope[0]), bias


def main() -> None:
    """Write the model."""
    given = rows_of("cold_dev")
    texts, labels = [row["text"] for row in given], np.array([float(row["label"]) for row in given])
    rarity = rarity_of(texts)
    every = rows(texts, rarity)
    is_kept = np.arange(len(texts)) % 5 == 0
    seen = rows([text for text, kept in zip(texts, is_kept, strict=True) if not kept], rarity)
    unseen = rows([text for text, kept in zip(texts, is_kept, strict=True) if kept], rarity)
    slope, bias = curve(unseen.dot(weights_of(seen, labels[~is_kept], rarity)), labels[is_kept])
    weights = weights_of(every, labels, rarity)
    step, rare = np.abs(weights).max() / LEVELS, rarity.max() / (2 * LEVELS)
    np.savez_compressed(
        FILE,
        weights=np.round(weights / step).astype(np.int8),
        rarity=np.round(rarity / rare).astype(np.uint8),
        scale=np.array([step, rare, slope, bias]),
    )
    said = f"{FILE.name}: {len(texts)} texts, {int((rarity > 0).sum())} terms, {FILE.stat().st_size:,} bytes"
    Console().print(f"{said}, slope {slope:.2f}, bias {bias:.2f}")


if __name__ == "__main__":
    main()
