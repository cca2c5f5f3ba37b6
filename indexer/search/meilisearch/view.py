"""What a Meilisearch server answers to the ranker, for one query."""

from collections.abc import Mapping, Sequence
from typing import Any

from meilisearch.errors import MeilisearchApiError

from indexer.search.engine import Answer, Base, Held, Key, Listing, Near, Vector
from indexer.search.meilisearch.answers import results_of
from indexer.search.meilisearch.documents import held_of
from indexer.search.meilisearch.query import Searches, nearest, reading
from indexer.search.meilisearch.vectors import numbers


class MeilisearchView:
    """A View of one index, for one thread. embedder: whose vectors are asked for; empty where none are."""

    def __init__(self, client: Any, name: str, embedder: str = "") -> None:  # noqa: ANN401  # untyped package
        self._client, self._name, self._embedder = client, name, embedder

    def ask(self, base: Base, lists: Sequence[Listing], counted: Sequence[str] = ()) -> Answer:
        searches = Searches(self._name, base, lists, counted)
        first = self._ask(searches.first())
        again = searches.again(first)
        return searches.answer(first, self._ask(again) if again else [])

    def near(self, base: Base, vector: Vector, limit: int) -> Sequence[Near] | None:
        if not self._embedder:
            return None
        try:
            [found] = self._ask([nearest(self._name, base, self._embedder, numbers(vector), limit)])
        except MeilisearchApiError as refused:
            if refused.code == "invalid_search_embedder":  # built without vectors, or with those of another model
                return None
            raise
        # From 0 to 1; what has no vector comes last, with 0.
        scored = [(hit["item"], float(hit["_rankingScore"])) for hit in found["hits"]]
        return [Near(key=item, cosine=2 * score - 1) for item, score in scored if score > 0]

    def read(self, keys: Sequence[Key]) -> Sequence[Held]:
        if not keys:
            return []
        [found] = self._ask([reading(self._name, [str(key) for key in keys])])
        held = {one["item"]: held_of(one) for one in found["hits"]}
        return [held[key] for key in keys if key in held]

    def _ask(self, queries: Sequence[Mapping[str, Any]]) -> list[Any]:
        return results_of(self._client.multi_search(queries), searches=len(queries))
