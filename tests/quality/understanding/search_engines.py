"""The engines that a measure of search asks: opened empty, each with what it answered, and where two of them differ."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from indexer.base.ids import ItemId, new_id
from indexer.search.help.gathering import common_words
from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.rewriting import Help
from indexer.search.help.synonyms import Synonyms
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import Found, Query, SearchIndex
from indexer.search.tantivy.index import TantivyIndex
from tests.simulators.meilisearch import MeilisearchSimulator

URL, KEY = "CARNIVAL_TEST_MEILISEARCH_URL", "CARNIVAL_TEST_MEILISEARCH_KEY"
ENGINES = ("tantivy", "meilisearch")
PATIENCE = 120  # seconds: what is found is measured, whatever else the machine does


class Asked:
    """An index that is asked, and keeps what it answered."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self.answers: dict[Query, Found] = {}

    def find(self, query: Query) -> Found:
        """Return what the index finds."""
        if query not in self.answers:
            self.answers[query] = self._index.find(query)
        return self.answers[query]

    def held(self) -> Mapping[ItemId, int]:
        """Return what the index holds."""
        return self._index.held()


def open_engine(engine: str, opened: ExitStack) -> SearchIndex:
    """Return an empty index of the engine; of Meilisearch the given server's, else the simulated one's."""
    if engine == "tantivy":
        return TantivyIndex(
            Path(opened.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))) / "search"
        )
    url = os.environ.get(URL) or opened.enter_context(MeilisearchSimulator())
    return MeilisearchIndex(url, os.environ.get(KEY), name=f"quality-{new_id()}", seconds=PATIENCE)


def server() -> str:
    """Return in a few words which Meilisearch is asked."""
    return "a given server" if os.environ.get(URL) else f"the simulated server ({URL} names a real one)"


def differing(one: Mapping[Query, Found], other: Mapping[Query, Found]) -> Iterator[str]:
    """Yield each query that both were asked and that gave other items, another order or another total."""
    for query in one:
        if query in other and seen(one[query]) != seen(other[query]):
            yield f"{query.text!r}: {seen(one[query])} and {seen(other[query])}"


def seen(found: Found) -> tuple[int, bool, Sequence[str]]:
    """Return what of an answer must be the same on every engine."""
    return found.total, found.is_nearest, [hit.item for hit in found.hits]


def help_for(documents: Sequence[tuple[str, str, str]]) -> Callable[[], Help]:
    """Return what gives the help with queries over documents (name, title, text), made at its first use."""
    made: list[Help] = []

    def give() -> Help:
        if not made:
            titles = [Phrase(text=title, kind=Kind.TITLE) for _, title, _ in documents]
            known = Known([*titles, *common_words(text for _, _, text in documents)])
            made.append(Help(known, Synonyms([])))
        return made[0]

    return give
