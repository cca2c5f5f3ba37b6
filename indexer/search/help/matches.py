"""Places where help found what may be meant, gathered to the strings that stand there, the likeliest first."""

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.help.known import Kind, Known

READ = 3000  # places that are looked at one by one
WORD_BONUS = 0.12  # where a word begins or ends there: who types part of a title keeps to its words
KIND_BONUS = {Kind.TOPIC: 0.15, Kind.UNIT: 0.15, Kind.TITLE: 0.05, Kind.WORD: 0.05}
START_BONUS = 0.05  # where a title begins so
OFTEN_BONUS = 0.04  # for each doubling of the pieces that hold it


@dataclass(frozen=True, slots=True)
class Match:
    """text: folded, as it stands in a phrase. cost: how far it lies from what was typed. score: higher is likelier."""

    text: str
    cost: float
    score: float


@dataclass(frozen=True, slots=True)
class Places:
    """Where something was found: from and until which position, at what cost; arrays of one length."""

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    costs: NDArray[np.float64]


def matches(known: Known, places: Places, *, limit: int) -> list[Match]:
    """Return what stands at these places, each string once, the likeliest first."""
    if not len(places.starts):
        return []
    bonus = WORD_BONUS * (known.starts[places.starts].astype(np.float64) + known.starts[places.ends])
    scores = bonus - places.costs
    read = np.argsort(-scores, kind="stable")[:READ]
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for place in read:
        start, end = int(places.starts[place]), int(places.ends[place])
        phrase, before = known.phrase_at(start)
        text = known.text[start:end]
        at_start = START_BONUS if before == 0 else 0.0
        score = float(scores[place]) + KIND_BONUS[phrase.kind] + at_start
        found[text].append((score, float(places.costs[place])))
        counts[text] += phrase.count
    told = [
        Match(text, min(cost for _, cost in seen), max(seen)[0] + OFTEN_BONUS * math.log2(counts[text]))
        for text, seen in found.items()
    ]
    return sorted(told, key=lambda one: (-one.score, one.text))[:limit]
