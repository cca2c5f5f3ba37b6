"""What each match of a regular expression must hold: strings that are looked for at once, and how far from its start.

Read from the expression itself: of `(?:全国|全球)?最[高好]` each match begins with 最, 全国最 or 全球最. Tried at those
places alone (sought.py), an expression costs nothing in the rest of a text, however long it is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from re import _constants as ops  # type: ignore[attr-defined]  # what `re` itself reads expressions with
from re import _parser as reader  # type: ignore[attr-defined]
from typing import Any

MOST_STRINGS = 400  # of one list: of more another place in the expression is looked at
MOST_OF_A_SET = 40  # characters between brackets that are told apart
MOST_TIMES = 10  # that something is repeated, where each number of times is told apart
# How often a string of one, two, three characters stands in a text, roughly, by which lists are compared, and a Latin
# letter or a blank; and how many places in a character are too many.
OFTEN, OFTEN_LATIN = (1e-3, 3e-5, 1e-6), 1e-2
TOO_OFTEN = 0.15
FAR = int(ops.MAXREPEAT)
# Letters that are the same to `re.IGNORECASE` only with their own capital: of i, k and s there are others.
TWO_CASES = frozenset("abcdefghjlmnopqrtuvwxyz")
Distance = tuple[int, int]
Landmarks = Mapping[str, Distance]  # string → least and most characters from where a match begins to where it stands


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a part of an expression. every: all that it matches, None where that is too much.

    lists: of each one string must stand in a match. width: least and most characters of a match.
    """

    every: frozenset[str] | None
    lists: Sequence[Landmarks]
    width: Distance


@dataclass(slots=True)
class _Row:
    """Parts in a row, as far as they were read. held: all that those since `since` match."""

    held: frozenset[str] = frozenset({""})
    since: Distance = (0, 0)
    width: Distance = (0, 0)
    is_whole: bool = True
    lists: list[Landmarks] = field(default_factory=list)

    def add(self, told: _Told) -> None:
        if told.every is not None and len(self.held) * len(told.every) <= MOST_STRINGS:
            self.held = frozenset(one + other for one, other in product(self.held, told.every))
        else:
            self.end()
            self.is_whole = False
            self.lists += [_moved(some, self.width) for some in told.lists]
            self.held, self.since = told.every or frozenset({""}), self.width
        self.width = _added(self.width, told.width)
        if told.every is None:
            self.since = self.width

    def end(self) -> None:
        if "" not in self.held:
            self.lists.append(dict.fromkeys(self.held, self.since))


def landmarks(pattern: re.Pattern[str]) -> Landmarks | None:
    """Return strings of which each match holds one, so many characters after its start; None where no list tells much.

    None of the strings is empty, so an expression that has landmarks has no empty match. Pure.
    """
    told = _row(reader.parse(pattern.pattern, pattern.flags), is_folded=bool(pattern.flags & re.IGNORECASE))
    best = _best(told)
    return best if best is not None and _places(best) <= TOO_OFTEN else None


def _row(items: Iterable[tuple[Any, Any]], *, is_folded: bool) -> _Told:
    row = _Row()
    for kind, value in items:
        row.add(_part(kind, value, is_folded=is_folded))
    if row.is_whole:
        return _Told(row.held, (), row.width)
    row.end()
    return _Told(None, row.lists, row.width)


def _part(kind: Any, value: Any, *, is_folded: bool) -> _Told:  # noqa: ANN401, C901 - a table; `re` has no types for it
    match kind:
        case ops.LITERAL:
            return _one_of(_cases(chr(value), is_folded=is_folded))
        case ops.IN:
            return _one_of(_set(value, is_folded=is_folded))
        case ops.BRANCH:
            return _either([_row(one, is_folded=is_folded) for one in value[1]])
        case ops.SUBPATTERN:
            _, on, off, part = value
            return _row(part, is_folded=(is_folded or bool(on & re.IGNORECASE)) and not off & re.IGNORECASE)
        case ops.ATOMIC_GROUP:
            return _row(value, is_folded=is_folded)
        case ops.MAX_REPEAT | ops.MIN_REPEAT | ops.POSSESSIVE_REPEAT:
            least, most, part = value
            return _repeated(_row(part, is_folded=is_folded), int(least), int(most))
        case ops.AT | ops.ASSERT | ops.ASSERT_NOT:
            return _Told(frozenset({""}), (), (0, 0))
        case ops.ANY | ops.NOT_LITERAL | ops.CATEGORY:
            return _one_of(None)
        case _:  # what an earlier group matched: anything
            return _Told(None, (), (0, FAR))


