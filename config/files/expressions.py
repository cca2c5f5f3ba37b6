"""Regular expressions from a configuration: compiled, bounded, and refused where they could run without end."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from config.files.faults import fault

LONGEST = 500
OPEN_ENDED = re.compile(r"[*+]|\{\d*,\}")
REPEATED = re.compile(r"[*+]|\{\d*,\d*\}|\{(?!1\})\d+\}")
LIST_NAME = re.compile(r"(?<!\(\?P)<([a-z][a-z-]*)>")
NO_LISTS: Mapping[str, Sequence[str]] = MappingProxyType({})
BACK_REFERENCE = re.compile(r"\\[1-9]|\(\?P=")


def compiled(pattern: str, lists: Mapping[str, Sequence[str]] = NO_LISTS) -> re.Pattern[str]:
    """Return the expression. Raises the config's own error where it is too long, wrong, matches nothing, or runs away.

    `<name>` in it stands for any of the words of that list, the longest first.

    What runs away: a repeated group that holds an open repetition or an alternation inside, `(a+)+`, `(a|ab)*`. The
    look is at the text alone, so a harmless group may be refused too: it can be written without the outer repetition.
    """
    if len(pattern) > LONGEST:
        raise fault(f"has {len(pattern)} characters, at most {LONGEST} are taken", "Split it into several rules.")
    pattern = LIST_NAME.sub(lambda name: _any_of(name[1], lists), pattern)
    try:
        expression = re.compile(pattern)
    except re.error as error:
        place = "" if error.pos is None else f" at character {error.pos + 1}"
        raise fault(f"is no regular expression: {error.msg}{place}", "Mend the expression.") from error
    if expression.search("") is not None:
        raise fault("matches an empty text, so it would be found everywhere", "Ask for at least one character.")
    if BACK_REFERENCE.search(pattern):
        raise fault("refers back to a group, which can run without end", "Write the alternatives out.")
    if (group := runaway(pattern)) is not None:
        raise fault(f"repeats `{group[:40]}`, which can run without end", "Remove one of the two repetitions.")
    return expression


def named_words(name: str, lists: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the words of a list. Raises the config's own error where there is none of that name."""
    if name not in lists:
        raise fault(f"names the list <{name}>, which is not in `lists`", "Add the list, or correct its name.")
    return lists[name]


def _any_of(name: str, lists: Mapping[str, Sequence[str]]) -> str:
    return f"(?:{_branches(sorted(set(named_words(name, lists))))})"


def _branches(words: Sequence[str]) -> str:
    """Return the words as alternatives, what they begin with alike written once: a place is compared far less often.

    Longer words come before those that they begin with, so the longest is tried first.
    """
    grown = [
        re.escape(first) + _behind([word[1:] for word in some])
        for first, some in groupby((word for word in words if word), key=itemgetter(0))
    ]
    return "|".join(grown)


def _behind(rests: Sequence[str]) -> str:
    if len(rests) == 1:
        return re.escape(rests[0])
    one_may_end = "" in rests
    branches = _branches(rests)
    return f"(?:{branches})?" if one_may_end else f"(?:{branches})"


def runaway(pattern: str) -> str | None:
    """Return the first group that repeats something open inside, as written; None where there is none."""
    starts: list[int] = []
    risky: list[bool] = []
    for position, character in _outside_classes(pattern):
        if character == "(":
            starts.append(position)
            risky.append(False)
        elif character == ")" and starts:
            start, inner = starts.pop(), risky.pop()
            repeated = REPEATED.match(pattern, position + 1)
            if inner and repeated:
                return pattern[start : repeated.end()]
            if risky and (inner or (repeated and OPEN_ENDED.match(pattern, position + 1))):
                risky[-1] = True
        elif risky and (character == "|" or OPEN_ENDED.match(pattern, position)):
            risky[-1] = True
    return None


def _outside_classes(pattern: str) -> list[tuple[int, str]]:
    """Return position and character of what is neither escaped nor inside `[…]`."""
    seen, in_class, position = [], False, 0
    while position < len(pattern):
        character = pattern[position]
        if character == "\\":
            position += 2
            continue
        if in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
            position += 1 if pattern[position + 1 : position + 2] in ("]", "^") else 0
        else:
            seen.append((position, character))
        position += 1
    return seen
