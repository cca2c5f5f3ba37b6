"""Keep the vectors of a taxonomy's prototypes on disk, so that each start need not embed them anew."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.understanding.embeddings.port import Embedder, Vectors


def kept_passages(embedder: Embedder, texts: Sequence[str], *, folder: Path) -> Vectors:
    """Return the embedder's passages, worked out once for this embedder and exactly these texts.

    A file that cannot be read, or holds another number of vectors, is written anew.
    """
    key = hashlib.sha256(json.dumps([embedder.name, *texts]).encode()).hexdigest()
    path = folder / f"{key[:32]}.npy"
    shape = (len(texts), embedder.dimensions)
    if (held := _read(path)) is not None and held.shape == shape:
        return held
    vectors = embedder.passages(texts)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.stem}.{os.getpid()}.new.npy")
    np.save(fresh, vectors, allow_pickle=False)
    fresh.replace(path)  # in one step: several processes may start at once
    return vectors


def _read(path: Path) -> Vectors | None:
    try:
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float32)
    except (OSError, ValueError, EOFError):  # missing, cut short, or another format
        return None
