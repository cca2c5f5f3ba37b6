"""`make bench-linear`: no text, however made, takes more than about twice as long when it is twice as long.

    python -m tests.benchmarks.linear [name of a reader or shape …]

Every reader of foreign text over every hostile shape, at CHARS and at twice as many, each in a process of its own with
a bound on its time. Prints what took longest; exits with 1 where a bound is missed. Time is that of the processor.
"""

import multiprocessing
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from rich.console import Console
from rich.table import Table

from config.policy import load_policy
from config.settings import SHIPPED
from config.taxonomy import load_taxonomy
from config.units.options import FeedOptions, SiteOptions
from config.words import ChannelKind
from crawler.dates.read import read_time
from crawler.exchange import Answer, Unreadable
from crawler.extract.clean import clean
from crawler.extract.page import read_page
from crawler.feeds.bylines import byline_of
from crawler.sources import options_of
from crawler.sources.feed import FeedSource
from crawler.sources.site import Site
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate, CleanHtml
from indexer.catalogue.shortening import shorten
from indexer.search.chinese import asked, characters
from indexer.search.chinese import clean as in_one_line
from indexer.search.highlight import excerpt, mark
from indexer.search.ranker.reading import read
from indexer.search.terms import runs, searched
from indexer.understanding.duplicates.near import compare
from indexer.understanding.duplicates.pieces import Piece
from indexer.understanding.policies.check import findings, make_ready
from indexer.understanding.policies.parts import Subject
from indexer.understanding.tags.keywords import Keywords
from indexer.whitelist.records import Channel
from tests.benchmarks.hostile.feeds import FEEDS
from tests.benchmarks.hostile.lists import LISTS
from tests.benchmarks.hostile.pages import PAGES, PIECES
from tests.benchmarks.hostile.shapes import Shape
from tests.benchmarks.hostile.texts import TEXTS
from web.review.diff import changes

CHARS = 300_000
MOST_FACTOR = 3.0  # twice as long, and half as much again for the machine's other work
SURE_SECONDS = 2.0  # below it the factor is that of the start, the caches and the clock
MOST_SECONDS = 30.0  # half of what the pool gives one page
SHOWN = 25  # rows of the table
ADDRESS = "http://a.example/news/1.html"
CHANNEL = Channel(
    id=ChannelId("c"), unit=UnitId("u"), kind=ChannelKind.SITE, name="示例馆", source="site", hosts=("a.example",)
)
CHECKS = make_ready(load_policy(SHIPPED / "policy.yaml"))
KEYWORDS = Keywords(load_taxonomy(SHIPPED / "taxonomy.yaml").topics)
CHOSEN = (
    "li:has(> a):not(:nth-last-child(2n+3 of .b)):-soup-contains('月') ~ li, div:has(a) + p, p ~ p:nth-of-type(odd), "
    ":root :has(:-soup-contains('球')) a, div"
)
Reader = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds of one reader over one shape at CHARS and at twice as many."""

    reader: str
    shape: str
    once: float
    twice: float

    @property
    def factor(self) -> float:
        """How much longer twice as much takes."""
        return self.twice / max(self.once, 0.01)

    @property
    def is_held(self) -> bool:
        """Whether both bounds are kept."""
        return self.twice <= MOST_SECONDS and (self.twice <= SURE_SECONDS or self.factor <= MOST_FACTOR)


def page(text: str) -> None:
    """A page of a unit's site."""
    read_page(text.encode(), url=ADDRESS)


def wechat_page(text: str) -> None:
    """A page of a WeChat account."""
    read_page(text.encode(), url="https://mp.weixin.qq.com/s/1")


def list_page(text: str) -> None:
    """A list page of a unit's site."""
    with suppress(Unreadable):
        list(Site().read(CHANNEL, SiteOptions(), Answer(url="http://a.example/", body=text.encode())))


def list_on_trial(text: str) -> None:
    """The same for a person who tries it: with the selector that chooses its links."""
    with suppress(Unreadable):
        answer = Answer(url="http://a.example/", body=text.encode(), is_trial=True)
        list(Site().read(CHANNEL, SiteOptions(), answer))


def list_by_selector(text: str) -> None:
    """A list page of a channel with a selector that looks at everything."""
    with suppress(Unreadable):
        channel = replace(CHANNEL, options={"list": CHOSEN})
        list(Site().read(channel, options_of(Site(), channel), Answer(url="http://a.example/", body=text.encode())))


