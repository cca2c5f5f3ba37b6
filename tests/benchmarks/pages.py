"""`make bench-pages`: requests a second and processor time of the public pages; REF=commit: beside an older commit.

    python -m tests.benchmarks.pages [--ref commit] [--items 10000] [--rounds 8] [--seconds 2]

Both trees serve one catalogue by `carnival web`, each brought up to date and indexed by its own code, one process each.
They are asked in turn, page by page and round by round, so that the machine's other work meets both. The limit on
searches is lifted, the counting of it stays. Exits with 1 where an answer was an error, or with a commit where a page
answers fewer than LEAST_RATIO times as many requests a second.

The commit ad6c43c puts 20 entries into a page of a feed, later ones 100. So feeds are compared twice: by entries a
second of a whole page, and by requests a second of a unit's feed that has 20 entries on either side.
"""

import json
import os
import random
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import click
from rich.console import Console
from rich.table import Table

from indexer.review.records import State
from tests.attack.deployment import free_port
from tests.attack.run import tree
from tests.benchmarks.catalogue import FEED_UNIT, SEED, SITE, Plan, item_id
from tests.benchmarks.deployments import ROOT, deployed, environment

ITEMS, ROUNDS, SECONDS, CONNECTIONS, WARM_SECONDS = 10_000, 8, 2.0, 4, 1.0
LEAST_RATIO, WAIT_SECONDS, WIDTH = 1.5, 90.0, 150
ITEMS_ASKED, UNITS_ASKED = 200, 20
TICKS = os.sysconf("SC_CLK_TCK")
SERVE = """
import runpy
from flask_limiter import Limiter
limit = Limiter.limit
Limiter.limit = lambda self, _value, *args, **named: limit(self, "1000000 per minute", *args, **named)
runpy.run_module("config", run_name="__main__")
"""
SEARCHES = (
    f"/search?q={quote('月球车')}",
    f"/search?q={quote('候鸟 示例科技馆')}",
    f"/search?q={quote('机器人怎样工作')}",
    f"/search?q={quote('芯片')}&topic=it&district=haidian",
    f"/search?q={quote('湿地')}&order=newest",
    f"/search?q={quote('古树从哪里来')}&page=3",
    "/search?topic=health",
    "/search?kind=video&audience=youth",
    "/search",
)
WHOLE_FEED = "feed, whole page"  # measured in entries a second


@dataclass(kw_only=True)
class Figure:
    """What one page of one tree gave over all rounds. cpu: seconds of the server's processor."""

    requests: int = 0
    errors: int = 0
    entries: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    rates: list[float] = field(default_factory=list)

    def add(self, asked: Mapping[str, float], *, cpu: float, in_entries: bool) -> None:
        """Count one round."""
        self.requests += int(asked["requests"])
        self.errors += int(asked["errors"])
        self.entries += int(asked["entries"])
        self.seconds += asked["seconds"]
        self.cpu += cpu
        self.rates.append(asked["entries" if in_entries else "requests"] / asked["seconds"])

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of the server's processor for one request."""
        return 1000 * self.cpu / max(self.requests, 1)


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Return what its process has used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def ask(self, addresses: Sequence[str], seconds: float) -> tuple[Mapping[str, float], float]:
        """Let a process ask for a while; return what it counted, and the server's seconds of the processor."""
        command = [sys.executable, "-m", "tests.benchmarks.asking", str(self.port), str(seconds), str(CONNECTIONS)]
        before = self.cpu_seconds()
        done = subprocess.run(command, cwd=ROOT, input="\n".join(addresses), capture_output=True, text=True, check=True)
        counted: Mapping[str, float] = json.loads(done.stdout)
        return counted, self.cpu_seconds() - before


