"""`make quality-search`: what is looked for stands where it should, on sets that people judged.

The sets are those of the kinds corpus, queries and qrels (MANIFEST.tsv). nDCG@10 by set and type of query, beside BM25
over words and pairs of characters of the whole set, in one run. Queries of the types `pinyin` and `typo` are asked as a
page asks them, with help, and held to a goal of their own where a set has many. Then random pieces of the texts, 1 to 8
characters cut without regard to words: each must find its text. All of it is asked of every engine: the same query must
give the same items in the same order. Ends with one line of figures for each engine; exit code 1 where search is worse
than what it stands beside, a goal or a piece is missed, engines differ, or no set is there. SEED= QUERIES= (about so
many of each set) ENGINE=meilisearch: one engine alone (the simulated server, or CARNIVAL_TEST_MEILISEARCH_URL).
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

from indexer.base.ids import ClusterId, ItemId
from indexer.search.chinese import characters
from indexer.search.help.answering import answer
from indexer.search.port import Entry, Query, SearchIndex, SearchReader
from indexer.understanding.embeddings.port import Vectors
from tests.quality.understanding.bm25 import Bm25, ndcg
from tests.quality.understanding.search_engines import ENGINES, Asked, differing, help_for, open_engine, server
from tests.real.datasets import read_lines
from tests.real.rows import read_bytes, read_rows

KINDS = ("corpus", "queries", "qrels")
HELPED = ("pinyin", "typo")  # what only a corrected query finds: words and pairs are no measure of it
GOAL_HELPED, MANY = 0.95, 50  # nDCG@10 of such a type, where a set was made for it: with so many queries of it
NOISE = 0.005
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
    """nDCG@10 of the queries of one type: ours, and what it stands beside."""

    ours: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)

    def add(self, other: "Means") -> "Means":
        """Return both together."""
        return Means(ours=self.ours + other.ours, beside=self.beside + other.beside)

    def __str__(self) -> str:
        """Return both means."""
        return f"{mean(self.ours):.3f} / {mean(self.beside):.3f}"


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


def measure(index: SearchReader, one: JudgedSet, most: int) -> dict[str, Means]:
    """Return the means of a set by type of query; most: as in `some`."""
    beside, help_ = Bm25([(name, f"{title} {text}") for name, title, text in one.documents]), help_for(one.documents)
    means: defaultdict[str, Means] = defaultdict(Means)
    for name, text, kind in some(one, most):
        query = Query(text=text, limit=10, counted=())
        found = answer(index, help_, query).found if kind in HELPED else index.find(query)
        means[kind].ours.append(ndcg([str(hit.item) for hit in found.hits], one.judged[name]))
        means[kind].beside.append(ndcg(beside.best(text, 10), one.judged[name]))
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


def missed(index: SearchReader, documents: Sequence[tuple[str, str, str]], number: int, seed: int) -> list[str]:
    """Return the pieces for which not one text that holds them is found, or fewer texts than do."""
    held = [characters(f"{title}\0{text}") for _, title, text in documents]
    lost = []
    for piece in pieces(documents, number, seed):
        wanted = characters(piece)
        found = index.find(Query(text=piece, limit=1, counted=()))
        if found.is_nearest or found.total < sum(wanted in text for text in held):
            lost.append(piece)
    return lost


@dataclass(kw_only=True)
class Run:
    """What was measured so far: of each engine the means of each set, faults in words, pieces and queries that fail."""

    wholes: dict[str, dict[str, Means]]
    faults: list[str] = field(default_factory=list)
    lost: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    same: int = 0
    others: int = 0

    def measure(self, one: JudgedSet, *, most: int, number: int, seed: int) -> dict[str, dict[str, Means]]:
        """Measure one set on every engine; return the means by type."""
        found, asked = {}, []
        for engine, wholes in self.wholes.items():
            with ExitStack() as opened:
                index = open_engine(engine, opened)
                fill(index, one.documents)
                asked.append(Asked(index))
                found[engine] = measure(asked[-1], one, most)
                missing = missed(asked[-1], one.documents, number, seed)
            wholes[one.name] = held_to(found[engine])
            self.lost[engine] += len(missing)
            self.faults += [f"{engine}, {one.name}: {piece!r} is not found" for piece in missing]
            self.faults += [f"{engine}, {one.name}: {fault}" for fault in short_of(found[engine])]
        first, *more = [one.answers for one in asked]
        others = [f"{one.name}, {told}" for answers in more for told in differing(first, answers)]
        self.same, self.others = self.same + len(first), self.others + len(others)
        self.faults += others
        return found

    def lines(self, seed: int, number: int) -> Iterator[str]:
        """Yield the lines of figures."""
        for engine, wholes in self.wholes.items():
            told = " ".join(f"{name}={mean(of.ours):.3f}/{mean(of.beside):.3f}" for name, of in wholes.items())
            yield f"engine={engine} seed={seed} {told} pieces={number} pieces_missed={self.lost[engine]}"
        if len(self.wholes) > 1:
            yield f"queries_on_both={self.same} answered_otherwise={self.others}"


@click.command()
@click.option("--seed", default=1, show_default=True, help="Which pieces are looked for.")
@click.option("--queries", "most", default=0, help="About so many queries of each set; 0: all.")
@click.option("--engine", type=click.Choice([*ENGINES, "both"]), default="both", show_default=True)
@click.option("--pieces", "number", default=PIECES, show_default=True)
def main(*, seed: int, most: int, engine: str, number: int) -> None:
    """Print the table. Exit code 1 where a goal is missed."""
    console, sets = Console(width=150), read_sets()
    if not sets:
        console.print("missing: sets of the kinds corpus, queries and qrels: set CARNIVAL_FIXTURES")
        sys.exit(1)
    run = Run(wholes={one: {} for one in (ENGINES if engine == "both" else [engine])})
    if "meilisearch" in run.wholes:
        console.print(f"Meilisearch: {server()}")
    shown = Table("set", "type", "queries", *(f"{one} / words + pairs" for one in run.wholes), title="nDCG@10")
    for one in sets:
        found = run.measure(one, most=most, number=number // len(sets), seed=seed)
        for kind, of in sorted(next(iter(found.values())).items()):
            shown.add_row(one.name, kind, str(len(of.ours)), *(str(means[kind]) for means in found.values()))
    console.print(shown)
    for fault in run.faults:
        console.print(f"missed: {fault}", markup=False)
    for line in run.lines(seed, number):
        console.print(line, soft_wrap=True)
    sys.exit(bool(run.faults))


def short_of(means: Mapping[str, Means]) -> Iterator[str]:
    """Yield what of a set falls short: of words and pairs as a whole, of the goal for a type that needs help."""
    whole = held_to(means)
    if mean(whole.ours) < mean(whole.beside) - NOISE:
        yield str(whole)
    for kind in HELPED:
        if kind in means and len(means[kind].ours) >= MANY and mean(means[kind].ours) < GOAL_HELPED:
            yield f"{kind}: {mean(means[kind].ours):.3f}, goal {GOAL_HELPED}"


def held_to(means: Mapping[str, Means]) -> Means:
    """Return the means of all types but those that only a corrected query finds."""
    total = Means()
    for kind, of in means.items():
        if kind not in HELPED:
            total = total.add(of)
    return total


if __name__ == "__main__":
    main()
