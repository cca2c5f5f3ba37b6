"""indexer.search.meilisearch.answers: what is of another shape is refused before anybody uses it."""

from typing import Any

import pytest

from indexer.search.meilisearch.answers import documents_of, results_of, settings_of

HIT = {"item": "i1", "version": 1, "title": "月球车", "topics": ["it"]}
OTHER: tuple[Any, ...] = (
    None, [], [1], "x", 5, {}, {"results": None}, {"results": 5}, {"results": [None]}, {"results": {}},
    {"results": [{"hits": None}]}, {"results": [{"hits": "none"}]}, {"results": [{"hits": [5]}]},
    {"results": [{"hits": [{}]}]}, {"results": [{"hits": [{"item": 5}]}]},
    {"results": [{"hits": [HIT | {"title": None}]}]}, {"results": [{"hits": [HIT | {"version": "1"}]}]},
    {"results": [{"hits": [], "totalHits": None}]}, {"results": [{"hits": [], "totalHits": 1.5}]},
    {"results": [{"hits": [], "facetDistribution": ["it"]}]},
    {"results": [{"hits": [], "facetDistribution": {"topics": {"it": "1"}}}]},
)  # fmt: skip


@pytest.mark.parametrize("answer", OTHER)
def test_another_shape_is_refused(answer: Any) -> None:  # noqa: ANN401  # foreign JSON
    with pytest.raises((ValueError, TypeError, LookupError)):
        results_of(answer, searches=1)


def test_an_answer_is_given_as_it_came() -> None:
    result = {"hits": [HIT], "totalHits": 1, "facetDistribution": None, "processingTimeMs": 1}

    assert results_of({"results": [result]}, searches=1) == [result]


def test_there_are_as_many_answers_as_searches() -> None:
    with pytest.raises(ValueError, match="as many"):
        results_of({"results": [{"hits": []}]}, searches=2)


def test_documents_are_looked_at_as_hits_are() -> None:
    assert documents_of({"results": [HIT], "total": 1}) == [HIT]
    others: tuple[Any, ...] = (None, {"results": [{"version": 1}]}, {"results": [{"item": None}]})
    for other in others:
        with pytest.raises((ValueError, TypeError)):
            documents_of(other)


def test_settings_are_looked_at_where_they_are_used() -> None:
    assert settings_of({"embedders": {"m": {"dimensions": 3}}, "any": 1})["any"] == 1
    others: tuple[Any, ...] = (None, [], {"embedders": ["m"]}, {"embedders": {"m": {"dimensions": "3"}}})
    for other in others:
        with pytest.raises((ValueError, TypeError)):
            settings_of(other)
