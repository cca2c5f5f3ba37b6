"""What rules by examples need of the deployment's embedder: opened only where a policy has such rules."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from config.policy import Policy
from config.settings import Settings
from indexer.understanding.embeddings.cache import kept_passages
from indexer.understanding.embeddings.factory import open_embedder
from indexer.understanding.embeddings.port import Embedder
from indexer.understanding.policies.check import NO_MEANING, Meaning
from indexer.understanding.policies.like import examples_of

EXAMPLES = "examples"  # folder of the vectors of rules' examples, in the data folder


def meaning_of(policy: Policy, embedder: Embedder, settings: Settings) -> Meaning:
    """Return the vectors of the rules' examples, embedded once or read back; none where no rule has any."""
    if not examples_of(policy.rules):
        return NO_MEANING
    of: dict[str, NDArray[np.float32]] = {}
    for rule in policy.rules:  # each rule's by themselves, so that whoever looks at one rule finds them kept
        if texts := examples_of([rule]):
            of |= zip(texts, kept_passages(embedder, texts, folder=settings.data_folder / EXAMPLES), strict=True)
    return Meaning(of, embedder.scale.cosine, embedder.name)


def opened_meaning(policy: Policy, settings: Settings, *, also: Sequence[str] = ()) -> Meaning:
    """Return the same with the embedder of the settings, which is loaded only for such rules. Raises ModelMissing.

    also: further texts whose vectors are wanted; they are embedded anew and not kept.
    """
    if not examples_of(policy.rules):
        return NO_MEANING
    embedder = open_embedder(settings)
    known = meaning_of(policy, embedder, settings)
    return Meaning({**known.of, **dict(zip(also, embedder.passages(also), strict=True))}, known.scaled, known.embedder)
