"""`make fuzz`: mutated captured payloads over every parser: no crash, none longer than a second.

    python -m tests.quality.fuzz [--number N] [--seed SEED] [--keep FOLDER] [--only NUMBER]

Prints the seed first, each trouble as it comes, then a table and a last line of figures; exit code 1 where a payload
crashed its parser or took too long (time of the processor). With --keep each such payload is saved, with its traceback;
`--seed SEED --only NUMBER` makes the same payload again and tries it alone.
"""

import argparse
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.quality.fuzzing.parsers import parsers
from tests.quality.fuzzing.payloads import Payload, Payloads, captured
from tests.quality.fuzzing.workers import MOST_SECONDS, Ran, Trouble, cores, run_all, try_run
from tests.real.rows import missing

NUMBER = 100_000
SEEDS = 1_000_000
SHOWN = 10
SAID_EVERY = 10_000


def keep(folder: Path, payload: Payload, trouble: Trouble, seed: int) -> Path:
    """Save a payload and what it did; return where the payload lies."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{seed}-{payload.number}.payload"
    file.write_bytes(payload.body)
    made_of = " and ".join(payload.made_of)
    file.with_suffix(".txt").write_text(f"{payload.parser.name}\n{made_of}\n{trouble.what}\n\n{trouble.words}")
    return file


def run(asked: argparse.Namespace, seed: int, console: Console) -> Ran:
    """Try all payloads, saying each trouble; return the whole."""
    whole = Ran(count=0, by_parser={}, slowest=[], troubles=[])
    payloads: Payloads | None = None
    for part in _parts(asked, seed):
        before, whole = whole.count, together(whole, part)
        for trouble in part.troubles:
            console.print(f"!! {trouble.number} · {trouble.parser}: {trouble.what}", markup=False)
            if asked.keep:
                payloads = payloads or Payloads(seed=seed, files=captured(), table=parsers())
                keep(Path(asked.keep), payloads.payload(trouble.number), trouble, seed)
        if before // SAID_EVERY != whole.count // SAID_EVERY:
            console.print(f"{whole.count:,} payloads, {len(whole.troubles)} of them in trouble")
    return whole


def _parts(asked: argparse.Namespace, seed: int) -> Iterator[Ran]:
    if asked.only is None:
        yield from run_all(seed, range(asked.number), workers=cores())
        return
    payloads = Payloads(seed=seed, files=captured(), table=parsers())
    yield try_run(payloads, range(asked.only, asked.only + 1))


def together(one: Ran, other: Ran) -> Ran:
    """Return two runs as one."""
    by_parser = dict(one.by_parser)
    for name, (count, seconds) in other.by_parser.items():
        so_far = by_parser.get(name, (0, 0.0))
        by_parser[name] = (so_far[0] + count, so_far[1] + seconds)
    return Ran(
        count=one.count + other.count,
        by_parser=by_parser,
        slowest=sorted([*one.slowest, *other.slowest], reverse=True)[:SHOWN],
        troubles=[*one.troubles, *other.troubles],
    )


def show(console: Console, whole: Ran) -> None:
    """Print parsers and the slowest payloads."""
    table = Table("parser", "payloads", "ms each", title="time of the processor")
    for name, (count, seconds) in sorted(whole.by_parser.items(), key=lambda pair: -pair[1][1]):
        table.add_row(name, f"{count:,}", f"{1000 * seconds / count:.1f}")
    console.print(table)
    for seconds, number, parser in whole.slowest:
        console.print(f"{seconds:6.2f} s  payload {number}  {parser}")


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=NUMBER)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(SEEDS))
    parser.add_argument("--keep", help="folder for payloads that failed")
    parser.add_argument("--only", type=int, help="this payload alone")
    asked = parser.parse_args()
    console = Console()
    if why := missing():
        console.print(why)
        return 1
    console.print(f"seed {asked.seed}")
    start = time.monotonic()
    whole = run(asked, asked.seed, console)
    minutes = (time.monotonic() - start) / 60
    show(console, whole)
    slow = sum(trouble.what.startswith("took") for trouble in whole.troubles)
    slowest = max((seconds for seconds, _, _ in whole.slowest), default=0.0)
    console.print(
        f"fuzz: seed {asked.seed}; {whole.count:,} payloads over {len(parsers())} parsers in {minutes:.1f} minutes,"
        f" {whole.count / max(minutes * 60, 0.01):.0f} a second; slowest {slowest:.2f} s;"
        f" crashes {len(whole.troubles) - slow}; above {MOST_SECONDS:g} s {slow}",
        soft_wrap=True,
    )
    return 1 if whole.troubles or not whole.count else 0


if __name__ == "__main__":
    sys.exit(main())
