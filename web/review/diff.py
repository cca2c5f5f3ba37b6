"""What changed between two versions of a text, line by line."""

import difflib
from dataclasses import dataclass
from typing import Literal

LINES, CONTEXT = 2000, 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the newer or the older text, or one that both hold."""

    kind: Literal["added", "gone", "same"]
    text: str


def changes(before: str, after: str) -> list[Line]:
    """Return the changed lines with a line of context around them, at most the first 2,000 lines of either text."""
    old, new = before.splitlines()[:LINES], after.splitlines()[:LINES]
    lines: list[Line] = []
    for line in difflib.unified_diff(old, new, n=CONTEXT, lineterm=""):
        if line.startswith(("---", "+++", "@@")) and not line[3:].strip("+-@ ,0123456789"):
            continue
        kinds: dict[str, Literal["added", "gone", "same"]] = {"+": "added", "-": "gone", " ": "same"}
        lines.append(Line(kinds[line[0]], line[1:]))
    return lines
