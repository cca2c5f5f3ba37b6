"""`make quality-search-help`: pinyin, initials and typing errors lead to what was meant, in judged and in made queries.

Judged: the queries of types `pinyin` and `typo` in the sets of kinds `corpus`, `queries` and `qrels` (nDCG@10: the
pieces that hold the first correction, titles first, then those of the others). Made: strings cut from the titles of all
the other sets, spelled or mistyped by a seed (SEED=): how often the first correction, and any of five, is what was cut.
Beside them the same without help, and the string of the catalogue that shares most pairs of characters. Ends with one
line of figures; exit code 1 where a goal is missed or no set is found. `rewritten` is there for other measures to call.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import click
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))  # run as a file: tests are not installed

from indexer.search.chinese import characters
from indexer.search.help.alike import look_alikes
from indexer.search.help.gathering import common_words
from indexer.search.help.known import Kind, Known, Phrase
from indexer.search.help.readings import readings, syllables
from indexer.search.help.rewriting import Help
from indexer.search.help.synonyms import Synonyms
from tests.real.datasets import read_lines
from tests.real.rows import read_bytes, read_rows

JUDGED = ("pinyin", "typo")
GOAL, GOAL_MADE = 0.95, 0.90  # nDCG@10 of what is judged; the share of what is made that one of five corrections hits
BOUND = 50  # queries of a type: a set with fewer was not made for it, and is graded by meaning; it is only shown
EACH = 200  # made queries of a kind
DEPTH = 10
Rewrite = Callable[[str], Sequence[str]]
Make = Callable[[str, Random], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One set. texts: of each document the searchable characters of title and text. grades: of each query."""

    texts: Mapping[str, tuple[str, str]]
    titles: Sequence[str]
    queries: Sequence[tuple[str, str, str]]
    grades: Mapping[str, Mapping[str, int]]
    help: Help


def rewritten(help_: Help, query: str) -> list[str]:
    """Return the query itself where it needs no help, else what may have been meant, the likeliest first."""
    return [one.text for one in help_.rewrite(query)] or [query]


def read_sets() -> dict[str, Judged]:
    """Return the sets of the manifests by their names."""
    files: dict[str, dict[str, Path]] = defaultdict(dict)
    for row in read_rows():
        if row.kind in ("corpus", "queries", "qrels"):
            files[str(row.expected["set"])][row.kind] = row.path
    return {name: _read(of) for name, of in files.items() if len(of) == 3}


def _read(of: Mapping[str, Path]) -> Judged:
    documents = read_lines(of["corpus"])
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for line in read_bytes(of["qrels"]).decode("utf-8").splitlines():
        query, document, grade = line.split("\t")
        grades[query][document] = int(grade)
    titles = [one["title"] for one in documents]
    named = [Phrase(text=title, kind=Kind.TITLE) for title in titles]
    known = Known([*named, *common_words(one["text"] for one in documents)])
    return Judged(
        texts={one["id"]: (characters(one["title"]), characters(one["text"])) for one in documents},
        titles=titles,
        queries=[(one["id"], one["text"], one.get("type", "")) for one in read_lines(of["queries"])],
        grades=grades,
        help=Help(known, Synonyms([])),
    )


def found(judged: Judged, meant: Sequence[str]) -> list[str]:
    """Return the documents that hold what was meant: the first string's before the second's, titles before texts."""
    each: dict[str, None] = {}
    for one in meant:
        words = [chars for word in one.split() if (chars := characters(word))]
        in_title = [name for name, (title, _) in judged.texts.items() if all(word in title for word in words)]
        anywhere = [name for name, held in judged.texts.items() if all(word in "\n".join(held) for word in words)]
        each |= dict.fromkeys([*in_title, *anywhere] if words else ())
    return list(each)


