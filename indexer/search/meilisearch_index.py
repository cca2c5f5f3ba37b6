"""Meilisearch (1.15 or later) as the search engine, through its official client.

Text goes in twice: as it is, and as single characters between spaces. A phrase of characters then finds every piece
of a text, whatever words Meilisearch's own cutting makes of it.
"""

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import meilisearch
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from requests.exceptions import RequestException

from indexer.items import ItemId
from indexer.search.chinese import Asked, asked, clean
from indexer.search.meilisearch_documents import FACETS, SETTINGS, document, hit
from indexer.search.meilisearch_query import Searches
from indexer.search.port import Entry, Found, IndexDown, Query
from indexer.search.shared import stand_ins

INDEX = "carnival"
REQUEST_SECONDS = 10
TASK_MILLISECONDS = 120_000  # a batch of a rebuild on a busy server
POLL_MILLISECONDS = 25
PAGE = 1000  # items a request while listing what is held
NOTHING = Found(hits=(), total=0, facets={name: {} for name in FACETS})


class MeilisearchIndex:
    """One index of a Meilisearch server. url: with scheme and port. key: one that may search, write and swap."""

    def __init__(self, url: str, key: str | None, *, name: str = INDEX) -> None:
        self._url, self._key, self._name = url, key, name
        self._is_set_up = False

    def put(self, entries: Sequence[Entry]) -> None:
        with server_errors():
            if not self._is_set_up:
                self._set_up(self._name)
                self._is_set_up = True
            self._write(self._name, entries)

    def remove(self, items: Sequence[ItemId]) -> None:
        with server_errors():
            client = self._client()
            listed = ", ".join(json.dumps(clean(item), ensure_ascii=False) for item in items)
            task = client.index(self._name).delete_documents(filter=f"item IN [{listed}]")
            self._wait(client, task.task_uid, allowed="index_not_found")

    def find(self, query: Query) -> Found:
        wanted = asked(query.text)
        if query.text.strip() and not wanted.words:
            return NOTHING
        searches = Searches(self._name, query, wanted)
        with server_errors():
            try:
                return self._found(searches, wanted)
            except MeilisearchApiError as refused:
                if refused.code == "index_not_found":  # nothing was ever written
                    return NOTHING
                raise

    def held(self) -> Mapping[ItemId, int]:
        found: dict[ItemId, int] = {}
        with server_errors():
            index = self._client().index(self._name)
            while True:
                wanted = {"fields": ["item", "version"], "limit": PAGE, "offset": len(found)}
                try:
                    page = index.get_documents(wanted)
                except MeilisearchApiError as refused:
                    if refused.code == "index_not_found":
                        return {}
                    raise
                found |= {ItemId(document.item): document.version for document in page.results}
                if len(page.results) < PAGE:
                    return found

    def rebuild(self, batches: Iterable[Sequence[Entry]]) -> Iterator[int]:
        fresh = f"{self._name}-rebuild"
        with server_errors():
            self._drop(fresh)  # what a rebuild left that was killed
            self._set_up(fresh)
        for batch in batches:
            with server_errors():
                self._write(fresh, batch)
            yield len(batch)
        with server_errors():
            self._set_up(self._name)  # a swap wants both to exist
            client = self._client()
            self._wait(client, client.swap_indexes([{"indexes": [fresh, self._name]}]).task_uid)
            self._drop(fresh)

    def _found(self, searches: Searches, wanted: Asked) -> Found:
        asked_for, is_nearest = searches.all_words(), False
        answers = self._ask(asked_for)
        if len(wanted.words) > 1 and not searches.total(answers):
            asked_for = searches.most_words()
            answers = self._ask(asked_for)
            is_nearest = searches.total(answers) > 0
        listed = answers[0]
        if standing_in := stand_ins(searches.copies(answers)):
            [listed] = self._ask([searches.again(asked_for[0], standing_in)])
        return Found(
            hits=tuple(hit(found, wanted) for found in listed["hits"]),
            total=searches.total(answers),
            facets=searches.facets(answers),
            is_nearest=is_nearest,
        )

    def _client(self) -> Any:  # noqa: ANN401  # the package marks itself untyped
        # A client of its own for each use: it keeps the headers of a request in a field that threads would share.
        return meilisearch.Client(self._url, self._key, timeout=REQUEST_SECONDS)

    def _ask(self, queries: Sequence[Mapping[str, Any]]) -> list[Any]:
        return list(self._client().multi_search(queries)["results"])

    def _set_up(self, name: str) -> None:
        client = self._client()
        task = client.create_index(name, {"primaryKey": "item"})
        self._wait(client, task.task_uid, allowed="index_already_exists")
        self._wait(client, client.index(name).update_settings(SETTINGS).task_uid)

    def _write(self, name: str, entries: Sequence[Entry]) -> None:
        if entries:
            client = self._client()
            documents = [document(entry) for entry in entries]
            self._wait(client, client.index(name).add_documents(documents, "item").task_uid)

    def _drop(self, name: str) -> None:
        client = self._client()
        self._wait(client, client.delete_index(name).task_uid, allowed="index_not_found")

    def _wait(self, client: Any, task_uid: int, *, allowed: str = "") -> None:  # noqa: ANN401  # untyped package
        task = client.wait_for_task(task_uid, TASK_MILLISECONDS, POLL_MILLISECONDS)
        error = task.error or {}
        if task.status != "succeeded" and error.get("code") != allowed:
            raise IndexDown(f"Meilisearch did not finish {task.type}: {error.get('message', task.status)}")


@contextlib.contextmanager
def server_errors() -> Iterator[None]:
    """Turn whatever the client raises into IndexDown."""
    try:
        yield
    # The last three: the answer is not of the shape it should be, as from another server behind the same address.
    except (MeilisearchError, RequestException, ValueError, KeyError, TypeError) as failed:
        raise IndexDown(f"Meilisearch does not answer as it should: {str(failed)[:300]}") from failed
