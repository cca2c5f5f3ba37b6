"""`make bench-crawl`: the collector beside a bare Scrapy spider and beside the extractor alone, and its memory.

    python -m tests.benchmarks.crawl [--channels N] [--pages N] [--pictures]

One run: a fast server on loopback answers both spiders. Polls: each channel's list, unchanged (304). New pages:
captured pages, each under an address of its own, collected whole; beside them the extractor over the same bytes on
every core. Prints a table and a last line of figures; exit code 1 where a bound is missed.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId
from indexer.records import channels, reads
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.benchmarks.crawling import loopback
from tests.benchmarks.crawling.loopback import ETAG, Loopback, answering
from tests.benchmarks.crawling.processes import run
from tests.benchmarks.hall import UNIT
from tests.real.rows import missing, read_bytes, read_rows

HOSTS = 100
POLLED = 500  # channels whose memory is measured; also how many a round of the campaign has
ROUNDS = 3  # of each spider, turn about: the best of each counts
LEAST_OF_SCRAPY, LEAST_OF_EXTRACTOR, MOST_MB = 0.7, 0.8, 1024.0
LINKS_A_LIST = 20
ROWS = 20
PARTS = "tests.benchmarks.crawling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One line of the table. bound: in words; is_held: whether it is kept."""

    what: str
    ours: float
    beside: float
    unit: str
    bound: str
    is_held: bool


def list_page(links: Sequence[tuple[str, str]]) -> str:
    """Return a unit's list of news: (address, title) of each row."""
    rows = "".join(
        f'<li><a href="{url}">{title}</a><span>2026-09-{n % 28 + 1:02}</span></li>'
        for n, (url, title) in enumerate(links)
    )
    return f'<html><head><title>科普动态</title></head><body><ul class="list">{rows}</ul></body></html>'


def site(number: int, host: str) -> Channel:
    """Return an approved channel whose list is `/list/NUMBER/` on the host."""
    return Channel(
        id=ChannelId(f"channel-{number}"),
        unit=UNIT.id,
        kind=ChannelKind.SITE,
        name=f"示例馆 {number}",
        source="site",
        address=f"http://{host}/list/{number}/",
        hosts=(host,),
        status=WhitelistStatus.APPROVED,
        licence="示例",
    )


def whitelist(folder: Path, wanted: Sequence[Channel], *, is_known: bool) -> None:
    """Make the records of a data folder. is_known: each list was read before, and its entity tag is kept."""
    folder.mkdir(parents=True)
    database = Database.open(f"sqlite:///{folder / 'carnival.db'}")
    with database.transaction() as tx:
        channels.save_unit(tx, UNIT)
        for channel in wanted:
            channels.save_channel(tx, channel)
        known = {(channel.id, str(channel.address)): (ETAG, None) for channel in wanted if is_known}
        reads.save_validators(tx, known)
    database.close()


def collected(folder: Path, wanted: Sequence[Channel], *steps: str, is_known: bool) -> dict[str, Any]:
    """Return what one round of the collector over these channels took. Raises RuntimeError where one was not read."""
    whitelist(folder, wanted, is_known=is_known)
    hosts = sorted({host for channel in wanted for host in channel.hosts})
    found = run(f"{PARTS}.ours", str(folder), *steps, given=hosts)
    if found["errors"]:
        raise RuntimeError(f"channels were not read: {found['errors'][:3]}")
    return found


