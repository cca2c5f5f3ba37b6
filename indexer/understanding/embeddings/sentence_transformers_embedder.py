"""The embedder for any sentence-transformers model, from a folder or downloaded once (extra `transformers`)."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.understanding.embeddings.model_folder import model_folder, name_of_model
from indexer.understanding.embeddings.port import Vectors
from indexer.understanding.embeddings.prompts import prompts_of
from indexer.understanding.embeddings.scale import UNRELATED, measure
from indexer.understanding.embeddings.wording import truncate_for_model

BATCH = 32  # texts a call of the model


class SentenceTransformersEmbedder:
    """Embeds with one such model: a folder, or `hub:OWNER/NAME`. Prompts are put before texts, see `prompts_of`."""

    def __init__(self, model: str) -> None:
        # Here and not at the top: an optional package that takes seconds to import (torch).
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # of 0.1 s, into the lines of the collector's log
        folder = model_folder(model)
        self._model: Any = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self.name = name_of_model(model, folder)
        self._prompts = prompts_of(self._model.prompts, name=self.name)
        self._lock = threading.Lock()
        self.dimensions = int(self._model.get_embedding_dimension())
        self.scale = measure(self.passages(UNRELATED))

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, prompt=self._prompts.passage, task="document")

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts, prompt=self._prompts.query, task="query")

    def _embed(self, texts: Sequence[str], *, prompt: str, task: str) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        told = [truncate_for_model(text) for text in texts]
        with self._lock:
            vectors = self._model.encode(
                told, prompt=prompt, task=task, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)
