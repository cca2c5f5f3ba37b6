"""indexer.embeddings.factory: a model that cannot be loaded is refused in one line."""

import sys
from types import ModuleType

import pytest

from config.settings import EmbedderName, Settings
from indexer.embeddings import factory

CHOSEN = Settings(embedder=EmbedderName.SENTENCE_TRANSFORMERS, embedder_model="no/such-model")


@pytest.mark.parametrize("raised", [OSError, ValueError, ImportError])
def test_a_model_that_cannot_be_loaded_names_its_variable_in_one_line(
    raised: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(name: str, **_: object) -> None:
        raise raised(f"{name} is not a local folder\nand is not a valid model identifier")

    package = ModuleType("sentence_transformers")
    vars(package)["SentenceTransformer"] = load
    monkeypatch.setitem(sys.modules, "sentence_transformers", package)
    monkeypatch.setattr(factory, "PACKAGE", "json")  # one that is installed

    with pytest.raises(factory.ModelMissing) as refused:
        factory.open_embedder(CHOSEN)

    (line,) = refused.value.lines()
    assert line.startswith(
        "CARNIVAL_EMBEDDER_MODEL: the model 'no/such-model' cannot be loaded: no/such-model is not a"
    )
    assert refused.value.exit_code == 2