def _one_of(characters: frozenset[str] | None) -> _Told:
    return _Told(characters, (), (1, 1))


def _cases(character: str, *, is_folded: bool) -> frozenset[str] | None:
    """Return what a letter of an expression matches; None where that is not known."""
    if not is_folded or character.lower() == character.upper():
        return frozenset({character})
    return frozenset({character.lower(), character.upper()}) if character.lower() in TWO_CASES else None


def _set(value: Iterable[tuple[Any, Any]], *, is_folded: bool) -> frozenset[str] | None:
    found: set[str] = set()
    for kind, what in value:
        if kind is ops.LITERAL:
            codes = range(what, what + 1)
        elif kind is ops.RANGE:
            codes = range(what[0], what[1] + 1)
        else:
            return None
        if len(found) + len(codes) > MOST_OF_A_SET:
            return None
        for code in codes:
            cases = _cases(chr(code), is_folded=is_folded)
            if cases is None:
                return None
            found |= cases
    return frozenset(found)


def _either(branches: Sequence[_Told]) -> _Told:
    width = min(one.width[0] for one in branches), max(one.width[1] for one in branches)
    every = [one.every for one in branches if one.every is not None]
    if len(every) == len(branches) and sum(map(len, every)) <= MOST_STRINGS:
        return _Told(frozenset().union(*every), (), width)
    best = [_best(one) for one in branches]
    known = [one for one in best if one is not None]
    return _Told(None, (_merged(known),) if len(known) == len(best) else (), width)


def _repeated(told: _Told, least: int, most: int) -> _Told:
    width = told.width[0] * least, min(told.width[1] * most, FAR)
    if told.every is not None and most <= MOST_TIMES:
        times = range(least, most + 1)
        if sum(len(told.every) ** each for each in times) <= MOST_STRINGS:
            rows = (product(told.every, repeat=each) for each in times)
            return _Told(frozenset("".join(one) for row in rows for one in row), (), width)
    best = _best(told) if least else None
    return _Told(None, () if best is None else (best,), width)


def _best(told: _Told) -> Landmarks | None:
    """Return the list of which the fewest places are to be expected; None without any."""
    lists = list(told.lists)
    if told.every is not None and "" not in told.every:
        lists.append(dict.fromkeys(told.every, (0, 0)))
    near = [some for some in lists if all(most < FAR for _, most in some.values()) and all(map(_is_text, some))]
    return min(near, key=_places, default=None)


def _is_text(string: str) -> bool:
    return string.isprintable()


def _places(some: Landmarks) -> float:
    """Return at how many places in a character of text an expression is tried, roughly."""
    return sum(_often(one) * (most - least + 1) for one, (least, most) in some.items())


def _often(string: str) -> float:
    return OFTEN_LATIN if len(string) == 1 and string.isascii() else OFTEN[min(len(string), len(OFTEN)) - 1]


def _merged(lists: Iterable[Landmarks]) -> Landmarks:
    every: dict[str, Distance] = {}
    for some in lists:
        for one, (least, most) in some.items():
            known = every.get(one, (least, most))
            every[one] = min(least, known[0]), max(most, known[1])
    return every


def _moved(some: Landmarks, by: Distance) -> Landmarks:
    return {one: _added(distance, by) for one, distance in some.items()}


def _added(one: Distance, other: Distance) -> Distance:
    return one[0] + other[0], min(one[1] + other[1], FAR)
