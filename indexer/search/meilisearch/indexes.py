"""The indexes of a Meilisearch server: made, set up, written, read as a whole, dropped.

All raise what the client raises.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from meilisearch.errors import MeilisearchApiError

from indexer.base.ids import ItemId
from indexer.search.chinese import clean
from indexer.search.meilisearch.answers import documents_of, settings_of
from indexer.search.meilisearch.client import open_client
from indexer.search.meilisearch.settings import differing
from indexer.search.meilisearch.tasks import wait
from indexer.search.meilisearch.vectors import embedders_of

PAGE = 1000  # items a request while listing what is held
KEY = "item"  # of each document
GONE = "index_not_found"

log = structlog.get_logger()


class Indexes:
    """All that is asked of one server but searches. seconds: how long an answer is waited for."""

    def __init__(self, url: str, key: str | None, *, seconds: float) -> None:
        self._url, self._key, self._seconds = url, key, seconds
        self._told: dict[str, Sequence[str]] = {}  # of which index what was logged of its settings

    def client(self, *, until: float | None = None) -> Any:  # noqa: ANN401  # the package marks itself untyped
        """Return a client for one thread. until: when all of its requests together end, by time.monotonic()."""
        return open_client(self._url, self._key, seconds=self._seconds, until=until)

    def create(self, name: str) -> None:
        """Make an index where there is none."""
        client = self.client()
        task = client.http.post("indexes", {"uid": name, "primaryKey": KEY})
        wait(client, int(task["taskUid"]), allowed="index_already_exists")

    def drop(self, name: str) -> None:
        """Drop an index where there is one."""
        client = self.client()
        wait(client, client.delete_index(name).task_uid, allowed=GONE)

    def settings(self, name: str) -> Mapping[str, Any] | None:
        """Return the settings of an index as the server says them; None where there is no such index."""
        try:
            return settings_of(self.client().http.get(f"indexes/{name}/settings"))
        except MeilisearchApiError as refused:
            if refused.code == GONE:
                return None
            raise

    def change_settings(self, name: str, wanted: Mapping[str, Any]) -> None:
        """Set an index up, which the server makes where there is none."""
        client = self.client()
        wait(client, client.index(name).update_settings(wanted).task_uid)

    def set_up(self, name: str, wanted: Mapping[str, Any]) -> Mapping[str, int]:
        """Make an index with these settings, and return the embedders that it has, with their dimensions.

        What is set already is not sent; what is set otherwise, a rebuild sets.
        """
        if (held := self.settings(name)) is None:
            self.create(name)
            held = self.settings(name) or {}
        others = differing(held, wanted)
        if others and not self._has_documents(name):
            self.change_settings(name, wanted)
            return embedders_of({**held, **wanted})
        if others and self._told.get(name) != others:
            log.warning("meilisearch_settings_differ", index=name, settings=others, do="carnival reindex")
        self._told[name] = others
        return embedders_of(held)

    def document(self, name: str, item: str) -> Mapping[str, Any] | None:
        """Return one document; None where there is none."""
        try:
            return dict(self.client().http.get(f"indexes/{name}/documents/{item}"))
        except MeilisearchApiError as refused:
            if refused.code in (GONE, "document_not_found"):
                return None
            raise

    def listed(self, name: str, fields: Sequence[str]) -> dict[ItemId, Mapping[str, Any]]:
        """Return all documents of an index by their item; none where nothing was ever written."""
        found: dict[ItemId, Mapping[str, Any]] = {}
        client, offset = self.client(), 0
        while True:
            wanted = {"fields": list(fields), "limit": PAGE, "offset": offset}
            try:
                page = documents_of(client.http.post(f"indexes/{name}/documents/fetch", wanted))
            except MeilisearchApiError as refused:
                if refused.code == GONE:
                    return {}
                raise
            before = len(found)
            found |= {ItemId(document[KEY]): document for document in page}
            offset += len(page)
            if len(page) < PAGE or len(found) == before:  # the same page again: it would never end
                return found

    def send(self, name: str, documents: Sequence[Mapping[str, Any]]) -> int:
        """Have documents written, without waiting; return the task's number."""
        return int(self.client().index(name).add_documents(list(documents), KEY).task_uid)

    def write(self, name: str, documents: Sequence[Mapping[str, Any]]) -> None:
        """Write documents, and wait for it."""
        if documents:
            wait(self.client(), self.send(name, documents))

    def send_away(self, name: str, items: Sequence[ItemId]) -> int:
        """Have documents removed, without waiting; return the task's number."""
        # By ids: it joins the batch of the additions before it, by a filter it is a batch of its own. The package has
        # no method for it that does not warn.
        answer = self.client().http.post(f"indexes/{name}/documents/delete-batch", [clean(item) for item in items])
        return int(answer["taskUid"])

    def take_away(self, name: str, items: Sequence[ItemId]) -> None:
        """Remove documents, and wait for it."""
        if items:
            wait(self.client(), self.send_away(name, items), allowed=GONE)

    def _has_documents(self, name: str) -> bool:
        wanted = {"limit": 1, "fields": [KEY]}
        return bool(documents_of(self.client().http.post(f"indexes/{name}/documents/fetch", wanted)))
