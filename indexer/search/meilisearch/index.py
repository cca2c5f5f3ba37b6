"""Meilisearch (1.46 or later) as the search engine, through its official client: it finds and counts, we rank.

What is searched goes in as pairs of characters spelled in Latin letters (`tokens.py`): a phrase of them finds every
piece of a text, whatever words Meilisearch's own cutting would make of it. Title and text stay beside them for display.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from meilisearch.errors import MeilisearchApiError

from indexer.base.ids import ItemId, new_id
from indexer.search.meaning import Meaning
from indexer.search.meilisearch.documents import SETTINGS, document
from indexer.search.meilisearch.errors import server_errors
from indexer.search.meilisearch.indexes import GONE, Indexes
from indexer.search.meilisearch.notes import Notes
from indexer.search.meilisearch.tasks import wait_for_all, wait_for_swap
from indexer.search.meilisearch.vectors import embedder_name, embedders_of, settings_with, vectors_of
from indexer.search.meilisearch.version import note_version
from indexer.search.meilisearch.view import MeilisearchView
from indexer.search.port import Current, Entry, Found, IndexDown, Query
from indexer.search.ranker.finding import NOTHING, find

INDEX = "carnival"
REQUEST_SECONDS = 10
ENQUEUED = 100  # batches of a rebuild that the server is sent before they are waited for
OVERTAKEN = "Another one began to build the search index anew meanwhile. This one ends, and nothing came of it"
LOST = "Meilisearch lost the index that was being built. Nothing came of it"


class MeilisearchIndex:
    """One index of a Meilisearch server. url: with scheme and port. key: one that may search, write and swap.

    seconds: how long an answer is waited for; of a search, all answers together.
    """

    def __init__(
        self,
        url: str,
        key: str | None,
        *,
        name: str = INDEX,
        seconds: float = REQUEST_SECONDS,
        meaning: Meaning | None = None,
    ) -> None:
        """Meaning: of what is searched for, by the model whose vectors a new index holds; None holds none."""
        self._meaning, self._name, self._seconds = meaning, name, seconds
        self._indexes = Indexes(url, key, seconds=seconds)
        self._notes = Notes(self._indexes, f"{name}-touched")
        self._is_version_noted = False

    def embedder(self) -> str:
        return self._meaning.model().name if self._meaning else ""

    def put(self, entries: Sequence[Entry]) -> None:
        with server_errors():
            self._note_version()
            # Asked for each time: a server that lost its index would make another one by itself, not set up as ours.
            embedders = self._indexes.set_up(self._name, self._settings())
            if building := self._notes.add([entry.item for entry in entries]):
                self._write_beside(building, entries)
            self._indexes.write(self._name, self._documents(entries, embedders))

    def remove(self, items: Sequence[ItemId]) -> None:
        with server_errors():
            if building := self._notes.add(items):
                self._indexes.send_away(building, items)
            self._indexes.take_away(self._name, items)

    def find(self, query: Query) -> Found:
        with server_errors():
            view = MeilisearchView(
                self._indexes.client(until=time.monotonic() + self._seconds), self._name, self._embedder()
            )
            try:
                return find(view, query, self._meaning.sense if self._meaning else None)
            except MeilisearchApiError as refused:
                if refused.code == GONE:  # nothing was ever written
                    return NOTHING
                raise

    def held(self) -> Mapping[ItemId, int]:
        with server_errors():
            listed = self._indexes.listed(self._name, ["item", "version"])
            return {item: held["version"] for item, held in listed.items()}

    def rebuild(self, batches: Iterable[Sequence[Entry]], current: Current) -> Iterator[int]:
        """The server works off what it is sent in the order of sending, for each index and its swap.

        Whoever writes meanwhile notes the items first, then writes to both indexes, the new one first: whether that
        comes before or after the swap, the one in use has it. An older text that this process wrote over it stands
        among the items noted.
        """
        building = f"{self._name}-rebuild-{new_id()}"
        with server_errors():
            self._note_version()
            embedders = self._begin(building)
        yield from self._built(building, batches, embedders)
        while touched := self._taken_notes():
            fresh = current(touched)
            held = {one.item for one in fresh}
            with server_errors():
                self._indexes.take_away(building, [item for item in touched if item not in held])
                self._indexes.write(building, self._documents(fresh, embedders))
        with server_errors():
            self._indexes.create(self._name)  # a swap wants both to exist
            self._still_ours(building)
            client = self._indexes.client()
            wait_for_swap(client, client.swap_indexes([{"indexes": [building, self._name]}]).task_uid)
            if self._notes.building() == building:
                self._notes.drop()
            self._indexes.drop(building)

    def _begin(self, building: str) -> Mapping[str, int]:
        """Make the new index, after what was left by a rebuild that was killed; return its embedders."""
        if left := self._notes.building():
            self._indexes.drop(left)
        self._notes.begin(building)
        self._indexes.create(building)
        self._indexes.change_settings(building, self._settings())
        self._notes.open(building)
        return embedders_of(self._settings())

    def _built(self, building: str, batches: Iterable[Sequence[Entry]], embedders: Mapping[str, int]) -> Iterator[int]:
        """Have the batches written, and yield how many entries each has; the server works while the next is read."""
        sent: list[int] = []
        for batch in batches:
            with server_errors():
                self._still_ours(building)
                sent += [self._indexes.send(building, self._documents(batch, embedders))] if batch else []
                if len(sent) >= ENQUEUED:
                    wait_for_all(self._indexes.client(), sent)
                    sent = []
            yield len(batch)
        with server_errors():
            wait_for_all(self._indexes.client(), sent)

    def _still_ours(self, building: str) -> None:
        """Raises IndexDown where another one builds by now, who dropped what this one had built, or all is lost."""
        if (noted := self._notes.building()) != building:
            self._indexes.drop(building)  # what was sent since made it anew, not set up
            raise IndexDown(OVERTAKEN if noted else LOST)

    def _taken_notes(self) -> list[ItemId]:
        with server_errors():
            return self._notes.taken()

    def _write_beside(self, building: str, entries: Sequence[Entry]) -> None:
        """Have entries written to the index that is being built, without waiting, where it still is."""
        if (settings := self._indexes.settings(building)) is not None:
            self._indexes.send(building, self._documents(entries, embedders_of(settings)))

    def _documents(self, entries: Sequence[Entry], embedders: Mapping[str, int]) -> list[dict[str, Any]]:
        """Return what an index with these embedders, given with their dimensions, is sent of the entries."""
        own = self._embedder() if embedders else ""
        return [document(entry) | vectors_of(entry, own, embedders) for entry in entries]

    def _note_version(self) -> None:
        if not self._is_version_noted:
            note_version(self._indexes.client())
            self._is_version_noted = True

    def _settings(self) -> Mapping[str, Any]:
        return settings_with(self._embedder(), self._meaning.model().dimensions) if self._meaning else SETTINGS

    def _embedder(self) -> str:
        """Under which name the server keeps the vectors of our model; empty where there is none."""
        return embedder_name(self._meaning.model().name) if self._meaning else ""
