"""`make bench-queries`: queries and milliseconds of every page, form and step at 10, 1,000 and 20,000 items.

    python -m tests.benchmarks.queries [--sizes 10,1000,20000] [--times 25] [--only word]

In this process, over copies of made-up catalogues of which half waits (10,000 of 20,000). Each page is asked for once
unmeasured, then so many times; a step is made ready before each run, and batches are of 50. Milliseconds are those of
the clock, so other work on the machine is in them; the processor's stand beside. Exits with 1 where a page or step
takes more queries over a larger catalogue, or the view of a queue item or a decision takes MOST_MS in the 95th
percentile over the largest. The counts themselves are held by tests/web/test_query_counts.py and its sibling.
"""

import logging
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import click
import structlog
from rich.console import Console
from rich.table import Table

from tests.benchmarks.catalogue import Plan
from tests.benchmarks.deployments import deployed
from tests.queries import counted
from tests.sized import Sized, enter, waiting_items
from tests.steps import STEPS
from tests.web.asked_pages import Page, gets, posts
from tests.web.routes import Post

SIZES, TIMES, BATCH, MOST_MS, WIDTH = "10,1000,20000", 25, 50, 60.0, 190
SLOW_SECONDS, FEW_TIMES = 1.0, 5  # what takes so long is run so few times
BOUNDED_TIMES = 4  # as often as the others: a 95th percentile needs many
VIEW, DECISION = "GET /review/items/{pending}", "POST /review/items/{pending}/decide"
BATCHED = "batch"  # in the name of a step


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One page or step at one size. queries: of the last run, when a process keeps what it may."""

    queries: int
    milliseconds: Sequence[float]
    cpu: Sequence[float]

    @property
    def median(self) -> float:
        """Of the clock."""
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        """Of the clock: as slow is one of twenty."""
        return _p95(self.milliseconds)

    @property
    def cpu_p95(self) -> float:
        """Of the processor."""
        return _p95(self.cpu)

    def __str__(self) -> str:
        """As a cell."""
        clock, cpu = f"{self.median:6.1f} {self.p95:6.1f}", f"{statistics.median(self.cpu):5.1f} {self.cpu_p95:5.1f}"
        return f"{self.queries:4} {clock} {cpu}"


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def measure(sized: Sized, ready: Callable[[], Callable[[], object]], times: int) -> Measured:
    """Make ready and run, so many times after a first that does not count."""
    queries, milliseconds, cpu, left = 0, list[float](), list[float](), times + 1
    while left:
        run, left = ready(), left - 1
        with counted(sized.database) as ran:
            began, used = time.perf_counter(), time.thread_time()
            run()
            took, worked = time.perf_counter() - began, time.thread_time() - used
        queries = len(ran)
        if left < times:
            milliseconds.append(took * 1000)
            cpu.append(worked * 1000)
        if took > SLOW_SECONDS:
            left = min(left, FEW_TIMES)
    return Measured(queries=queries, milliseconds=milliseconds, cpu=cpu)


def measured_at(size: int, times: int, only: str) -> Iterator[tuple[str, Measured]]:
    """Yield everything at one size: pages first, then forms, then steps, which use the catalogue up."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "data"
        plan = Plan(items=size)
        shutil.copytree(deployed(plan), folder)
        sized = enter(folder, plan)
        Console(stderr=True).print(f"[dim]{size:,} items, {waiting_items(sized):,} of them waiting …[/dim]")
        for page in [*gets(), *decisions()]:
            if only in page.name:
                often = BOUNDED_TIMES if page.name in (VIEW, DECISION) else 1
                yield page.name, measure(sized, partial(page.ready, sized), times * often)
        batch = min(BATCH, sized.room)
        for name, ready in STEPS.items():
            if only in name:
                many = FEW_TIMES if BATCHED in name else times
                yield name, measure(sized, partial(ready, sized, batch), many)
        sized.database.close()


def decisions() -> Iterator[Page]:
    """Yield the forms that decide on an item; who approves so fast is asked once, and says so at once."""
    for page in posts():
        if isinstance(page.row, Post) and "{pending}" in f"{page.address} {page.row.form.values()}":
            yield replace(page, row=replace(page.row, form={**page.row.form, "sure": "1"}))


@click.command()
@click.option("--sizes", default=SIZES, show_default=True, help="Items, smallest first.")
@click.option("--times", default=TIMES, show_default=True, help="How often each page and step is run.")
@click.option("--only", default="", help="Only what has this in its name.")
def main(sizes: str, times: int, only: str) -> None:
    """Measure at every size, print the table, and end with the exit code."""
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    numbers = [int(size) for size in sizes.split(",")]
    found = {size: dict(measured_at(size, times, only)) for size in numbers}
    sys.exit(tell(Console(width=WIDTH), found))


def tell(console: Console, found: dict[int, dict[str, Measured]]) -> int:
    """Print the table and the line of figures; return 1 where a bound is missed."""
    sizes, missed = list(found), list[str]()
    table = Table("page or step", *(f"{size:,}: queries, ms 50 % 95 %, CPU 50 % 95 %" for size in sizes), "queries")
    for name in found[sizes[-1]]:
        figures = [found[size][name] for size in sizes]
        # A batch is as large in all but the smallest catalogue, which has not so many to decide on.
        full = figures[1:] if BATCHED in name and len(figures) > 1 else figures
        if grows := full[-1].queries > full[0].queries:
            missed.append(name)
        table.add_row(unquote(name), *map(str, figures), "GROW" if grows else "flat")
    console.print(table)
    bounded = {name: found[sizes[-1]][name] for name in (VIEW, DECISION) if name in found[sizes[-1]]}
    slow = [name for name, one in bounded.items() if one.p95 >= MOST_MS]
    words = [
        f"{name}: p95 {one.p95:.1f} ms (bound {MOST_MS:.0f}), of the processor {one.cpu_p95:.1f} ms"
        for name, one in bounded.items()
    ]
    console.print(f"at {sizes[-1]:,} items: {'; '.join(words)}", soft_wrap=True, highlight=False)
    verdict = "NOT MET" if missed or slow else "met"
    console.print(f"queries: {len(found[sizes[-1]])} pages and steps, {len(missed)} grow, {len(slow)} slow: {verdict}")
    return int(bool(missed or slow))


if __name__ == "__main__":
    main()
