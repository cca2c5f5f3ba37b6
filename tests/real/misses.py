"""`python -m tests.real.misses`: the misses of today, and where the lists of tests/real/pinned say otherwise.

`--write` writes the lists anew: rows that are met now are pinned, rows that broke become known misses, so look at what
it prints first. Rows and kinds of which there is no captured file here stay as they are.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tests.real.pins import FOLDER, Pins, read_pins, write_list
from tests.real.rows import missing, read_rows
from tests.real.verdicts import NO_READER, Verdict, judge


def differences(verdicts: Sequence[Verdict], pins: Pins) -> Iterator[str]:
    """Yield one line for every row or kind that the lists have otherwise than the verdicts."""
    for verdict in verdicts:
        row, read = verdict.row, verdict.reasons != (NO_READER,)
        if verdict.reasons and row.id in pins.met:
            yield f"broke: {row.id}: {'; '.join(verdict.reasons)}"
        if verdict.reasons and read and row.id not in pins.met and row.id not in pins.missed:
            yield f"new miss: {row.id}: {'; '.join(verdict.reasons)}"
        if not verdict.reasons and row.id not in pins.met:
            yield f"met, take it off missed/{row.kind}.txt: {row.id}" if row.id in pins.missed else f"new: {row.id}"
    kinds = {verdict.row.kind: verdict.reasons == (NO_READER,) for verdict in verdicts}
    for kind, has_none in kinds.items():
        if has_none != (kind in pins.without_reader):
            yield f"without_reader.txt: {kind} has {'no' if has_none else 'a'} reader"


def write(verdicts: Sequence[Verdict], pins: Pins, folder: Path) -> None:
    """Write the lists as the verdicts are. A reason that stood there stays; a new one names the fields that differ."""
    judged = {verdict.row.id for verdict in verdicts}
    met = (pins.met - judged) | {verdict.row.id for verdict in verdicts if not verdict.reasons}
    write_list(folder / "met.txt", ((row, "") for row in met))
    unread = {verdict.row.kind for verdict in verdicts if verdict.reasons == (NO_READER,)}
    kinds = {kind: why for kind, why in pins.without_reader.items() if kind not in {v.row.kind for v in verdicts}}
    kinds |= {kind: pins.without_reader.get(kind, "not built yet") for kind in unread}
    write_list(folder / "without_reader.txt", kinds.items())
    for kind in dict.fromkeys(verdict.row.kind for verdict in verdicts):
        of_kind = [v for v in verdicts if v.row.kind == kind and v.reasons and v.reasons != (NO_READER,)]
        path = folder / "missed" / f"{kind}.txt"
        write_list(path, ((v.row.id, pins.missed.get(v.row.id) or _fields(v)) for v in of_kind))


def _fields(verdict: Verdict) -> str:
    """The fields alone: the lists hold nothing of the captured files."""
    return ", ".join(dict.fromkeys(reason.partition(":")[0] for reason in verdict.reasons))


@click.command()
@click.option("--write", "writes", is_flag=True, help="Write the lists as the rows are read today.")
def main(*, writes: bool) -> None:
    """Print today's misses, then what the lists say otherwise. Exit code 1 where they do; 2: nothing to read."""
    if reason := missing():
        click.echo(reason, err=True)
        sys.exit(2)
    verdicts, pins = [judge(row) for row in read_rows()], read_pins()
    for verdict in verdicts:
        if verdict.reasons and verdict.reasons != (NO_READER,):
            click.echo(f"{verdict.row.id}: {'; '.join(verdict.reasons)}")
    differing = list(differences(verdicts, pins))
    for line in differing:
        click.echo(line)
    if writes:
        write(verdicts, pins, FOLDER)
    sys.exit(1 if differing and not writes else 0)


if __name__ == "__main__":
    main()
