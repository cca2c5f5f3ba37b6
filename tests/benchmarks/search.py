"""`make bench-search`: indexing, disk, memory and every kind of query at several sizes, and search behind the site.

    python -m tests.benchmarks.search [--sizes 10000,100000,500000] [--texts made] [--only ours] [--ref ad6c43c]

Ordinary text, made text and made text with reposts, each engine in a process of its own; beside ours raw tantivy, FTS5,
brute force, and an older commit on made text. Then `carnival web` over 10,000 pieces, asked at a steady rate. Ends with
one line of figures; exits with 1 where a bound is missed. Bounds are those of 100,000 pieces and fewer, that of one put
holds at every size, on a machine of two cores with nothing else to do; the milliseconds of the processor beside them
say how much of it other work took.
"""

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import click
from rich.console import Console
from rich.table import Table

from tests.benchmarks.catalogue import SEED, SITE, Plan
from tests.benchmarks.deployments import ROOT, deployed
from tests.benchmarks.pages import serving
from tests.benchmarks.searching import older
from tests.benchmarks.searching.engines import ENGINES
from tests.benchmarks.searching.measuring import MADE, ORDINARY, REPOSTS, TEXTS, Figures, percentile, read
from tests.benchmarks.searching.steady import Steady
from tests.benchmarks.searching.texts import KINDS, Made

SIZES, BOUNDED, WIDTH, HOURS = "10000,100000,500000", 100_000, 190, 4
OURS, FIRST_VERSION = "ours", "ad6c43c"
LEAST_RATE, MOST_PUT = 4000.0, 30.0  # of made text a second; milliseconds
MOST_MS: Mapping[str, float] = {ORDINARY: 10.0, MADE: 40.0, REPOSTS: 40.0}  # p95 of every kind of query
SITE_ITEMS, SITE_RATE, SITE_SECONDS, WARM_SECONDS, MOST_SITE = 10_000, 50.0, 20.0, 4.0, 40.0


@click.command()
@click.option("--sizes", default=SIZES, show_default=True)
@click.option("--texts", default=";".join(TEXTS), show_default=True, help="Which kinds of text, between semicolons.")
@click.option("--only", default=";".join(ENGINES), show_default=True, help="Which engines, between semicolons.")
@click.option("--ref", default=FIRST_VERSION, show_default=True, help="An older commit as a row; empty: none.")
@click.option("--site/--no-site", "with_site", default=True, show_default=True)
def main(*, sizes: str, texts: str, only: str, ref: str, with_site: bool) -> None:
    """Measure, print the tables, and end with the exit code."""
    console, missed, told = Console(width=WIDTH), list[str](), list[str]()
    for count in map(int, sizes.split(",")):
        for text in texts.split(";"):
            figures = {name: measured(name, text, count) for name in only.split(";") if name == OURS or text != REPOSTS}
            if ref and text == MADE and count <= BOUNDED:
                figures[ref] = older.measure(ref, count)
            console.print(table_of(figures, f"{count} pieces of {text} text"))
            if OURS in figures:
                missed += short_of(figures[OURS], text, count)
                told.append(line_of(figures[OURS], text, count))
    if with_site:
        behind = steady(SITE_ITEMS)
        p95 = percentile(behind.times, 95) * 1000
        told.append(f"site_{SITE_ITEMS}_at_{SITE_RATE:.0f}/s_p95_ms={p95:.1f} errors={behind.errors}")
        missed += [told[-1]] if p95 > MOST_SITE or behind.errors else []
    for fault in missed:
        console.print(f"missed: {fault}")
    console.print(f"{' | '.join(told)} {'NOT MET' if missed else 'met'}", soft_wrap=True, highlight=False)
    sys.exit(bool(missed))


def measured(engine: str, text: str, count: int) -> Figures:
    """Return the figures of one engine, from a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.searching.measuring", engine, text, str(count)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=HOURS * 3600)
    return read(done.stdout.splitlines()[-1])


def steady(items: int) -> Steady:
    """Return what readers met who searched a site of so many pieces, after a while of the same."""
    chance, made = random.Random(SEED), Made()  # noqa: S311  # the same in every run
    typed = [made.typed(chance.choice(KINDS), chance) for _ in range(int(SITE_RATE * SITE_SECONDS))]
    asked = [{"q": one.text, **({"topic": one.topic} if one.topic else {})} for one in typed]
    addresses = "\n".join(f"/search?{urlencode(one)}" for one in asked)
    with serving(ROOT, deployed(Plan(items=items, states=SITE))) as served:
        for seconds in (WARM_SECONDS, SITE_SECONDS):
            command = [sys.executable, "-m", "tests.benchmarks.searching.steady", str(served.port)]
            command += [str(seconds), str(SITE_RATE)]
            done = subprocess.run(command, cwd=ROOT, input=addresses, stdout=subprocess.PIPE, text=True, check=True)
    return Steady(**json.loads(done.stdout))


def short_of(figures: Figures, text: str, count: int) -> Iterator[str]:
    """Yield the bounds that are missed."""
    if figures.pieces is not None and figures.pieces < 1:
        yield f"{count} {text}: {figures.pieces:.3f} of the pieces of text found"
    if count <= BOUNDED and text != ORDINARY and figures.rate < LEAST_RATE:
        yield f"{count} {text}: {figures.rate:.0f} a second, bound {LEAST_RATE:.0f}"
    for kind in figures.times if count <= BOUNDED else ["one put"]:  # whose bound holds at every size
        most = MOST_PUT if kind == "one put" else MOST_MS[text]
        if (p95 := figures.ms(kind, 95) or 0.0) > most:
            yield f"{count} {text}, {kind}: p95 {p95:.1f} ms, bound {most:.0f}"


def table_of(figures: Mapping[str, Figures], title: str) -> Table:
    """Return a table of engines: the milliseconds of a kind are p50 / p95 / p99, then p95 of the processor's.

    busy: microseconds of the processor an item while it was indexed.
    """
    kinds = (*KINDS, "one put")
    table = Table("engine", "items/s", "busy µs", "disk MB", "memory MB", *kinds, title=title)
    for name, one in figures.items():
        cells = [_cell(one, kind) for kind in kinds]
        table.add_row(
            name,
            f"{one.rate:.0f}",
            f"{one.busy:.0f}" if one.busy else "—",
            f"{one.disk:.0f}",
            f"{one.memory:.0f}",
            *cells,
        )
    return table


def line_of(figures: Figures, text: str, count: int) -> str:
    """Return ours in one line."""
    word = text.replace(", ", "-")
    told = " ".join(f"{kind.replace(' ', '_')}={figures.ms(kind, 95) or 0.0:.1f}" for kind in figures.times)
    return f"{count}-{word} indexed_per_second={figures.rate:.0f} p95_ms: {told} pieces_found={figures.pieces}"


def _cell(figures: Figures, kind: str) -> str:
    if figures.ms(kind, 50) is None:
        return "—"
    told = " / ".join(f"{figures.ms(kind, percent):.1f}" for percent in (50, 95, 99))
    busy = figures.processor.get(kind)
    return told if busy is None else f"{told} ({busy:.1f})"


if __name__ == "__main__":
    main()
