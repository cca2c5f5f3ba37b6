"""Measured: the captured pages read by the project and by each library alone; called by `make real`.

Prints a table and one line of figures; exit code 1 where the project does not reach a bound of its own, or a library
alone is better in any column, or where it reads fewer pages a second than readability-lxml does. Those two read each
page in turn, ROUNDS times, and the fastest counts: what else the machine does then slows both.
"""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a file: tests are not installed

from rich.console import Console
from rich.table import Table

from tests.quality.compare_libraries import FAILURES, Reader, missing, readers
from tests.real import kind_page
from tests.real.rows import Row, read_rows

OURS, PACE = "cloud carnival", "readability-lxml"
ROUNDS = 3
COLUMNS = {"body_contains": 0.97, "body_excludes": 0.98, "title": 0.96, "published": 0.97, "author": 0.60}
HEADS = {"body_contains": "all body phrases", "body_excludes": "no foreign", "published": "day"}
Read = Callable[[Row], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How one reader did: share of the rows that ask for a column (None: it answers none), pages a second."""

    name: str
    shares: Mapping[str, float | None]
    pages_a_second: float
    failed: int


def measure(name: str, read: Read, rows: Sequence[Row]) -> Measured:
    """Read every page once and compare it as `tests/real` does."""
    met: dict[str, list[bool]] = {column: [] for column in COLUMNS}
    answered: set[str] = set()
    seconds, failed = 0.0, 0
    for row in rows:
        began = time.perf_counter()
        try:
            answer = read(row)
        except FAILURES:
            answer, failed = {}, failed + 1
        seconds += time.perf_counter() - began
        answered |= {field for field in ("title", "text", "author", "published") if answer.get(field)}
        wrong = _wrong(answer, row)
        for column, marks in met.items():
            if row.expected.get(column):
                marks.append(column not in wrong)
    shares = {
        column: sum(marks) / len(marks) if _field(column) in answered and marks else None
        for column, marks in met.items()
    }
    return Measured(name=name, shares=shares, pages_a_second=len(rows) / seconds, failed=failed)


def in_turn(readers: Mapping[str, Read], rows: Sequence[Row]) -> Mapping[str, float]:
    """Return the pages a second of each reader, by the seconds of the processor."""
    best: dict[tuple[str, str], float] = {}
    for row in list(rows) * ROUNDS:
        for name, read in readers.items():
            began = time.process_time()
            with suppress(*FAILURES):
                read(row)
            seconds = time.process_time() - began
            best[name, row.id] = min(best.get((name, row.id), seconds), seconds)
    return {name: len(rows) / sum(best[name, row.id] for row in rows) for name in readers}


def main() -> int:
    """Print the table and the line of figures; return the exit code."""
    rows = [row for row in read_rows() if row.kind == "page"]
    if not rows:
        Console().print("no captured pages: set CARNIVAL_FIXTURES")
        return 2
    libraries = {name: _of_bytes(read) for name, read in readers().items()}
    alone = [measure(name, read, rows) for name, read in libraries.items()]
    ours = measure(OURS, _ours, rows)
    paces = in_turn({OURS: _ours, PACE: libraries[PACE]}, rows)
    table = Table("reader", *(HEADS.get(column, column) for column in COLUMNS), "pages/s", "failed")
    for each in [*alone, ours]:
        table.add_row(each.name, *map(_percent, each.shares.values()), f"{each.pages_a_second:.1f}", str(each.failed))
    console = Console()
    console.print(table)
    if absent := missing():
        console.print(f"not installed, left out: {', '.join(absent)}")
    missed = [column for column, bound in COLUMNS.items() if (ours.shares[column] or 0) < bound]
    beaten = [f"{each.name} in {column}" for each in alone for column in COLUMNS if _is_better(each, ours, column)]
    is_slower = paces[OURS] < paces[PACE]
    console.print(
        f"{'!! ' if is_slower else ''}pages/s in turn: {OURS} {paces[OURS]:.1f}, {PACE} {paces[PACE]:.1f}, "
        f"ratio {paces[OURS] / paces[PACE]:.2f} (bound 1.00)"
    )
    shares = ", ".join(f"{HEADS.get(column, column)} {_percent(share)}" for column, share in ours.shares.items())
    console.print(f"beaten by: {', '.join(beaten) or 'none'}; bounds missed: {', '.join(missed) or 'none'}")
    console.print(f"pages: {shares}, {ours.pages_a_second:.1f} pages/s", soft_wrap=True)
    return 1 if missed or beaten or is_slower else 0


def _ours(row: Row) -> Mapping[str, Any]:
    return kind_page.read(row.path, row.expected)


def _of_bytes(read: Reader) -> Read:
    return lambda row: read(row.path.read_bytes())


def _wrong(answer: Mapping[str, Any], row: Row) -> set[str]:
    checks = (kind_page.title, kind_page.author, kind_page.published, kind_page.text)
    return {reason.split(":")[0] for check in checks for reason in check(answer, row.expected)}


def _field(column: str) -> str:
    return "text" if column.startswith("body_") else column


def _is_better(one: Measured, other: Measured, column: str) -> bool:
    return (one.shares[column] or 0) > (other.shares[column] or 0)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


if __name__ == "__main__":
    sys.exit(main())
