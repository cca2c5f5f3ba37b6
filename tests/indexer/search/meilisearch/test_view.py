"""indexer.search.meilisearch.view: one query's View of an index."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from indexer.search.engine import Base, Listing
from indexer.search.meilisearch.view import MeilisearchView


def view(*results: Any, embedder: str = "") -> MeilisearchView:  # noqa: ANN401  # foreign JSON
    return MeilisearchView(SimpleNamespace(multi_search=lambda _: {"results": list(results)}), "carnival", embedder)


def test_without_keys_nobody_is_asked() -> None:
    assert MeilisearchView(None, "carnival").read([]) == []


def test_without_an_embedder_there_is_nothing_near_and_nobody_is_asked() -> None:
    assert MeilisearchView(None, "carnival").near(Base(), np.ones(1, dtype=np.float32), 5) is None


def test_what_has_no_vector_is_near_nothing() -> None:
    hits = [{"item": "i1", "_rankingScore": 0.9}, {"item": "i2", "_rankingScore": 0.0}]

    found = view({"hits": hits}, embedder="m").near(Base(), np.ones(1, dtype=np.float32), 5)

    assert found is not None
    assert [one.key for one in found] == ["i1"]
    assert found[0].cosine == pytest.approx(0.8)


@pytest.mark.parametrize("values", [5, "it", [5], [None], {"it": 1}])
def test_facets_of_a_hit_that_are_no_texts_are_refused(values: object) -> None:
    hit = {"item": "i1", "version": 1, "title": "", "text": "", "names": "", "cluster": "", "place": 0}
    hit |= {"publication": 1, "topics": values}

    with pytest.raises(ValueError, match="texts"):
        view({"hits": [hit]}).read(["i1"])


def test_a_list_without_its_total_is_refused() -> None:
    with pytest.raises(LookupError):
        view({"hits": []}, {"hits": []}).ask(Base(), [Listing(limit=1)])