@contextmanager
def serving(code: Path, data: Path) -> Iterator[Served]:
    """Run a tree's `carnival web` over a data folder until the end of the block."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, "web", "--port", str(port)],
        cwd=code,
        env=environment(code, data),
        stdout=subprocess.DEVNULL,
        stderr=(data.parent / f"{data.name}.log").open("wb"),
    )
    try:
        _wait_for(port)
        yield Served(port=port, process=process)
    finally:
        process.terminate()
        process.wait(timeout=WAIT_SECONDS)


def _wait_for(port: int) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"nothing answers on port {port}; the log lies beside the data folder")


def pages(plan: Plan) -> Mapping[str, Sequence[str]]:
    """Return the addresses of each page, asked for in turn."""
    public = [number for number in range(plan.items) if plan.states[number % 10] is not State.REJECTED]
    shown = random.Random(SEED).sample(public, min(ITEMS_ASKED, len(public)))  # noqa: S311 - the same in every run
    return {
        "home": ["/"],
        "search": SEARCHES,
        "item": [f"/items/{item_id(number)}" for number in shown],
        "unit": [f"/units/unit-{number}" for number in range(min(UNITS_ASKED, plan.units))],
        "feed, 20 entries": [f"/feed.atom?unit={FEED_UNIT}"],
        WHOLE_FEED: ["/feed.atom"],
    }


@click.command()
@click.option("--ref", default="", help="A commit to measure beside this tree.")
@click.option("--items", default=ITEMS, show_default=True, help="Size of the catalogue; nine of ten are public.")
@click.option("--rounds", default=ROUNDS, show_default=True)
@click.option("--seconds", default=SECONDS, show_default=True, help="For one page of one tree in one round.")
@click.option("--only", multiple=True, help="Only pages whose name begins so; may be repeated.")
def main(ref: str, items: int, rounds: int, seconds: float, only: Sequence[str]) -> None:
    """Measure, print the table, and end with the exit code."""
    plan, console = Plan(items=items, states=SITE), Console(width=WIDTH)
    asked = {name: some for name, some in pages(plan).items() if not only or name.startswith(tuple(only))}
    with ExitStack() as stack:
        code = {ref: stack.enter_context(tree(ref))} if ref else {}
        code["now"] = ROOT
        Console(stderr=True).print("[dim]making the catalogue, unless it is kept from before …[/dim]")
        folders = {name: deployed(plan, one) for name, one in code.items()}
        served = {name: stack.enter_context(serving(code[name], folders[name])) for name in code}
        figures = measure(served, asked, rounds=rounds, seconds=seconds)
    sys.exit(tell(console, figures, ref=ref, items=items))


def measure(
    served: Mapping[str, Served], asked: Mapping[str, Sequence[str]], *, rounds: int, seconds: float
) -> dict[str, dict[str, Figure]]:
    """Return the figures by page and tree: A B, then B A, and so on, page by page."""
    figures = {page: {name: Figure() for name in served} for page in asked}
    for server in served.values():
        for addresses in asked.values():
            server.ask(addresses, WARM_SECONDS)
    for number in range(rounds):
        for page, addresses in asked.items():
            for name, server in sorted(served.items(), reverse=bool(number % 2)):
                counted, cpu = server.ask(addresses, seconds)
                figures[page][name].add(counted, cpu=cpu, in_entries=page == WHOLE_FEED)
    return figures


def tell(console: Console, figures: Mapping[str, Mapping[str, Figure]], *, ref: str, items: int) -> int:
    """Print the table and the line of figures; return 1 where a bound is missed."""
    names = [ref, "now"] if ref else ["now"]
    table = Table("page", *(f"{name}: {what}" for name in names for what in ("a second", "CPU ms", "errors")))
    for heading in ("ratio", "of rounds", "ratio of CPU") if ref else ():
        table.add_column(heading)
    missed, line = 0, []
    for page, by_tree in figures.items():
        in_entries = page == WHOLE_FEED
        cells = [cell for name in names for cell in _cells(by_tree[name], in_entries=in_entries)]
        new = by_tree["now"]
        missed += sum(one.errors for one in by_tree.values())
        word = f"{page.replace(', ', '-').replace(' ', '-')}={_rate(new, in_entries=in_entries):.0f}/s"
        if ref:
            ratio = _rate(new, in_entries=in_entries) / _rate(by_tree[ref], in_entries=in_entries)
            by_round = [a / b for a, b in zip(new.rates, by_tree[ref].rates, strict=True)]
            cpu = by_tree[ref].cpu_ms / new.cpu_ms
            if in_entries:
                cpu *= new.entries / new.requests / (by_tree[ref].entries / by_tree[ref].requests)
            cells += [f"{ratio:.2f}", f"{min(by_round):.2f}–{max(by_round):.2f}", f"{cpu:.2f}"]
            word += f"({ratio:.2f})"
            missed += ratio < LEAST_RATIO
        table.add_row(page, *cells)
        line.append(word)
    console.print(table)
    verdict = ("NOT MET" if missed else "met") if ref else ("ERRORS" if missed else "no bound without REF")
    beside = f" ratio to {ref}, bound {LEAST_RATIO}" if ref else ""
    console.print(f"items={items} {' '.join(line)}{beside} {verdict}", soft_wrap=True, highlight=False)
    return int(missed > 0)


def _rate(figure: Figure, *, in_entries: bool) -> float:
    return (figure.entries if in_entries else figure.requests) / figure.seconds


def _cells(figure: Figure, *, in_entries: bool) -> list[str]:
    rate = f"{_rate(figure, in_entries=in_entries):.0f} entries" if in_entries else f"{figure.rate:.1f}"
    return [rate, f"{figure.cpu_ms:.1f}", str(figure.errors)]


if __name__ == "__main__":
    main()
