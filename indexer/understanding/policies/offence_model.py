"""The offence model: how much a short text reads like an offensive comment. Numbers alone, no text.

`offence.npz` was fitted by `python tests/quality/understanding/fit_offence.py` on the dev portion of COLD
(thu-coai/COLDataset, Apache-2.0) and on nothing else; what it is worth says `make quality-offence`. It holds a weight
and a rarity for each bucket of hashed terms, eight bits each, and two numbers that make a probability of the sum. It
knows comments on race, region and gender: of other texts it says little, and so it only ever says "look".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from indexer.understanding.policies.offence_terms import BITS, BUCKETS, Owned, Owners, Terms, terms_of

VERSION = 1  # counts up with every change of what comes out, which is then done again (recipe.py)

FILE = Path(__file__).with_name("offence.npz")
LEVELS = 127
OWNER = np.uint64(BITS)  # bits that a term takes


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
        return float(self.probabilities([text])[0])

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return (n,): the same of each of some texts, which are read in one go. Pure."""
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-(self.slope * self.scores(texts) + self.bias)))
        return chances

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return (n,): the sum of the weights of what stands in each; characters, words and syllables count alike."""
        chars, words, sounds = (self._of(kind, len(texts)) for kind in terms_of(texts))
        return chars + words + sounds

    def _of(self, found: Owned, count: int) -> NDArray[np.float64]:
        owners, ids, values = _worth(found, self.rarity)
        lengths = np.sqrt(np.bincount(owners, values * values, count))
        summed = np.bincount(owners, values * self.weights[ids], count)
        return np.divide(summed, lengths, out=np.zeros(count), where=lengths > 0)


def values_of(found: Terms, rarity: NDArray[np.float32]) -> tuple[Terms, NDArray[np.float32]]:
    """Return the terms, each once, and what each is worth: rare and repeated ones more; of unit length together."""
    _, ids, values = _worth(Owned(found, np.zeros(len(found), dtype=np.intp)), rarity)
    length = float(np.linalg.norm(values))
    return ids, values / length if length else values


def _worth(found: Owned, rarity: NDArray[np.float32]) -> tuple[Owners, Terms, NDArray[np.float32]]:
    """Return the terms of each text, each once, and what each is worth there."""
    keys, counts = np.unique((found.owners.astype(np.uint64) << OWNER) | found.numbers, return_counts=True)
    ids = (keys & np.uint64(BUCKETS - 1)).astype(np.uint32)
    return (keys >> OWNER).astype(np.intp), ids, ((1 + np.log(counts)) * rarity[ids]).astype(np.float32)


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
