"""Where rows of characters stand in many texts: all rows in all texts by one pass, however many of either there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.terms import Laid, bigrams

Places = NDArray[np.intp]
LONG, MOST_TIMES = 3, 50  # characters; what stands so often in a text is what it is about
BASIC, EVERY = 0x10000, 0x110000  # code points up to the last of the basic plane, which is no character, and all


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One entry each time that a row stands in a text: the number of the row, that of the text, the place in it."""

    rows: Places
    texts: Places
    places: Places


def standing(laid: Laid, rows: Sequence[str]) -> Standing:
    """Return where the rows stand: those up to LONG characters at each place, of a longer one the first MOST_TIMES of a
    text that do not overlap. Rows are folded, not empty, each given once. Pure.
    """
    begins = np.concatenate(([0], laid.ends))
    text_of = np.repeat(np.arange(len(laid.ends)), np.diff(begins))
    where = list(_where(laid, text_of, rows)) if rows and len(laid.codes) else []
    numbers = np.repeat(np.arange(len(where)), [len(one) for one in where])
    places = np.concatenate(where) if where else np.zeros(0, dtype=np.intp)
    texts = text_of[places]
    return Standing(rows=numbers, texts=texts, places=places - begins[texts])


def _where(laid: Laid, text_of: Places, rows: Sequence[str]) -> Iterator[Places]:
    """The places of each row in all characters. A row is looked for by its pairs, and pairs are told by their numbers:
    all that are looked for are found together."""
    texts, (letters, numbers) = laid.texts, _letters(laid, rows)
    pairs = {pair: at for at, pair in enumerate(dict.fromkeys(pair for row in rows for pair in bigrams(row[:LONG])), 1)}
    held = _held(laid, letters, {(numbers[pair[0]], numbers[pair[1]]): number for pair, number in pairs.items()})
    spots = np.flatnonzero(held)
    order = np.argsort(held[spots], kind="stable")
    bounds = np.searchsorted(held[spots][order], np.arange(len(pairs) + 2))
    for row in rows:
        if len(row) == 1:
            yield np.flatnonzero(letters == numbers[row])
            continue
        first, *others = [pairs[pair] for pair in bigrams(row[:LONG])]
        found = spots[order[bounds[first] : bounds[first + 1]]]
        for step, number in enumerate(others, 1):  # the last place of a text holds no pair: none reaches beyond it
            found = found[held[found + step] == number]
        yield found if len(row) <= LONG else _whole(laid, texts, row, np.flatnonzero(np.bincount(text_of[found])))


def _held(laid: Laid, letters: Places, pairs: Mapping[tuple[int, int], int]) -> NDArray[np.uint16]:
    """The number of the pair of characters that begins at each place; 0: another pair."""
    base = int(letters.max(initial=0)) + 1
    table = np.zeros(base * base, dtype=np.uint16)
    for (first, second), number in pairs.items():
        if first < base and second < base:
            table[first * base + second] = number
    held = np.zeros(len(letters), dtype=np.uint16)
    held[:-1] = table.take(letters[:-1] * base + letters[1:])
    held[laid.ends[laid.ends > 0] - 1] = 0  # no pair reaches from one text into the next
    return held


def _whole(laid: Laid, texts: Sequence[str], row: str, numbers: Places) -> Places:
    """The places of a long row, in texts that hold its beginning: a row and a text of one letter take no longer."""
    found: list[int] = []
    for number in numbers.tolist():
        begin, at = int(laid.ends[number]) - len(texts[number]), texts[number].find(row)
        most = len(found) + MOST_TIMES
        while at >= 0 and len(found) < most:
            found.append(begin + at)
            at = texts[number].find(row, at + len(row))
    return np.array(found, dtype=np.intp)


def _letters(laid: Laid, rows: Sequence[str]) -> tuple[Places, Mapping[str, int]]:
    """Each character by a number of those that are looked for, from 1; 0: another one."""
    numbers = {char: number for number, char in enumerate(dict.fromkeys("".join(rows)), 1)}
    size = BASIC if all(ord(char) < BASIC - 1 for char in numbers) else EVERY
    table = np.zeros(size, dtype=np.uint16)
    for char, number in numbers.items():
        table[ord(char)] = number
    return table.take(laid.codes, mode="clip").astype(np.intp), numbers