def feed(text: str) -> None:
    """A feed, its entries cleaned; or a sitemap."""
    with suppress(Unreadable):
        list(FeedSource().read(CHANNEL, FeedOptions(), Answer(url="http://a.example/", body=text.encode())))


def piece(text: str) -> None:
    """HTML from outside."""
    clean(text, ADDRESS)


def intake(text: str) -> None:
    """What is kept of a candidate."""
    shorten(
        Candidate(channel=CHANNEL.id, url=ADDRESS, title=text, text=text, html=CleanHtml(f"<p>{text}</p>")),
        text_chars=200_000,
    )


def checks(text: str) -> None:
    """The rules of the shipped policy."""
    findings(CHECKS, Subject(title=text[:200], text=text, html=CleanHtml("")))


def search(text: str) -> None:
    """Cutting for the index, and marking what answers a query."""
    characters(text)
    runs(searched(in_one_line(text)), 3)
    read(text)
    for query in (asked("月"), asked(text)):
        mark(text, query)
        excerpt(text, query)


def tags(text: str) -> None:
    """Keywords of topics."""
    KEYWORDS.signals(text, text)


def duplicates(text: str) -> None:
    """Whether two texts are one piece."""
    compare(Piece(text, text), Piece(text, text[1:]))


def edits(text: str) -> None:
    """What changed between two versions."""
    changes(text, f"前。{text[::-1]}后。")


def small_values(text: str) -> None:
    """Times and names as feeds write them."""
    read_time(text, chinese=True)
    byline_of([text])


READERS: Mapping[str, tuple[Reader, Mapping[str, Shape]]] = {
    "page": (page, PAGES),
    "wechat": (wechat_page, PAGES),
    "list": (list_page, {**PAGES, **LISTS}),
    "trial": (list_on_trial, LISTS),
    "selected": (list_by_selector, PAGES),
    "feed": (feed, FEEDS),
    "clean": (piece, PIECES),
    "intake": (intake, TEXTS),
    "checks": (checks, TEXTS),
    "search": (search, TEXTS),
    "tags": (tags, TEXTS),
    "duplicates": (duplicates, TEXTS),
    "edits": (edits, TEXTS),
    "values": (small_values, TEXTS),
}


def measure(wanted: Sequence[str]) -> Iterator[Measured]:
    """Yield each pair of reader and shape, or those with one of the words in a name."""
    for name, (reader, shapes) in READERS.items():
        for shape, make in shapes.items():
            if not wanted or name in wanted or shape in wanted:
                once = seconds(reader, make(CHARS))
                yield Measured(reader=name, shape=shape, once=once, twice=seconds(reader, make(2 * CHARS)))


def seconds(reader: Reader, text: str) -> float:
    """Return the seconds of the processor that a reader takes; infinity where it is stopped or dies."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(reader, text, there))
    process.start()
    there.close()
    try:
        return float(here.recv())
    except EOFError:
        return float("inf")
    finally:
        process.join()


def _run(reader: Reader, text: str, answer: Connection) -> None:
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    limit = int(time.process_time() + MOST_SECONDS) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    started = time.process_time()
    reader(text)
    answer.send(time.process_time() - started)


def main() -> int:
    """Print the table and the figures; return the exit code."""
    console = Console()
    found: list[Measured] = []
    for one in measure(sys.argv[1:]):
        found.append(one)
        if not one.is_held:
            print(f"!! {one.reader} · {one.shape}: {one.once:.2f} s, {one.twice:.2f} s", flush=True)  # noqa: T201 - seen before the end
    table = Table(
        "reader", "shape", f"{CHARS:,}", f"{2 * CHARS:,}", "factor", title="seconds by characters, slowest first"
    )
    for one in sorted(found, key=lambda each: -each.twice)[:SHOWN]:
        table.add_row(one.reader, one.shape, f"{one.once:.2f}", f"{one.twice:.2f}", f"{one.factor:.1f}")
    console.print(table)
    missed = sum(not one.is_held for one in found)
    slowest = max((one.twice for one in found), default=0.0)
    console.print(f"linear: {len(found)} pairs of reader and shape; slowest {slowest:.1f} s; bounds missed {missed}")
    return 1 if missed or not found else 0


if __name__ == "__main__":
    sys.exit(main())
