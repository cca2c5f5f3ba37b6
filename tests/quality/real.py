"""`make real`: every captured row, the promised shares, and the libraries alone beside them.

Ends with one line of figures; exit code 1 where a promised share is missed or a pinned row broke, 2 where there is
nothing to read.
"""

import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a file: tests are not installed

import click

from tests.quality.feeds import feedparser_meets
from tests.real.pins import read_pins
from tests.real.rows import Row, missing, read_rows
from tests.real.verdicts import BOUNDS, Standing, Verdict, judge, standings, table

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).with_name("pages.py")


def main() -> int:
    """Print all, and return the exit code."""
    if reason := missing():
        click.echo(reason, err=True)
        return 2
    rows = read_rows()
    started = time.perf_counter()
    verdicts = [judge(row) for row in rows]
    seconds = time.perf_counter() - started
    for line in table(verdicts):
        click.echo(line)
    held = standings(verdicts)
    click.echo()
    for standing in held:
        click.echo(f"{'    ' if standing.is_held else '!!  '}{standing}")
    broken = _broken(verdicts)
    alone = _feedparser_alone(rows)
    pages_missed = _pages_alone()
    missed = [standing for standing in held if not standing.is_held]
    click.echo(_figures(verdicts, held, f"{alone}; all read in {seconds:.1f} s"))
    return 1 if missed or broken or pages_missed else 0


def _broken(verdicts: list[Verdict]) -> list[str]:
    """Print and return what the lists of tests/real/pinned promise and is no longer met."""
    met = read_pins().met
    broken = [f"{each.row.id}: {'; '.join(each.reasons)}" for each in verdicts if each.reasons and each.row.id in met]
    pinned = sum(each.row.id in met for each in verdicts)
    click.echo(f"\npinned rows: {pinned - len(broken)}/{pinned} met" + "".join(f"\n!!  broke: {row}" for row in broken))
    return broken


def _feedparser_alone(rows: list[Row]) -> str:
    feeds = [row for row in rows if row.kind in ("feed", "sitemap")]
    if not feeds:
        return "no feeds"
    met = feedparser_meets(feeds)
    words = f"feedparser alone {met}/{len(feeds)} {met / len(feeds):.1%}"
    click.echo(f"\n{words} of feeds and sitemaps")
    return words


def _pages_alone() -> bool:
    """Run the comparison of page readers, which prints its own table; whether it missed a bound."""
    if not PAGES.is_file():
        click.echo("\nno comparison of page readers: tests/quality/pages.py is missing")
        return False
    click.echo("")
    return subprocess.run([sys.executable, str(PAGES)], cwd=ROOT, check=False).returncode != 0


def _figures(verdicts: list[Verdict], held: list[Standing], rest: str) -> str:
    met = sum(not verdict.reasons for verdict in verdicts)
    sums = {bound.name: [each for each in held if each.bound == bound] for bound in BOUNDS}
    shares = "; ".join(_sum(name, of_bound) for name, of_bound in sums.items() if of_bound)
    return f"real: {met}/{len(verdicts)} rows met; {shares}; {rest}"


def _sum(name: str, of_bound: list[Standing]) -> str:
    met, asked = sum(each.met for each in of_bound), sum(each.asked for each in of_bound)
    return f"{name} {met}/{asked} {met / asked:.1%}"


if __name__ == "__main__":
    sys.exit(main())
