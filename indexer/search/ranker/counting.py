"""Where rows of characters stand in many texts: all rows in all texts by one pass, however many of either there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.terms import Laid, bigrams

Places = NDArray[np.intp]
BASIC, EVERY = 0x10000, 0x110000  # code points up to the last of the basic plane, which is no character, and all


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One entry each time that a row stands in a text: the number of the row, that of the text, the place in it."""

    rows: Places
    texts: Places
    places: Places


def standing(laid: Laid, rows: Sequence[str]) -> Standing:
    """Return where the rows stand, those that overlap included. Rows are folded, not empty, each given once. Pure."""
    where = list(_where(laid, rows)) if rows and len(laid.codes) else []
    numbers = np.repeat(np.arange(len(where)), [len(one) for one in where])
    places = np.concatenate(where) if where else np.zeros(0, dtype=np.intp)
    texts = np.searchsorted(laid.ends, places, side="right")
    begins = np.concatenate(([0], laid.ends))[texts]
    return Standing(rows=numbers, texts=texts, places=places - begins)


def _where(laid: Laid, rows: Sequence[str]) -> Iterator[Places]:
    """The places of each row in all characters. A row is looked for by its pairs, and pairs are told by their numbers:
    all that are looked for are found together."""
    letters, numbers = _letters(laid, rows)
    pairs: Mapping[str, int] = {
        pair: number for number, pair in enumerate(dict.fromkeys(pair for row in rows for pair in bigrams(row)), 1)
    }
    base = len(numbers) + 1
    table = np.zeros(base * base, dtype=np.intp)
    for pair, number in pairs.items():
        table[numbers[pair[0]] * base + numbers[pair[1]]] = number
    held = np.zeros(len(letters), dtype=np.intp)
    held[:-1] = table[letters[:-1] * base + letters[1:]]
    held[laid.ends[laid.ends > 0] - 1] = 0  # no pair reaches from one text into the next
    spots = np.flatnonzero(held)
    order = np.argsort(held[spots], kind="stable")
    bounds = np.searchsorted(held[spots][order], np.arange(len(pairs) + 2))
    for row in rows:
        if len(row) == 1:
            yield np.flatnonzero(letters == numbers[row])
            continue
        first, *others = [pairs[pair] for pair in bigrams(row)]
        found = spots[order[bounds[first] : bounds[first + 1]]]
        for step, number in enumerate(others, 1):  # the last place of a text holds no pair: none reaches beyond it
            found = found[held[found + step] == number]
        yield found


def _letters(laid: Laid, rows: Sequence[str]) -> tuple[Places, Mapping[str, int]]:
    """Each character by a number of those that are looked for, from 1; 0: another one."""
    numbers = {char: number for number, char in enumerate(dict.fromkeys("".join(rows)), 1)}
    size = BASIC if all(ord(char) < BASIC - 1 for char in numbers) else EVERY
    table = np.zeros(size, dtype=np.uint16)
    for char, number in numbers.items():
        table[ord(char)] = number
    return table.take(laid.codes, mode="clip").astype(np.intp), numbers
