"""`make quality-search-same`: the same query gives the same items in the same order on both engines.

Every query of the judged sets (`search.py`), and random pieces of their texts, each of which must find its text.
Queries of the types `pinyin` and `typo` are asked as a page asks them, with help, and held to a goal (nDCG@10) where a
set was made for them. Meilisearch is the simulated server, or CARNIVAL_TEST_MEILISEARCH_URL. Ends with one line of
figures; exit code 1 where engines differ, a piece or the goal is missed, or no set is there. SEED= QUERIES= (about so
many of each set).
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.table import Table

from indexer.search.help.answering import answer
from indexer.search.port import Query
from tests.quality.understanding.bm25 import ndcg
from tests.quality.understanding.search import HELPED, PIECES, JudgedSet, fill, mean, missed, read_sets
from tests.quality.understanding.search_engines import ENGINES, Asked, differing, help_for, open_engine, server

GOAL, MANY = 0.95, 50  # of a type that needs help, where a set has so many queries of it


@dataclass(kw_only=True)
class Run:
    """What was found so far: faults in words, pieces missed, queries asked of both, and those answered otherwise."""

    faults: list[str] = field(default_factory=list)
    lost: int = 0
    asked: int = 0
    others: int = 0

    def measure(self, one: JudgedSet, *, most: int, number: int, seed: int) -> Mapping[str, Sequence[float]]:
        """Ask both engines for one set; return nDCG@10 of its queries that need help, by type, on the first."""
        answers, gains = [], []
        for engine in ENGINES:
            with ExitStack() as opened:
                index = open_engine(engine, opened)
                fill(index, one.documents)
                asked = Asked(index)
                gains.append(ask(asked, one, most))
                missing = missed(asked, one.documents, number, seed)  # type: ignore[arg-type]  # it is only asked
            answers.append(asked.answers)
            self.lost += len(missing)
            self.faults += [f"{engine}, {one.name}: {piece!r} is not found" for piece in missing]
            self.faults += [f"{engine}, {one.name}: {fault}" for fault in short_of(gains[-1])]
        others = [f"{one.name}, {told}" for told in differing(*answers)]
        self.asked, self.others = self.asked + len(answers[0]), self.others + len(others)
        self.faults += others
        return gains[0]


def ask(index: Asked, one: JudgedSet, most: int) -> Mapping[str, Sequence[float]]:
    """Ask about so many queries of a set, from all over it, 0: all; return nDCG@10 by type of those that need help."""
    help_, gains = help_for(one.documents), defaultdict[str, list[float]](list)
    for name, text, kind in one.queries[:: max(1, len(one.queries) // most) if most else 1]:
        query = Query(text=text, limit=10, counted=())
        if kind not in HELPED:
            index.find(query)
            continue
        found = answer(index, help_, query).found
        gains[kind].append(ndcg([str(hit.item) for hit in found.hits], one.judged[name]))
    return gains


def short_of(gains: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Yield the types that miss the goal."""
    for kind, some in gains.items():
        if len(some) >= MANY and mean(some) < GOAL:
            yield f"{kind}: {mean(some):.3f}, goal {GOAL}"


@click.command()
@click.option("--seed", default=1, show_default=True, help="Which pieces are looked for.")
@click.option("--queries", "most", default=0, help="About so many queries of each set; 0: all.")
@click.option("--pieces", "number", default=PIECES, show_default=True)
def main(*, seed: int, most: int, number: int) -> None:
    """Print the table. Exit code 1 where a goal is missed."""
    console, sets, run = Console(width=150), read_sets(), Run()
    if not sets:
        console.print("missing: sets of the kinds corpus, queries and qrels: set CARNIVAL_FIXTURES")
        sys.exit(1)
    console.print(f"Meilisearch: {server()}")
    shown, told = (
        Table("set", "asked of both", "answered otherwise", *HELPED, title="both engines, nDCG@10 with help"),
        "",
    )
    for one in sets:
        asked, others = run.asked, run.others
        gains = run.measure(one, most=most, number=number // len(sets), seed=seed)
        cells = [f"{mean(gains[kind]):.3f} of {len(gains[kind])}" if kind in gains else "" for kind in HELPED]
        shown.add_row(one.name, str(run.asked - asked), str(run.others - others), *cells)
        told += "".join(f" {one.name}_{kind}={mean(some):.3f}" for kind, some in gains.items())
    console.print(shown)
    for fault in run.faults:
        console.print(f"missed: {fault}", markup=False)
    line = f"seed={seed} asked_of_both={run.asked} answered_otherwise={run.others}{told}"
    console.print(f"{line} pieces={number} pieces_missed={run.lost}", soft_wrap=True)
    sys.exit(bool(run.faults))


if __name__ == "__main__":
    main()
