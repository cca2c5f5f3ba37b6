"""Parse what a search address asks for, with limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from config.words import System
from indexer.base.times import BEIJING, YEARS, month_of
from indexer.catalogue.facets import FACETS, Film, NamedBy, Values
from indexer.catalogue.items import ItemKind
from indexer.search.port import Order, Query
from web.shown.pager import asked_number, asked_numbers, asked_page

PAGE_SIZE, TEXT_CHARS, VALUES = 20, 200, 30
PAIRS_KEPT = 5000  # values of facets that a page offers: more than a campaign has units
FILTERS = {facet.parameter: facet.field for facet in FACETS}
SETS: Mapping[NamedBy, type[StrEnum]] = {NamedBy.KINDS: ItemKind, NamedBy.FILMS: Film, NamedBy.SYSTEMS: System}
CLOSED = {facet.parameter: tuple(map(str, SETS[facet.named_by])) for facet in FACETS if facet.named_by in SETS}

MONTHS = {facet.parameter for facet in FACETS if facet.named_by is NamedBy.MONTHS}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A query with the words it was asked in. since, until, order: as typed, for the form. problems: for the reader.

    seen: of a further page, the last publication that its first page knew.
    """

    query: Query
    page: int
    chosen: dict[str, tuple[str, ...]]
    since: str
    until: str
    order: str
    problems: tuple[str, ...]
    seen: int | None = None

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The filters as pairs, for hidden fields of the form."""
        return [(name, value) for name, values in self.chosen.items() for value in values]

    def link(self, endpoint: str = "public.search", *, is_external: bool = False) -> str:
        """Return this search's address under another view."""
        return _with(url_for(endpoint, _external=is_external), self._args(self.chosen))

    @property
    def key(self) -> str:
        """The same text for the same words and filters, in whatever order they came."""
        return urlencode(sorted(pair for pair in self._args(self.chosen) if pair[0] != "order"))

    def link_before(self, publication: int) -> str:
        """Return the absolute address of this search's feed from below a publication on."""
        args = [*self._args(self.chosen), ("before", str(publication))]
        return _with(url_for("public.feed", _external=True), args)

    def toggled(self, name: str, value: str) -> str:
        """Return the address with one filter value put on, or taken off where it is on."""
        values = self.chosen.get(name, ())
        if value not in values:
            return f"{self._more}{_pair(name, value)}"
        return _with(_search(), self._args({**self.chosen, name: tuple(one for one in values if one != value)}))

    def without(self, name: str) -> str:
        """Return the address with all values of one filter taken off."""
        return _with(_search(), self._args({**self.chosen, name: ()}))

    def with_words(self, text: str) -> str:
        """Return the address of the same search with other words."""
        others = [(name, value) for name, value in self._args(self.chosen) if name != "q"]
        return _with(_search(), [("q", text), *others])

    def without_days(self) -> str:
        """Return the address for whatever day."""
        args = [(name, value) for name, value in self._args(self.chosen) if name not in ("since", "until")]
        return _with(_search(), args)

    @cached_property
    def _more(self) -> str:
        """The search's own address, up to where one more filter goes: a page has two hundred links of it."""
        args = urlencode(self._args(self.chosen))
        return f"{_search()}?{args}&" if args else f"{_search()}?"

    def _args(self, chosen: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        words = [("q", self.query.text), ("since", self.since), ("until", self.until), ("order", self.order)]
        filters = [(name, value) for name, values in chosen.items() for value in values]
        return [(name, value) for name, value in words if value] + filters


@lru_cache(maxsize=PAIRS_KEPT)
def _pair(name: str, value: str) -> str:
    return urlencode([(name, value)])


def _search() -> str:
    return url_for("public.search")


def _with(address: str, args: Sequence[tuple[str, str]]) -> str:
    return f"{address}?{urlencode(args)}" if args else address


def read(args: MultiDict[str, str], *, order: Order = Order.RELEVANCE) -> Asked:
    """Return what these arguments ask for; what cannot be understood is named in `problems` and left out."""
    problems: list[str] = []
    chosen = {name: _values(args, name, problems) for name in FILTERS}
    since, until = _day(args.get("since", ""), problems), _day(args.get("until", ""), problems)
    page, text = asked_page(), " ".join(args.get("q", "").split())[:TEXT_CHARS]
    seen, wanted = asked_number("seen") if page > 1 else None, args.get("order", "")
    ordered = Order(wanted) if wanted in set(Order) else order
    if not text:
        ordered = Order.NEWEST
    after = asked_numbers("after") if page > 1 else ()
    # A list by date goes on below a publication; one by relevance behind a piece.
    is_by_date = ordered is Order.NEWEST and bool(after)
    before = [seen + 1] if seen is not None else []
    before += [after[0]] if is_by_date else []
    query = Query(
        text=text,
        filters=Values({FILTERS[name]: values for name, values in chosen.items()}),
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
        order=ordered,
        before=min(before, default=None),
        after=after,
        offset=0 if is_by_date else (page - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    return Asked(
        query=query,
        page=page,
        chosen={name: values for name, values in chosen.items() if values},
        since=str(since or ""),
        until=str(until or ""),
        order=wanted if wanted in set(Order) else "",
        problems=tuple(problems),
        seen=seen,
    )


def _values(args: MultiDict[str, str], name: str, problems: list[str]) -> tuple[str, ...]:
    values: Sequence[str] = list(dict.fromkeys(value for value in args.getlist(name) if value))[:VALUES]
    if name in MONTHS:
        known = tuple(value for value in values if month_of(value))
    elif name in CLOSED:
        known = tuple(value for value in values if value in CLOSED[name])
    else:
        return tuple(values)
    if len(known) < len(values):
        other = _("There is no such filter value; it was left out.")
        problems.append(_("There is no such kind of item; the filter was left out.") if name == "kind" else other)
    return known


def _day(text: str, problems: list[str]) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        problems.append(_("“%(text)s” is no day. Write it as 2026-09-17.", text=text[:20]))
        return None
    if day.year not in YEARS:
        problems.append(_("“%(text)s” is no day. Write it as 2026-09-17.", text=text[:20]))
        return None
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BEIJING)
