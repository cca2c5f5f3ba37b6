"""The offence model: how much a short text reads like an offensive comment. Numbers alone, no text.

`offence.npz` was fitted by `python tests/quality/understanding/fit_offence.py` on the dev portion of COLD
(thu-coai/COLDataset, Apache-2.0) and on nothing else; what it is worth says `make quality-offence`. It holds a weight
and a rarity for each bucket of hashed terms, eight bits each, and two numbers that make a probability of the sum. It
knows comments on race, region and gender: of other texts it says little, and so it only ever says "look".
"""

import math
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from indexer.understanding.policies.offence_terms import BUCKETS, Terms, terms

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

FILE = Path(__file__).with_name("offence.npz")
LEVELS = 127


class ModelBroken(ValueError):
    """The file of the model is missing, cut short or of another kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OffenceModel:
    """weights, rarity: (BUCKETS,) float32, 0 where a term is unknown. slope, bias: of the logistic curve."""

    weights: NDArray[np.float32]
    rarity: NDArray[np.float32]
    slope: float
    bias: float

    def probability(self, text: str) -> float:
        """Return how likely the text is offensive, 0 to 1, as the comments that it was fitted on go. Pure."""
        return 1 / (1 + math.exp(-(self.slope * self.score(text) + self.bias)))

    def score(self, text: str) -> float:
        """Return the sum of the weights of what stands in the text; characters, words and syllables count alike."""
        return sum(self._of(kind) for kind in terms(text))

    def _of(self, found: Terms) -> float:
        ids, values = values_of(found, self.rarity)
        return float(values @ self.weights[ids])


def values_of(found: Terms, rarity: NDArray[np.float32]) -> tuple[Terms, NDArray[np.float32]]:
    """Return the terms, each once, and what each is worth: rare and repeated ones more; of unit length together."""
    ids, counts = np.unique(found, return_counts=True)
    values = ((1 + np.log(counts)) * rarity[ids]).astype(np.float32)
    length = float(np.linalg.norm(values))
    return ids, values / length if length else values


@cache
def offence_model(path: Path = FILE) -> OffenceModel:
    """Return the shipped model, read once. Raises ModelBroken."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        weights, rarity, scale = arrays["weights"], arrays["rarity"], arrays["scale"]
    except (OSError, ValueError, EOFError, KeyError, BadZipFile) as error:
        raise ModelBroken(f"{path.name} cannot be read as the offence model: install it anew") from error
    if weights.shape != (BUCKETS,) or rarity.shape != (BUCKETS,) or scale.shape != (4,):
        raise ModelBroken(f"{path.name} has another shape than this code reads: install it anew")
    return OffenceModel(
        weights=weights.astype(np.float32) * np.float32(scale[0]),
        rarity=rarity.astype(np.float32) * np.float32(scale[1]),
        slope=float(scale[2]),
        bias=float(scale[3]),
    )
