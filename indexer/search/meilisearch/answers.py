"""The answers of a Meilisearch server, looked at before they are believed, as far as they are used.

Behind its address may stand another server, or one that is half broken. All raise ValueError for another shape.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True)


class _Document(_Shape):
    """What is asked for may be a part of it. Facets are looked at by who reads them (documents.py)."""

    item: str
    version: int = 0
    title: str = ""
    text: str = ""
    names: str = ""
    cluster: str = ""
    place: int = 0
    publication: int = 0
    score: float = Field(default=0.0, alias="_rankingScore")


class _Result(_Shape):
    hits: list[_Document]
    total: int = Field(default=0, alias="totalHits")
    counts: dict[str, dict[str, int]] | None = Field(default=None, alias="facetDistribution")


class _Results(_Shape):
    results: list[_Result]


class _Documents(_Shape):
    results: list[_Document]


class _Embedder(_Shape):
    dimensions: int = 0


class _Settings(_Shape):
    embedders: dict[str, _Embedder] | None = None


def results_of(answer: Any, *, searches: int) -> list[Any]:  # noqa: ANN401  # foreign JSON
    """Return the answer to each of several searches."""
    if len(_Results.model_validate(answer).results) != searches:
        raise ValueError("not as many answers as searches")
    return list(answer["results"])


def documents_of(answer: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401
    """Return a page of documents."""
    _Documents.model_validate(answer)
    return list(answer["results"])


def settings_of(answer: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Return the settings of an index."""
    _Settings.model_validate(answer)
    return dict(answer)
