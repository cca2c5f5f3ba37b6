"""A trial of a channel: what it would be registered as, and what the collector would take of it. Pure records."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter

from config.words import ChannelKind
from indexer.base.ids import UnitId
from indexer.catalogue.items import Media

PREFERRED = ("feed", "sitemap", "site", "json_list")  # kinds of sources, the one that says most of a piece first
OF_WECHAT = "wechat_page"
KEPT_ROWS = 50  # of a list, where the trial is kept; `listed` counts all
KEPT_MEDIA = 20  # of an article
OPTION = "option."  # begins the names of options where a proposal is written flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a channel would be registered as.

    unit: whose, where one is meant. source: empty: told by the answer. hosts: empty: the host that answers. options: as
    they are written.
    """

    address: str
    unit: UnitId | None = None
    source: str = ""
    hosts: tuple[str, ...] = ()
    path: str = "/"
    options: Mapping[str, str] = field(default_factory=dict)

    def flat(self) -> dict[str, str]:
        """Return it as names and texts, as a row of the inbox carries it."""
        plain = {"address": self.address, "unit": self.unit or "", "source": self.source, "path": self.path}
        written = {f"{OPTION}{name}": value for name, value in self.options.items()}
        return {**plain, "hosts": " ".join(self.hosts), **written}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One article of the list. day: ISO 8601, None where the list writes none beside it."""

    url: str
    title: str
    day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article as it would be collected. published: ISO 8601 or empty. text: its beginning, of `chars` in all.

    why_not: words where it would not be taken, and then nothing else but the address.
    """

    url: str
    title: str = ""
    published: str = ""
    author: str = ""
    chars: int = 0
    text: str = ""
    media: tuple[Media, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Another way in which the same site can be read. articles: how many it lists now."""

    source: str
    address: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was found. why: Chinese words on how the list was read, or why there is none.

    source, hosts: told by the answer where the proposal left them open. selector: CSS that chooses the same links, or
    empty. rows: the list in its order, perhaps its beginning; listed: how many it has. pieces: its first articles; of
    a page without a list the one article that it is. offers: feeds and sitemaps of the site.
    """

    source: str
    hosts: tuple[str, ...]
    why: str
    selector: str = ""
    rows: tuple[Row, ...] = ()
    listed: int = 0
    pieces: tuple[Piece, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def kind(self) -> ChannelKind:
        """What kind of channel it would be."""
        return kind_of(self.source)

    def best(self, proposal: Proposal) -> Offer | None:
        """Return the way to register: a feed before a sitemap before a list page; None where nothing lists articles."""
        own = Offer(source=self.source, address=proposal.address, articles=self.listed)
        ways = [way for way in (own, *self.offers) if way.articles and way.source in PREFERRED]
        return min(ways, key=lambda way: PREFERRED.index(way.source), default=None)

    def shortened(self) -> "Trial":
        """Return what is kept of it: the beginning of a long list, a few media of each article."""
        pieces = tuple(replace(piece, media=piece.media[:KEPT_MEDIA]) for piece in self.pieces)
        return replace(self, rows=self.rows[:KEPT_ROWS], pieces=pieces)


def kind_of(source: str) -> ChannelKind:
    """Return the kind of channel that a kind of source reads: of a site too where its articles lie on WeChat's host."""
    return ChannelKind.WECHAT if source == OF_WECHAT else ChannelKind.SITE


def proposal_of(flat: Mapping[str, str]) -> Proposal:
    """Return the proposal that `flat` wrote."""
    return Proposal(
        address=flat["address"],
        unit=UnitId(flat["unit"]) if flat["unit"] else None,
        source=flat["source"],
        hosts=tuple(flat["hosts"].split()),
        path=flat["path"],
        options={name.removeprefix(OPTION): value for name, value in flat.items() if name.startswith(OPTION)},
    )


def trial_of(plain: Mapping[str, Any]) -> Trial:
    """Return the trial of a JSON object, as `asdict` makes it. Raises pydantic's ValidationError where it is none."""
    return _TRIAL.validate_python(plain)


_TRIAL = TypeAdapter(Trial)