def polls(server: Loopback, folder: Path, number: int) -> Iterator[Measured]:
    """Measure unchanged lists, and the memory of a round."""
    wanted = [site(each, server.hosts[each % len(server.hosts)]) for each in range(number)]
    urls = [channel.address for channel in wanted]
    bare, ours = 0.0, 0.0
    for turn in range(ROUNDS):
        answered = run(f"{PARTS}.bare", given={"urls": urls, "data_folder": str(folder)})
        read = collected(folder / f"polls-{turn}", wanted, is_known=True)
        if answered["not_modified"] != number or read["unchanged"] != number:
            raise RuntimeError(f"of {number} lists {answered['not_modified']} and {read['unchanged']} were unchanged")
        bare, ours = max(bare, number / answered["seconds"]), max(ours, number / read["seconds"])
    yield Measured(
        what=f"unchanged lists of {number} channels (304), beside a bare Scrapy spider",
        ours=ours,
        beside=bare,
        unit="a second",
        bound=f"≥ {LEAST_OF_SCRAPY} of it",
        is_held=ours >= LEAST_OF_SCRAPY * bare,
    )
    peak = collected(folder / "memory", wanted[:POLLED], is_known=True)["peak_mb"]
    yield Measured(
        what=f"{min(POLLED, number)} channels polled: memory of all processes",
        ours=peak,
        beside=MOST_MB,
        unit="MB",
        bound=f"≤ {MOST_MB:.0f}",
        is_held=peak <= MOST_MB,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPages:
    """Pages to be collected. files: path → file that the server answers with; lists: number of list pages."""

    files: Mapping[str, Path]
    lists: int

    @property
    def pages(self) -> Sequence[tuple[str, Path]]:
        """The articles alone."""
        return [(path, file) for path, file in self.files.items() if path.startswith("/news/")]


def new_pages(folder: Path, number: int) -> NewPages:
    """Write captured pages and lists that lead to `number` of them, each page again and again under its own address."""
    folder.mkdir()
    sources = [folder / f"{place}.html" for place, row in enumerate(_captured())]
    for source, row in zip(sources, _captured(), strict=True):
        source.write_bytes(read_bytes(row))
    files: dict[str, Path] = {}
    links = [(f"/news/{each}.html", f"第{each}篇：湖面为什么先从上面结冰") for each in range(number)]
    files |= {path: sources[each % len(sources)] for each, (path, _) in enumerate(links)}
    runs = [links[start : start + LINKS_A_LIST] for start in range(0, number, LINKS_A_LIST)]
    for place, some in enumerate(runs):
        file = folder / f"list-{place}.html"
        file.write_text(list_page(some))
        files[f"/list/{place}/"] = file
    return NewPages(files=files, lists=len(runs))


def _captured() -> list[Path]:
    return [row.path for row in read_rows() if row.kind == "page"]


def collecting(server: Loopback, folder: Path, new: NewPages, *steps: str) -> Iterator[Measured]:
    """Measure new pages, and the extractor alone over the same bytes."""
    wanted = [site(each, server.hosts[each % len(server.hosts)]) for each in range(new.lists)]
    host = server.hosts[0]
    given = [(str(file), f"http://{host}{path}") for path, file in new.pages]
    cores = str(len(os.sched_getaffinity(0)))
    alone, ours = 0.0, 0.0
    for turn in range(ROUNDS):
        read = run(f"{PARTS}.extractor", cores, given=given)
        found = collected(folder / f"new-{turn}", wanted, *steps, is_known=False)
        if found["new"] + found["refused"] != len(given) or found["new"] < read["read"] * 0.95:
            raise RuntimeError(f"of {len(given)} pages {found['new']} were taken in, {found['refused']} refused")
        alone, ours = max(alone, len(given) / read["seconds"]), max(ours, len(given) / found["seconds"])
    yield Measured(
        what=f"{len(given)} new pages, {', '.join(steps) or 'no pictures'}; beside: the extractor alone, {cores} cores",
        ours=ours,
        beside=alone,
        unit="a second",
        bound=f"≥ {LEAST_OF_EXTRACTOR} of it",
        is_held=ours >= LEAST_OF_EXTRACTOR * alone,
    )


def measure(console: Console, folder: Path, asked: argparse.Namespace) -> list[Measured]:
    """Run everything with one server after the other, and say how fast the server itself is."""
    unchanged = folder / "list.html"
    unchanged.write_text(
        list_page([(f"/news/{each}.html", f"第{each}篇：湖面为什么先从上面结冰") for each in range(ROWS)])
    )
    found: list[Measured] = []
    with answering({f"/list/{each}/": unchanged for each in range(asked.channels)}, hosts=HOSTS) as server:
        own = loopback.rate(server.hosts[0], "/list/0/", connections=16, seconds=1.0)
        console.print(f"the server on loopback answers {own:,.0f} such requests a second to a client that only counts")
        found += _said(console, polls(server, folder, asked.channels))
    new = new_pages(folder / "pages", asked.pages)
    with answering(new.files, hosts=HOSTS) as server:
        found += _said(console, collecting(server, folder, new, *(["pictures"] if asked.pictures else [])))
    return found


def _said(console: Console, found: Iterator[Measured]) -> Iterator[Measured]:
    """Each as it comes: what follows may fail."""
    for one in found:
        console.print(f"{one.what}: {one.ours:,.1f} {one.unit}, beside {one.beside:,.1f}")
        yield one


def line_of(found: Sequence[Measured], *, channels: int) -> str:
    """Return the line of figures; channels: so many were asked for, of which POLLED at most were polled for memory."""
    polled, memory, collected_pages = found
    missed = sum(not one.is_held for one in found)
    return (
        f"crawl: polls {polled.ours:.0f} a second, {polled.ours / polled.beside:.2f} of Scrapy's {polled.beside:.0f};"
        f" new pages {collected_pages.ours:.1f} a second, {collected_pages.ours / collected_pages.beside:.2f} of the"
        f" extractor's {collected_pages.beside:.1f}; {min(POLLED, channels)} channels in {memory.ours:.0f} MB;"
        f" bounds missed {missed}"
    )


def main() -> int:
    """Print the table and the figures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=2000)
    parser.add_argument("--pages", type=int, default=800)
    parser.add_argument("--pictures", action="store_true", help="the step that fetches pictures, inside the time")
    asked = parser.parse_args()
    console = Console()
    if why := missing():
        console.print(why)
        return 1
    with tempfile.TemporaryDirectory(prefix="bench-crawl") as folder:
        found = measure(console, Path(folder), asked)
    table = Table("what", "collector", "beside", "ratio", "bound", "")
    for one in found:
        cells = (f"{one.ours:,.0f} {one.unit}", f"{one.beside:,.0f}", f"{one.ours / one.beside:.2f}", one.bound)
        table.add_row(one.what, *cells, "held" if one.is_held else "MISSED")
    console.print(table)
    console.print(line_of(found, channels=asked.channels))
    return 0 if all(one.is_held for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
