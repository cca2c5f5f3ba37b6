"""What changed between two versions of a text, sentence by sentence."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

SENTENCES, CONTEXT = 1000, 1  # the time of the comparison grows with their square
SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]?[”’」』]?")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the newer or the older text, or one that both hold."""

    kind: Literal["added", "gone", "same"]
    text: str


def changes(before: str, after: str) -> list[Line]:
    """Return the changed sentences with one more on either side, of at most 1,000 from the first that differs."""
    kinds: dict[str, Literal["added", "gone", "same"]] = {"+": "added", "-": "gone", " ": "same"}
    lines = difflib.unified_diff(*_from_first_change(_sentences(before), _sentences(after)), n=CONTEXT, lineterm="")
    # The first two lines name files; those with @@ name places. A sentence is always led by one of the three kinds.
    body = [line for number, line in enumerate(lines) if number > 1 and not line.startswith("@@")]
    return [Line(kinds[line[0]], line[1:]) for line in body]


def _sentences(text: str) -> list[str]:
    found = (match.group().strip() for match in SENTENCE.finditer(text))
    return [sentence for sentence in found if sentence]


def _from_first_change(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """What is left to compare behind a common beginning and before a common end, with the sentences shown around it."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    first, last = max(0, start - CONTEXT), max(0, end - CONTEXT)
    return before[first : len(before) - last][:SENTENCES], after[first : len(after) - last][:SENTENCES]


def _common(one: list[str], other: list[str]) -> int:
    """How many sentences both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
