"""What changed between two versions of a text, sentence by sentence."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

SENTENCES, CONTEXT = 5000, 1
SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]?[”’」』]?")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the newer or the older text, or one that both hold."""

    kind: Literal["added", "gone", "same"]
    text: str


def changes(before: str, after: str) -> list[Line]:
    """Return the changed sentences with one more on either side, of at most the first 5,000 of either text."""
    kinds: dict[str, Literal["added", "gone", "same"]] = {"+": "added", "-": "gone", " ": "same"}
    lines = difflib.unified_diff(_sentences(before), _sentences(after), n=CONTEXT, lineterm="")
    # The first two lines name files; those with @@ name places. A sentence is always led by one of the three kinds.
    body = [line for number, line in enumerate(lines) if number > 1 and not line.startswith("@@")]
    return [Line(kinds[line[0]], line[1:]) for line in body]


def _sentences(text: str) -> list[str]:
    found = (match.group().strip() for match in SENTENCE.finditer(text))
    return [sentence for sentence in found if sentence][:SENTENCES]
