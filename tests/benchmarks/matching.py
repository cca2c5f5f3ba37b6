"""`make bench-matching`: 10,000 patterns over a text, normalised and with a map back, beside re and pyahocorasick.

    python -m tests.benchmarks.matching

Nanoseconds a character, the best of some rounds. Ours normalises the text, finds all patterns in it and places each
match in the text as it is shown; the others get the normalised text for nothing. Text and patterns are made by a seed.
Ends with one line of figures; exit code 1 where ours takes longer than MOST_NS.
"""

import importlib
import random
import re
import sys
import time
from collections.abc import Callable, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind
from rich.console import Console
from rich.table import Table

from indexer.understanding.policies.normal import normal, plain

PATTERNS, CHARS, ROUNDS, SEED = 10_000, 500_000, 25, 28
RE_CHARS = 2_000  # of the text that `re` reads: its time grows with the number of the patterns
MOST_NS = 60.0
COMMON = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
SIGNS = "，。、 \u200b\n（）ＡＢ12"
Matcher = Callable[[str], list[tuple[int, int]]]


def made() -> tuple[list[str], str]:
    """Return patterns of two to six characters, and a text in which one stands every hundred characters or so."""
    chance = random.Random(SEED)  # noqa: S311 - a text, no secret
    patterns = ["".join(chance.choices(COMMON, k=chance.randint(2, 6))) for _ in range(PATTERNS)]
    pieces: list[str] = []
    while sum(map(len, pieces[-1:])) + len(pieces) * 100 < CHARS:
        pieces.append("".join(chance.choices(COMMON, k=88)) + chance.choice(SIGNS) * 2 + chance.choice(patterns))
    return patterns, "".join(pieces)


def ours(patterns: list[str]) -> Matcher:
    """Normalise, match, place."""
    automaton = AhoCorasick([plain(one) for one in patterns], matchkind=MatchKind.LeftmostLongest)
    read = normal.__wrapped__  # without its cache

    def find(text: str) -> list[tuple[int, int]]:
        known = read(text)
        return [known.shown((start, end)) for _, start, end in automaton.find_matches_as_indexes(known.text)]

    return find


def by_re(patterns: list[str]) -> Matcher:
    """One expression of all patterns."""
    expression = re.compile("|".join(map(re.escape, sorted(map(plain, patterns), key=len, reverse=True))))
    return lambda text: [match.span() for match in expression.finditer(text)]


def by_pyahocorasick(patterns: list[str]) -> Matcher | None:
    """The automaton in C; None where it is not installed."""
    try:
        library = importlib.import_module("ahocorasick")
    except ModuleNotFoundError:
        return None
    automaton = library.Automaton()
    for word in map(plain, patterns):
        automaton.add_word(word, len(word))
    automaton.make_automaton()
    return lambda text: [(end + 1 - length, end + 1) for end, length in automaton.iter_long(text)]


def nanoseconds(find: Matcher, text: str) -> float:
    """Return the least nanoseconds a character."""
    return min(_seconds(find, text) for _ in range(ROUNDS)) / len(text) * 1e9


def _seconds(find: Matcher, text: str) -> float:
    started = time.process_time()
    find(text)
    return time.process_time() - started


def main() -> int:
    """Print the table and the figures; return the exit code."""
    console, (patterns, shown) = Console(), made()
    folded = normal(shown).text
    other = by_pyahocorasick(patterns)
    figures: Mapping[str, float | None] = {
        "ours: normalised, matched, placed": nanoseconds(ours(patterns), shown),
        "pyahocorasick, matched": nanoseconds(other, folded) if other else None,
        "re, matched": nanoseconds(by_re(patterns), folded[:RE_CHARS]),
    }
    table = Table("way", "ns a character", title=f"{PATTERNS:,} patterns, {len(shown):,} characters")
    for way, value in figures.items():
        table.add_row(way, "not installed" if value is None else f"{value:,.1f}")
    console.print(table)
    mine, theirs, slow = figures.values()
    beside = "not installed" if theirs is None else f"{theirs:.1f}"
    console.print(
        f"matching: ours {mine:.1f} ns a character (at most {MOST_NS:.0f}); pyahocorasick {beside}; re {slow:.0f}"
    )
    return 1 if mine is None or mine > MOST_NS else 0


if __name__ == "__main__":
    sys.exit(main())
