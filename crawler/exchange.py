"""What spider and sources hand each other: plain data, no Scrapy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from indexer.items import Candidate, Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request that a source wants made; `about` comes back with the answer (what is known of the page already)."""

    url: str
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, after redirects; body as sent, headers with names in lower case."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BadEntry:
    """One of many on a page (an entry of a feed) that could not be read; what, do: words for the unit."""

    url: str
    title: str
    what: str
    do: str


class Unreadable(Exception):
    """An answer that is not what the channel was registered as: says what to do, and is not retried."""

    def __init__(self, channel: Channel, what: str, *, do: str) -> None:
        self.channel, self.what, self.do = channel.id, what, do
        super().__init__(f"channel {channel.id}: {what}. {do}")


Found = Candidate | Ask | BadEntry


class Source(Protocol):
    """One kind of channel. Pure: no network, clock, database or settings, so its test is bytes in, candidates out."""

    kind: str

    def start(self, channel: Channel) -> Iterator[Ask]:
        """The first requests of a read."""
        ...

    def read(self, channel: Channel, answer: Answer) -> Iterator[Found]:
        """Candidates and further requests of one answer, in the page's order. Raises Unreadable."""
        ...
