"""Any sentence-transformers model by name or folder (extra `transformers`)."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.embeddings.port import Vectors
from indexer.embeddings.wording import told_to_the_model

E5_PREFIXES = ("query: ", "passage: ")


class SentenceTransformersEmbedder:
    """model: a name or a folder. Models of the e5 family get their prefixes; others are told the bare text."""

    def __init__(self, model: str) -> None:
        # Here and not at the top: an optional package that takes seconds to import (torch).
        from sentence_transformers import SentenceTransformer

        self._model: Any = SentenceTransformer(model, device="cpu")
        self._query, self._passage = E5_PREFIXES if "e5" in model.lower() else ("", "")
        self._lock = threading.Lock()
        self.name = f"sentence-transformers/{model}"
        self.dimensions = int(self._model.get_sentence_embedding_dimension())

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed([self._passage + told_to_the_model(text) for text in texts])

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed([self._query + told_to_the_model(text) for text in texts])

    def _embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)
