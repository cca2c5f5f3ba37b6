"""What an attack reports: one line of JSON for every input tried, and whether it held."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

SAW_CHARS = 200


@dataclass(frozen=True, kw_only=True)
class Try:
    """One hostile input. kind: the row of the table. part: the numbered line that it is an example of, or empty.

    count: how many inputs this stands for, where they are too many for a line each; broke: how many of them did not
    hold. saw: what came instead of holding.
    """

    kind: str
    what: str
    held: bool
    part: str = ""
    saw: str = ""
    count: int = 1
    broke: int = 1


def report(attack: Callable[[Path], Iterable[Try]]) -> None:
    """Run one attack in a folder of its own and print its tries, each as soon as it is known."""
    with tempfile.TemporaryDirectory(prefix="carnival-attack-") as folder:
        for tried in attack(Path(folder)):
            line = asdict(tried) | {"saw": tried.saw[:SAW_CHARS]}
            sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
            sys.stdout.flush()
