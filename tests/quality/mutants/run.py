"""Mutation testing of the rooms where a mistake costs most: `make mutants`, `make mutants SAMPLE=60 ROOMS=review`.

Noticed must be at least 85 % of the mutants of each room. Those that no test can notice stand in survivors.yaml with
the reason, and are left out of the count; one that stands there and is noticed by now is an error. SAMPLE: so many
mutants of each room, the same ones each time. All rooms whole take about twenty minutes of processor time.

Why not mutmut or cosmic-ray themselves: mutmut changes functions only, and the constants are where faults stayed
unnoticed; cosmic-ray starts the tests anew for each mutant, four seconds each. Its operators are mutmut's.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from config.files.yaml import read_yaml
from tests.quality.mutants.judging import Judges, Verdict, judged
from tests.quality.mutants.rooms import ROOMS

LISTED = Path(__file__).with_name("survivors.yaml")
LEAST_SHARE = 0.85
SURVIVED = ("unnoticed", "never run")
Known = dict[tuple[str, str], str]


def main(arguments: Sequence[str]) -> int:
    """Judge the mutants of the rooms asked for; return 1 where a room falls short."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int)
    parser.add_argument("rooms", nargs="*", default=[room.name for room in ROOMS])
    asked = parser.parse_args(arguments)
    if unknown := set(asked.rooms) - {room.name for room in ROOMS}:
        parser.error(f"no such room: {', '.join(sorted(unknown))}; there are {', '.join(room.name for room in ROOMS)}")
    known, fallen = _known(), 0
    rows = []
    for room in ROOMS:
        if room.name in asked.rooms:
            began = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
                judges = judged(room, asked.sample, folder=Path(folder))
            row, is_short = _report(judges, known, seconds=time.monotonic() - began)
            rows.append(row)
            fallen += is_short
    sys.stdout.write("\n".join(["", "room         mutants  noticed  listed  share  seconds", *rows, ""]))
    return min(fallen, 1)


def _report(judges: Judges, known: Known, *, seconds: float) -> tuple[str, bool]:
    """Say what was not noticed; return the room's row, and whether it falls short."""
    name = judges.room.name
    if judges.failed or not judges.verdicts:
        sys.stdout.write(f"\n{name}: without any mutant these fail: {', '.join(judges.failed)}\n")
        return f"{name:12} tests fail", True
    survived = [one for one in judges.verdicts if one.fate in SURVIVED]
    listed = [one for one in survived if (one.was, one.now) in known]
    gone = [one for one in judges.verdicts if one.fate not in SURVIVED and (one.was, one.now) in known]
    for one in sorted(set(survived) - set(listed), key=lambda one: (one.file, one.line)):
        sys.stdout.write(_words(one))
    for one in gone:
        sys.stdout.write(f"\nlisted in {LISTED.name}, and noticed: take it out{_words(one)}")
    counted = len(judges.verdicts) - len(listed)
    noticed = len(judges.verdicts) - len(survived)
    share = noticed / counted if counted else 1.0
    row = f"{name:12} {len(judges.verdicts):7} {noticed:8} {len(listed):7} {share:6.1%} {seconds:8.0f}"
    return row, share < LEAST_SHARE or bool(gone)


def _words(one: Verdict) -> str:
    return f"\n{one.file}:{one.line} {one.fate}\n  - {one.was}\n  + {one.now}\n"


def _known() -> Known:
    """Return the listed survivors: the line as it was and as it is → why no test can notice."""
    listed = read_yaml(LISTED).data
    if not isinstance(listed, dict):
        raise TypeError(f"{LISTED} is no mapping")
    return {(one["was"], one["now"]): one["why"] for some in listed.values() for one in some}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
