"""`make quality-search`: what is looked for stands where it should, on sets that people judged.

The sets are those of the kinds corpus, queries and qrels (MANIFEST.tsv). nDCG@10 by set and type of query, beside BM25
over words and pairs of characters of the whole set, in one run. Then random pieces of the texts, 1 to 8 characters cut
without regard to words: each must find its text. Ends with one line of figures; exit code 1 where search is worse than
what it stands beside, a piece is missed, or no set is there. SEED= QUERIES= (about so many of each set)
ENGINE=meilisearch (the simulated server, or CARNIVAL_TEST_MEILISEARCH_URL).
"""

import os
import sys
import tempfile
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

from indexer.base.ids import ClusterId, ItemId, new_id
from indexer.search.chinese import characters
from indexer.search.meilisearch.index import MeilisearchIndex
from indexer.search.port import Entry, Query, SearchIndex
from indexer.search.tantivy.index import TantivyIndex
from tests.quality.understanding.bm25 import Bm25, ndcg
from tests.real.datasets import read_lines
from tests.real.rows import read_bytes, read_rows
from tests.simulators.meilisearch import MeilisearchSimulator

KINDS = ("corpus", "queries", "qrels")
HELPED = ("pinyin", "typo")  # what only a corrected query finds is told and not held to anything here
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


def fill(index: SearchIndex, documents: Sequence[tuple[str, str, str]]) -> None:
    """Put the documents of a set into an index, each a piece of its own."""
    entries = [
        Entry(
            item=ItemId(name), version=1, title=title, text=text, unit_name="", cluster=ClusterId(name),
            publication=number,
        )
        for number, (name, title, text) in enumerate(documents)
    ]  # fmt: skip
    for first in range(0, len(entries), BATCH):
        index.put(entries[first : first + BATCH])


def measure(index: SearchIndex, one: JudgedSet, most: int) -> dict[str, Means]:
    """Return the means of a set by type of query; most: about so many queries of it, from all over the set; 0 all."""
    beside = Bm25([(name, f"{title} {text}") for name, title, text in one.documents])
    means: defaultdict[str, Means] = defaultdict(Means)
    step = max(1, len(one.queries) // most) if most else 1
    for name, text, kind in one.queries[::step]:
        found = [str(hit.item) for hit in index.find(Query(text=text, limit=10, counted=())).hits]
        means[kind].ours.append(ndcg(found, one.judged[name]))
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
def main(*, seed: int, most: int, engine: str, number: int) -> None:
    """Print the table. Exit code 1 where a goal is missed."""
    console = Console(width=150)
    sets = read_sets()
    if not sets:
        console.print("missing: sets of the kinds corpus, queries and qrels: set CARNIVAL_FIXTURES")
        sys.exit(1)
    shown = Table("set", "type", "queries", "ours / words + pairs", title=f"nDCG@10 on {engine}")
    faults, wholes, lost = [], {}, 0
    for one in sets:
        with ExitStack() as opened:
            index = open_engine(engine, opened)
            fill(index, one.documents)
            means = measure(index, one, most)
            missing = missed(index, one.documents, number // len(sets), seed)
        lost += len(missing)
        faults += [f"{one.name}: {piece!r} is not found" for piece in missing]
        wholes[one.name] = held_to(means)
        if mean(wholes[one.name].ours) < mean(wholes[one.name].beside) - NOISE:
            faults.append(f"{one.name}: {wholes[one.name]}")
        for kind, of in sorted(means.items()):
            shown.add_row(one.name, kind, str(len(of.ours)), str(of))
    console.print(shown)
    for fault in faults:
        console.print(f"missed: {fault}")
    told = " ".join(f"{name}={mean(of.ours):.3f}/{mean(of.beside):.3f}" for name, of in wholes.items())
    console.print(f"engine={engine} seed={seed} {told} pieces={number} pieces_missed={lost}", soft_wrap=True)
    sys.exit(bool(faults))


def held_to(means: Mapping[str, Means]) -> Means:
    """Return the means of all types but those that only a corrected query finds."""
    total = Means()
    for kind, of in means.items():
        if kind not in HELPED:
            total = total.add(of)
    return total


def open_engine(engine: str, opened: ExitStack) -> SearchIndex:
    """Return an empty index of the engine."""
    if engine == "tantivy":
        return TantivyIndex(Path(opened.enter_context(tempfile.TemporaryDirectory())) / "search")
    url = os.environ.get("CARNIVAL_TEST_MEILISEARCH_URL") or opened.enter_context(MeilisearchSimulator())
    return MeilisearchIndex(url, os.environ.get("CARNIVAL_TEST_MEILISEARCH_KEY"), name=f"quality-{new_id()}")


if __name__ == "__main__":
    main()