def gain(listed: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return nDCG@10."""
    got = sum((2 ** grades.get(one, 0) - 1) / math.log2(place + 2) for place, one in enumerate(listed[:DEPTH]))
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    return got / sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(best))


def mean_gain(judged: Judged, kind: str, rewrite: Rewrite) -> float:
    """Return the mean over the queries of one type."""
    gains = [gain(found(judged, rewrite(text)), judged.grades[name]) for name, text, of in judged.queries if of == kind]
    return sum(gains) / len(gains)


def most_pairs(titles: Sequence[str]) -> Rewrite:
    """The baseline: the title that shares most pairs of characters, as who has no help would look for."""
    pairs = [(title, {*pairwise(chars)}) for title in titles if (chars := characters(title))]

    def nearest(query: str) -> Sequence[str]:
        chars = characters(query)
        wanted = {*pairwise(chars)}
        return [max(pairs, key=lambda one: (len(wanted & one[1]), -len(one[1])))[0]]

    return nearest


def _read_as(char: str, random: Random) -> str:
    return random.choice(sorted(readings(char)))


def _changed(text: str, random: Random, others: Callable[[str], Sequence[str]]) -> str:
    place = random.randrange(len(text))
    return text[:place] + random.choice([*others(text[place])] or [text[place]]) + text[place + 1 :]


def _heard(char: str) -> Sequence[str]:
    return sorted({other for one in readings(char) for other in syllables()[one]})


def _seen(char: str) -> Sequence[str]:
    return look_alikes().get(char, "")


def _mixed(text: str, random: Random) -> str:
    cut = random.randrange(1, len(text))
    return text[:cut] + "".join(_read_as(char, random) for char in text[cut:])


def _missing(text: str, random: Random) -> str:
    place = random.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1 :]


def _added(text: str, random: Random) -> str:
    place = random.randrange(1, len(text))
    return text[:place] + random.choice(sorted(look_alikes())) + text[place:]


def _swapped(text: str, random: Random) -> str:
    place = random.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


MADE: Mapping[str, tuple[Make, int, int]] = {  # how, and the least and most characters that are cut
    "pinyin": (lambda text, random: "".join(_read_as(char, random) for char in text), 3, 6),
    "pinyin, apart": (lambda text, random: " ".join(_read_as(char, random) for char in text), 2, 6),
    "initials": (lambda text, random: "".join(_read_as(char, random)[0] for char in text), 4, 7),
    "characters and pinyin": (_mixed, 3, 6),
    "one missing": (_missing, 4, 7),
    "one added": (_added, 3, 6),
    "two exchanged": (_swapped, 3, 6),
    "one of the same sound": (lambda text, random: _changed(text, random, _heard), 3, 6),
    "one that looks alike": (
        lambda text, random: _changed(text, random, lambda char: look_alikes().get(char, "")),
        3,
        6,
    ),
    "any other one": (lambda text, random: _changed(text, random, lambda _: sorted(look_alikes())), 4, 6),
}


def made(titles: Sequence[str], kind: str, known: Callable[[str], bool], seed: int) -> Iterator[tuple[str, str]]:
    """Yield (what is typed, what was meant): what stands in the catalogue as it is typed is no error."""
    make, least, most = MADE[kind]
    random = Random(f"{seed} {kind}")  # noqa: S311 - not for secrets
    whole = [chars for chars in map(characters, titles) if len(chars) >= most and all(map(readings, chars))]
    count = 0
    while count < EACH:
        chars, length = random.choice(whole), random.randint(least, most)
        start = random.randrange(len(chars) - length + 1)
        meant = chars[start : start + length]
        typed = make(meant, random)
        if not known(characters(typed)):
            count += 1
            yield typed, meant


def share(help_: Help, asked: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Return how often the first correction, and any of them, is what was meant."""
    told = [([one.text for one in help_.rewrite(typed)], meant) for typed, meant in asked]
    first = sum(bool(found_) and found_[0] == meant for found_, meant in told)
    return first / len(told), sum(meant in found_ for found_, meant in told) / len(told)


@click.command()
@click.option("--seed", default=1, show_default=True, help="Which made queries.")
def main(*, seed: int) -> None:
    """Print both tables. Exit code 1 where a goal is missed."""
    console, sets = Console(width=150), read_sets()
    judged = {name: one for name, one in sets.items() if any(kind in JUDGED for _, _, kind in one.queries)}
    if not judged:
        console.print("missing: a set with queries of types pinyin or typo: set CARNIVAL_FIXTURES")
        sys.exit(1)
    gains, missed = Table("set, type", "as typed", "most pairs", "with help", "goal", title="judged: nDCG@10"), []
    for name, one in judged.items():
        nearest = most_pairs(one.titles)
        for kind in JUDGED:
            ours = mean_gain(one, kind, lambda query, one=one: rewritten(one.help, query))  # type: ignore[misc]
            others = (mean_gain(one, kind, lambda query: [query]), mean_gain(one, kind, nearest))
            is_bound = sum(of == kind for _, _, of in one.queries) >= BOUND
            told = (f"{value:.3f}" for value in (*others, ours))
            gains.add_row(f"{name}, {kind}", *told, f"{GOAL}" if is_bound else "")
            missed += [f"{name}, {kind}: {ours:.3f}"] if is_bound and ours < GOAL else []
    console.print(gains)
    shares, last = _made_table(sets, judged, seed, missed)
    console.print(shares)
    for line in missed:
        console.print(f"missed: {line}")
    console.print(f"search help: {last}, seed {seed}")
    sys.exit(bool(missed))


def _made_table(
    sets: Mapping[str, Judged], judged: Mapping[str, Judged], seed: int, missed: list[str]
) -> tuple[Table, str]:
    titles = sorted({title for name, one in sets.items() if name not in judged for title in one.titles})
    known = Known([Phrase(text=title, kind=Kind.TITLE) for title in titles])
    help_, shares, told = Help(known, Synonyms([])), Table("made", "first", "any of five", "goal"), []
    for kind in MADE:
        first, some = share(help_, list(made(titles, kind, known.holds, seed)))
        shares.add_row(kind, f"{first:.3f}", f"{some:.3f}", f"{GOAL_MADE}")
        told.append(f"{kind} {first:.3f}/{some:.3f}")
        missed += [f"{kind}: {some:.3f}"] if some < GOAL_MADE else []
    shares.title = f"made of {len(titles)} titles of the other sets, {EACH} each"
    return shares, ", ".join(told)


if __name__ == "__main__":
    main()
