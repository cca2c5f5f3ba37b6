"""indexer.search.meilisearch.vectors: an embedder that is given its vectors, one or null of each document."""

import json
from collections.abc import Sequence

import numpy as np

from indexer.base.ids import ClusterId, ItemId
from indexer.search.meilisearch.documents import SETTINGS
from indexer.search.meilisearch.vectors import embedder_name, embedders_of, numbers, settings_with, vectors_of
from indexer.search.port import Entry
from tests.facets import entry


def piece(vector: Sequence[float] = ()) -> Entry:
    held = np.array(vector, dtype="<f4").tobytes()
    return entry(item=ItemId("a"), version=1, title="", text="", unit_name="", cluster=ClusterId("a"), vector=held)


def test_an_index_with_vectors_orders_by_likeness_too() -> None:
    settings = settings_with("m1", 384)

    assert embedders_of(settings) == {"m1": 384}
    assert "words" in settings["rankingRules"]  # without a rule for words a server leaves out the likeness
    assert {name for name in settings if settings[name] != SETTINGS.get(name)} == {"rankingRules", "embedders"}


def test_an_index_without_embedders_has_none() -> None:
    assert embedders_of({}) == embedders_of({"embedders": None}) == {}


def test_a_document_has_a_vector_or_null_of_each_embedder_of_its_index() -> None:
    east = piece((1, 0))

    assert vectors_of(east, "own", {"own": 2}) == {"_vectors": {"own": [1.0, 0.0]}}
    assert vectors_of(east, "own", {"other": 2}) == {"_vectors": {"other": None}}
    assert vectors_of(piece(), "own", {"own": 2}) == {"_vectors": {"own": None}}
    assert vectors_of(piece((1, 0, 0)), "own", {"own": 2}) == {"_vectors": {"own": None}}
    assert vectors_of(east, "own", {}) == {}


def test_numbers_are_short_and_the_same_in_32_bits() -> None:
    vector = np.array([1 / 3, -2 / 7, 1e-9], dtype=np.float32)
    sent = json.dumps(numbers(vector))

    assert np.array(json.loads(sent), dtype=np.float32).tolist() == vector.tolist()
    assert len(sent) < 45


def test_two_models_have_two_embedders_of_names_that_a_server_takes() -> None:
    assert embedder_name("a") != embedder_name("b")
    assert embedder_name("科普@1/2").isalnum()
