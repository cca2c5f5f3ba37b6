"""The port to the outside: what spider and sources hand each other. Plain data, no Scrapy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeVar

from config.units.options import SourceOptions
from crawler.extract.state import PageState
from indexer.catalogue.items import Candidate, Proof
from indexer.catalogue.troubles import Trouble
from indexer.whitelist.records import Channel

OK = 200
JSON = "application/json"

Options = TypeVar("Options", bound=SourceOptions)


class Method(StrEnum):
    """How a request is made."""

    GET = "GET"
    POST = "POST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a request sends; type: its Content-Type."""

    content: bytes
    type: str = JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request that a source wants made; `about` comes back with the answer (what is known of the page already).

    credential: the name of one that the guard fills in, whose value no source sees. call: which of the source's quotas
    counts it. leads_to: addresses of the items that the answer holds, where that is not `url`: the request is made only
    while one of them is unknown. continues: of a further page of a list that has so many pieces in all: it is made only
    while the page before names nothing but news, or fewer pieces were ever named. takes_any_answer: the source reads
    whatever comes, an error's status or nothing at all; else only an answer of 200 reaches it. is_always_whole: asked
    for even where it did not change, since how old it is counts.
    """

    url: str
    method: Method = Method.GET
    body: Body | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    credential: str = ""
    call: str = ""
    leads_to: tuple[str, ...] = ()
    continues: int = 0
    takes_any_answer: bool = False
    is_always_whole: bool = False
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, bytes]:
        """By what two requests are the same one."""
        return self.method, self.url, self.body.content if self.body else b""

    @property
    def item_url(self) -> str:
        """The address by which the item behind it is known; of several the first."""
        return self.leads_to[0] if self.leads_to else self.url

    @property
    def is_plain(self) -> bool:
        """Tell whether anybody who asks gets the same answer, so that it may be asked for only if it changed."""
        return self.method is Method.GET and not self.credential and not self.is_always_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, after redirects; body as sent, headers with names in lower case.

    is_trial: a person tries the channel, and wants to know how it is read.
    status: of HTTP, or NOT_ASKED (indexer/catalogue/items.py) of a page that was pushed as a file.
    """

    url: str
    body: bytes
    status: int = OK
    headers: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    is_trial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BadEntry:
    """One of many on a page (an entry of a feed) that could not be read; what, do: words for the unit."""

    url: str
    title: str
    what: str
    do: str


class Unreadable(Exception):
    """An answer that is not what the channel was registered as: says what to do, and is not retried.

    state: what kind of page it is, where that is known. trouble: the reason with its facts, where what and do are but
    the words of it.
    """

    def __init__(
        self, channel: Channel, what: str, *, do: str, state: PageState | None = None, trouble: Trouble | None = None
    ) -> None:
        self.channel, self.what, self.do, self.state, self.trouble = channel.id, what, do, state, trouble
        super().__init__(f"channel {channel.id}: {what}. {do}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Why a source read a list page as it did, for people who try a channel; collecting passes over its words.

    why: words for the unit. selector: CSS that chooses the links which were taken, or what holds them; empty where
    none is known, and outside a trial where none is written. newest: when the newest of what is listed was published;
    stale_after: how old that may be before the list is said to stand still; None: that says nothing.
    """

    why: str
    selector: str = ""
    newest: datetime | None = None
    stale_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One piece that a platform says its account published, whether it is here or not.

    number: by which the platform knows it. url, title: empty where it does not say; day: None. is_gone: deleted or
    blocked there. why: words, why it cannot be taken in, where the answer tells.
    """

    number: str
    url: str = ""
    title: str = ""
    day: date | None = None
    is_gone: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Between which numbers, both included, an answer names every piece that is there.

    What was named before, lies between and is named no more is gone at the platform, once that was seen twice.
    """

    lowest: int
    highest: int

    def holds(self, number: str) -> bool:
        """Tell whether a piece of this number lies between."""
        return number.isascii() and number.isdecimal() and self.lowest <= int(number) <= self.highest


Found = Candidate | Ask | BadEntry | Note | Named | Span


class Source(Protocol[Options]):
    """One kind of channel. Pure: no network, clock, database or settings, so its test is bytes in, candidates out.

    options: the model of a channel's options (config/units/options.py). hosts: the kind's own, a platform's API say,
    `host` or `host:port`, which it may ask beside those of the channel. quotas: most calls a day, by the name that an
    Ask gives in `call`; counted for the credential that makes it, else for the channel. proof: by what its candidates
    are known to be the channel's. shortest: it is never read more often.
    """

    kind: str
    options: type[Options]
    hosts: frozenset[str] = frozenset()
    quotas: Mapping[str, int] = MappingProxyType({})
    proof: Proof = Proof.ADDRESS
    shortest: timedelta = timedelta(0)

    def is_polled(self, channel: Channel) -> bool:
        """Tell whether there is something to read of the channel without anybody pushing it."""
        return bool(channel.address)

    def start(self, channel: Channel, options: Options) -> Iterator[Ask]:
        """The first requests of a read."""
        ...

    def again(self, channel: Channel, options: Options, unheld: Sequence[Named]) -> Iterator[Ask]:
        """Requests for pieces that an earlier read named and that are not here: made after all others."""
        yield from ()

    def read(self, channel: Channel, options: Options, answer: Answer) -> Iterator[Found]:
        """Candidates and further requests of one answer, in the page's order. Raises Unreadable."""
        ...
