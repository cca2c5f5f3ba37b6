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
from indexer.search.engine import Answer, Base, Held, Key, Listing, Near, Vector
from indexer.search.meaning import Meaning
from indexer.search.meilisearch.documents import SETTINGS, document, held_of
from indexer.search.meilisearch.query import Searches, nearest, reading
from indexer.search.meilisearch.settings import differing
from indexer.search.meilisearch.tasks import wait, wait_for_all, wait_for_swap
from indexer.search.meilisearch.vectors import embedder_name, embedders_of, numbers, settings_with, vectors_of
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

    def __init__(
        self,
        url: str,
        key: str | None,
        *,
        name: str = INDEX,
        seconds: int = REQUEST_SECONDS,
        meaning: Meaning | None = None,
    ) -> None:
        """Meaning: of what is searched for, by the model whose vectors a new index holds; None holds none."""
        self._meaning = meaning
        self._embedders: dict[str, int] = {}  # of the index in use, with their dimensions
        self._url, self._key, self._name, self._seconds = url, key, name, seconds
        self._building, self._touched = f"{name}-rebuild", f"{name}-touched"
        self._is_set_up = False

    def embedder(self) -> str:
        return self._meaning.model().name if self._meaning else ""

    def put(self, entries: Sequence[Entry]) -> None:
        with server_errors():
            if not self._is_set_up:
                note_version(self._client())
                self._embedders = self._set_up(self._name)
                self._is_set_up = True
            if self._note_touched([entry.item for entry in entries]):
                self._send(self._building, entries, embedders_of(self._settings_of(self._building)))
            try:
                self._write(self._name, entries, self._embedders)
            except IndexDown:  # perhaps another index is in use now, with other embedders: its settings are read again
                self._is_set_up = False
                raise

    def remove(self, items: Sequence[ItemId]) -> None:
        with server_errors():
            if self._note_touched(items):
                self._send_away(self._building, items)
            self._take_away(self._name, items)

    def find(self, query: Query) -> Found:
        with server_errors():
            try:
                return find(self, query, self._meaning.sense if self._meaning else None)
            except MeilisearchApiError as refused:
                if refused.code == "index_not_found":  # nothing was ever written
                    return NOTHING
                raise

    def ask(self, base: Base, lists: Sequence[Listing], counted: Sequence[str] = ()) -> Answer:
        searches = Searches(self._name, base, lists, counted)
        first = self._ask(searches.first())
        again = searches.again(first)
        return searches.answer(first, self._ask(again) if again else [])

    def near(self, base: Base, vector: Vector, limit: int) -> Sequence[Near] | None:
        if not (embedder := self._embedder()):
            return None
        try:
            [found] = self._ask([nearest(self._name, base, embedder, numbers(vector), limit)])
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
            embedders = self._set_up(self._building)
            self._begin_notes()
        yield from self._built(batches, embedders)
        while touched := self._taken_notes():
            fresh = current(touched)
            with server_errors():
                self._take_away(self._building, [item for item in touched if item not in {one.item for one in fresh}])
                self._write(self._building, fresh, embedders)
        with server_errors():
            client = self._client()
            self._create(client, self._name)  # a swap wants both to exist
            wait_for_swap(client, client.swap_indexes([{"indexes": [self._building, self._name]}]).task_uid)
            for done in (self._touched, self._building):
                self._drop(done)

    def _built(self, batches: Iterable[Sequence[Entry]], embedders: Mapping[str, int]) -> Iterator[int]:
        """Have the batches written, and yield how many entries each has; the server works while the next is read."""
        sent: list[int] = []
        for batch in batches:
            with server_errors():
                sent += [self._send(self._building, batch, embedders)] if batch else []
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
        answers = list(self._client().multi_search(queries)["results"])
        if len(answers) != len(queries) or not all(isinstance(hit, dict) for one in answers for hit in one["hits"]):
            raise ValueError("the answer to several searches is of another shape")
        return answers

    def _set_up(self, name: str) -> dict[str, int]:
        """Make an index with our settings, and return the embedders that it has, with their dimensions.

        What is set already is not sent; what is set otherwise, a rebuild sets.
        """
        client, wanted = self._client(), self._settings()
        try:
            held = self._settings_of(name)
        except MeilisearchApiError as refused:
            if refused.code != "index_not_found":
                raise
            self._create(client, name)
            held = self._settings_of(name)
        if not (others := differing(held, wanted)):
            return embedders_of(held)
        if client.index(name).get_documents({"limit": 1, "fields": ["item"]}).results:
            log.warning("meilisearch_settings_differ", index=name, settings=others, do="carnival reindex")
            return embedders_of(held)
        wait(client, client.index(name).update_settings(wanted).task_uid)
        return embedders_of(held) | embedders_of(wanted)

    def _settings_of(self, name: str) -> Mapping[str, Any]:
        # As the server says it: the package makes objects of some settings.
        return dict(self._client().http.get(f"indexes/{name}/settings"))

    def _settings(self) -> Mapping[str, Any]:
        return settings_with(self._embedder(), self._meaning.model().dimensions) if self._meaning else SETTINGS

    def _embedder(self) -> str:
        """Under which name the server keeps the vectors of our model; empty where there is none."""
        return embedder_name(self._meaning.model().name) if self._meaning else ""

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

    def _write(self, name: str, entries: Sequence[Entry], embedders: Mapping[str, int]) -> None:
        if entries:
            wait(self._client(), self._send(name, entries, embedders))

    def _send(self, name: str, entries: Sequence[Entry], embedders: Mapping[str, int]) -> int:
        """Have entries written, without waiting; return the task's number. embedders: of the index, with dimensions."""
        own = self._embedder() if embedders else ""
        documents = [document(entry) | vectors_of(entry, own, embedders) for entry in entries]
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
