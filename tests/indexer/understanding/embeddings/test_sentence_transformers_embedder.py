"""The adapter with a real model: its prompts, its name, and what it does without network."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from indexer.understanding.embeddings.sentence_transformers_embedder import SentenceTransformersEmbedder
from tests.small_model import linked_copy, replace_file

pytestmark = pytest.mark.transformers
TEXT = "How do lunar rovers sleep?"
CONFIG = "config_sentence_transformers.json"
CopyModel = Callable[..., Path]


@pytest.fixture
def copy_model(small_model: Path, tmp_path: Path) -> CopyModel:
    """Copy the small model under another name, with the prompts that its own file shall name."""

    def copy(name: str, **prompts: str) -> Path:
        made = linked_copy(small_model, tmp_path / name)
        config = json.loads((made / CONFIG).read_text(encoding="utf-8"))
        replace_file(made / CONFIG, json.dumps(config | {"prompts": prompts}).encode())
        return made

    return copy


@pytest.fixture(scope="module")
def bare(small_model: Path) -> SentenceTransformersEmbedder:
    return SentenceTransformersEmbedder(str(small_model))


def test_a_model_without_prompts_is_told_the_bare_text(bare: SentenceTransformersEmbedder) -> None:
    np.testing.assert_allclose(bare.queries([TEXT]), bare.passages([TEXT]), atol=1e-5)


@pytest.mark.parametrize(
    ("name", "prompts", "query", "passage"),
    [
        ("any", {"query": "search: ", "passage": "text: "}, "search: ", "text: "),
        ("bge-small-zh", {"query": "为这个句子生成表示："}, "为这个句子生成表示：", ""),
        ("e5-small", {}, "query: ", "passage: "),
    ],
    ids=["its own", "only queries", "e5 by name"],
)
def test_prompts_are_put_before_texts(
    copy_model: CopyModel,
    bare: SentenceTransformersEmbedder,
    name: str,
    prompts: dict[str, str],
    query: str,
    passage: str,
) -> None:
    embedder = SentenceTransformersEmbedder(str(copy_model(name, **prompts)))

    np.testing.assert_allclose(embedder.queries([TEXT]), bare.passages([query + TEXT]), atol=1e-5)
    np.testing.assert_allclose(embedder.passages([TEXT]), bare.passages([passage + TEXT]), atol=1e-5)


def test_other_prompts_are_another_name(copy_model: CopyModel) -> None:
    folder = copy_model("model")
    before = SentenceTransformersEmbedder(str(folder)).name
    (folder / CONFIG).write_text(json.dumps({"prompts": {"document": "text: "}}), encoding="utf-8")

    after = SentenceTransformersEmbedder(str(folder)).name

    assert before.startswith("sentence-transformers/model@")
    assert after.startswith("sentence-transformers/model@")
    assert before != after


def test_a_model_of_the_hub_that_was_downloaded_before_needs_no_network(
    small_model: Path, tmp_path: Path, bare: SentenceTransformersEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = "0" * 40
    kept = tmp_path / "models--owner--small"
    linked_copy(small_model, kept / "snapshots" / commit)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text(commit)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))

    embedder = SentenceTransformersEmbedder("hub:owner/small")

    assert embedder.name.startswith("sentence-transformers/owner/small@")
    np.testing.assert_allclose(embedder.passages([TEXT]), bare.passages([TEXT]), atol=1e-5)
