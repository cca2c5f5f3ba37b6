"""Meilisearch (1.46 or later) as the search engine, through its official client: it finds and counts, we rank.

What is searched goes in as pairs of characters spelled in Latin letters (`tokens.py`): a phrase of them finds every
piece of a text, whatever words Meilisearch's own cutting would make of it. Title and text stay beside them for display.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import meilisearch
import structlog
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from requests.exceptions import RequestException

from indexer.base.ids import ItemId
from indexer.search.chinese import clean
from indexer.search.engine import Answer, Base, Held, Key, Listing
from indexer.search.meilisearch.documents import SETTINGS, document, held_of
from indexer.search.meilisearch.query import Searches, reading
from indexer.search.meilisearch.settings import differing
from indexer.search.meilisearch.tasks import wait, wait_for_all, wait_for_swap
from indexer.search.meilisearch.version import note_version
from indexer.search.port import Current, Entry, Found, IndexDown, Query
from indexer.search.ranker.finding import NOTHING, find

INDEX = "carnival"
REQUEST_SECONDS = 10
ENQUEUED = 100  # batches of a rebuild that the server is sent before they are waited for
PAGE = 1000  # items a request while listing what is held
# The index was set up by another version of this program.
OTHER_SETTINGS = ("invalid_search_sort", "invalid_search_filter", "invalid_search_facets")
REMEDY = "Run `carnival reindex`: it builds the index anew from the records."
MARK = "an-index-is-being-built"  # among the notes of a rebuild, in the place of an item

log = structlog.get_logger()


class MeilisearchIndex:
    """One index of a Meilisearch server. url: with scheme and port. key: one that may search, write and swap.

    seconds: how long an answer is waited for.
    """

    def __init__(self, url: str, key: str | None, *, name: str = INDEX, seconds: int = REQUEST_SECONDS) -> None:
        self._url, self._key, self._name, self._seconds = url, key, name, seconds
        self._building, self._touched = f"{name}-rebuild", f"{name}-touched"
        self._is_set_up = False

    def put(self, entries: Sequence[Entry]) -> None:
        with server_errors():
            if not self._is_set_up:
                note_version(self._client())
                self._set_up(self._name)
                self._is_set_up = True
            if self._note_touched([entry.item for entry in entries]):
                self._send(self._building, entries)
            self._write(self._name, entries)

    def remove(self, items: Sequence[ItemId]) -> None:
        with server_errors():
            if self._note_touched(items):
                self._send_away(self._building, items)
            self._take_away(self._name, items)

    def find(self, query: Query) -> Found:
        with server_errors():
            try:
                return find(self, query)
            except MeilisearchApiError as refused:
                if refused.code == "index_not_found":  # nothing was ever written
                    return NOTHING
                raise

    def ask(self, base: Base, lists: Sequence[Listing], counted: Sequence[str] = ()) -> Answer:
        searches = Searches(self._name, base, lists, counted)
        first = self._ask(searches.first())
        again = searches.again(first)
        return searches.answer(first, self._ask(again) if again else [])

    def read(self, keys: Sequence[Key]) -> Sequence[Held]:
        if not keys:
            return []
        [found] = self._ask([reading(self._name, [str(key) for key in keys])])
        held = {one["item"]: held_of(one) for one in found["hits"]}
        return [held[key] for key in keys if key in held]

    def held(self) -> Mapping[ItemId, int]:
        with server_errors():
            return {item: document.version for item, document in self._listed(self._name, ["item", "version"]).items()}

    def rebuild(self, batches: Iterable[Sequence[Entry]], current: Current) -> Iterator[int]:
        """The server works off what it is sent in the order of sending, for each index and its swap.

        Whoever writes meanwhile notes the items first, then writes to both indexes, the new one first: whether that
        comes before or after the swap, the one in use has it. An older text that this process wrote over it stands
        among the items noted.
        """
        with server_errors():
            note_version(self._client())
            for left in (self._touched, self._building):  # by a rebuild that was killed
                self._drop(left)
            self._set_up(self._building)
            self._begin_notes()
        yield from self._built(batches)
        while touched := self._taken_notes():
            fresh = current(touched)
            with server_errors():
                self._take_away(self._building, [item for item in touched if item not in {one.item for one in fresh}])
                self._write(self._building, fresh)
        with server_errors():
            client = self._client()
            self._create(client, self._name)  # a swap wants both to exist
            wait_for_swap(client, client.swap_indexes([{"indexes": [self._building, self._name]}]).task_uid)
            for done in (self._touched, self._building):
                self._drop(done)

    def _built(self, batches: Iterable[Sequence[Entry]]) -> Iterator[int]:
        """Have the batches written, and yield how many entries each has; the server works while the next is read."""
        sent: list[int] = []
        for batch in batches:
            with server_errors():
                sent += [self._send(self._building, batch)] if batch else []
                if len(sent) >= ENQUEUED:
                    wait_for_all(self._client(), sent)
                    sent = []
            yield len(batch)
        with server_errors():
            wait_for_all(self._client(), sent)

    def _begin_notes(self) -> None:
        client = self._client()
        client.create_index(self._touched, {"primaryKey": "item"})
        client.index(self._touched).update_settings({"filterableAttributes": ["item"]})
        wait(client, client.index(self._touched).add_documents([{"item": MARK}], "item").task_uid)

    def _note_touched(self, items: Sequence[ItemId]) -> bool:
        """Before they are written: note which items those are, where an index is being built, and tell whether."""
        client = self._client()
        try:
            client.index(self._touched).get_document(MARK)
        except MeilisearchApiError as refused:
            if refused.code in ("index_not_found", "document_not_found"):
                return False
            raise
        documents = [{"item": clean(item)} for item in items]
        wait(client, client.index(self._touched).add_documents(documents, "item").task_uid)
        return True

    def _taken_notes(self) -> list[ItemId]:
        """The items noted, which stand there no longer: taken away before they are read from the records."""
        with server_errors():
            noted = [item for item in self._listed(self._touched, ["item"]) if item != MARK]
            self._take_away(self._touched, noted)
        return noted

    def _client(self) -> Any:  # noqa: ANN401  # the package marks itself untyped
        # A client of its own for each use: it keeps the headers of a request in a field that threads would share.
        return meilisearch.Client(self._url, self._key, timeout=self._seconds)

    def _ask(self, queries: Sequence[Mapping[str, Any]]) -> list[Any]:
        return list(self._client().multi_search(queries)["results"])

    def _set_up(self, name: str) -> None:
        """Make an index with our settings. What is set already is not sent; what is set otherwise, a rebuild sets."""
        client = self._client()
        try:
            held = client.index(name).get_settings()
        except MeilisearchApiError as refused:
            if refused.code != "index_not_found":
                raise
            self._create(client, name)
            held = client.index(name).get_settings()
        if not (others := differing(held, SETTINGS)):
            return
        if client.index(name).get_documents({"limit": 1, "fields": ["item"]}).results:
            log.warning("meilisearch_settings_differ", index=name, settings=others, do="carnival reindex")
            return
        wait(client, client.index(name).update_settings(SETTINGS).task_uid)

    def _create(self, client: Any, name: str) -> None:  # noqa: ANN401  # untyped package
        task = client.create_index(name, {"primaryKey": "item"})
        wait(client, task.task_uid, allowed="index_already_exists")

    def _listed(self, name: str, fields: Sequence[str]) -> dict[ItemId, Any]:
        """All documents of an index by their item; none where nothing was ever written."""
        found: dict[ItemId, Any] = {}
        index = self._client().index(name)
        while True:
            wanted = {"fields": list(fields), "limit": PAGE, "offset": len(found)}
            try:
                page = index.get_documents(wanted)
            except MeilisearchApiError as refused:
                if refused.code == "index_not_found":
                    return {}
                raise
            found |= {ItemId(document.item): document for document in page.results}
            if len(page.results) < PAGE:
                return found

    def _write(self, name: str, entries: Sequence[Entry]) -> None:
        if entries:
            wait(self._client(), self._send(name, entries))

    def _send(self, name: str, entries: Sequence[Entry]) -> int:
        """Have entries written, without waiting; return the task's number."""
        documents = [document(entry) for entry in entries]
        return int(self._client().index(name).add_documents(documents, "item").task_uid)

    def _take_away(self, name: str, items: Sequence[ItemId]) -> None:
        if items:
            wait(self._client(), self._send_away(name, items), allowed="index_not_found")

    def _send_away(self, name: str, items: Sequence[ItemId]) -> int:
        # By ids: it joins the batch of the additions before it, by a filter it is a batch of its own. The package has
        # no method for it that does not warn.
        answer = self._client().http.post(f"indexes/{name}/documents/delete-batch", [clean(item) for item in items])
        return int(answer["taskUid"])

    def _drop(self, name: str) -> None:
        client = self._client()
        wait(client, client.delete_index(name).task_uid, allowed="index_not_found")


@contextlib.contextmanager
def server_errors() -> Iterator[None]:
    """Turn whatever the client raises into IndexDown."""
    try:
        yield
    # The last three: the answer is not of the shape it should be, as from another server behind the same address.
    except (MeilisearchError, RequestException, ValueError, LookupError, TypeError) as failed:
        if getattr(failed, "code", "") in OTHER_SETTINGS:
            raise IndexDown(f"Meilisearch holds an index of another version. {REMEDY}") from failed
        raise IndexDown(f"Meilisearch does not answer as it should: {str(failed)[:300]}") from failed
