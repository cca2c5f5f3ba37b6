"""The first page, search, the list of units and the page of one unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask import abort, render_template
from flask import request as asked_for

from config.taxonomy import Category
from indexer import times
from indexer.items import Unit, UnitId
from indexer.records import channels, editions
from indexer.records.items import public_of_unit, units_with_pieces
from indexer.search.port import Order, Query
from indexer.times import BEIJING
from web.cards import Name, cards_of_hits, cards_of_items
from web.labels import named
from web.limits import SEARCH, limiter
from web.pager import Pager, asked_page, pager
from web.public.asked import PAGE_SIZE, read
from web.public.facets import facets
from web.public.tiles import tiles
from web.site import site

HOME_CARDS, UNIT_CARDS = 12, 24


def home() -> str:
    """The newest pieces, each once, with ways into the rest."""
    parts = site()
    found = parts.index.find(Query(order=Order.NEWEST, limit=HOME_CARDS))
    with parts.database.reading() as tx:
        cards = cards_of_hits(tx, found.hits, parts.taxonomy)
        edition = editions.edition_on(tx, times.now().astimezone(BEIJING).date())
    return render_template(
        "public/home.html",
        cards=cards,
        total=found.total,
        edition=edition,
        topics=_with_pieces(parts.taxonomy.topics, found.facets.get("topics", {})),
        audiences=_with_pieces(parts.taxonomy.audiences, found.facets.get("audiences", {})),
        tiles=tiles(parts.taxonomy, found.facets.get("districts", {})),
    )


@limiter.limit(SEARCH)
def search() -> str:
    """Hits with highlights, and filters with counts."""
    parts = site()
    asked = read(asked_for.args)
    found = parts.index.find(asked.query)
    with parts.database.reading() as tx:
        cards = cards_of_hits(tx, found.hits, parts.taxonomy)
        units = channels.units(tx)
    return render_template(
        "public/search.html",
        asked=asked,
        cards=cards,
        total=found.total,
        facets=facets(asked, found, taxonomy=parts.taxonomy, units=units),
        pager=pager(found.total, size=PAGE_SIZE, page=asked.page),
        feed_link=asked.link("public.feed"),
    )


def units() -> str:
    """All units by the groups of the plan."""
    systems: dict[str, list[Unit]] = defaultdict(list)
    with site().database.reading() as tx:
        for unit in channels.units(tx):
            systems[unit.system].append(unit)
        with_pieces = units_with_pieces(tx)
    return render_template("public/units.html", systems=sorted(systems.items()), with_pieces=with_pieces)


def unit(unit: str) -> str:
    """What the public sees of one unit, newest first."""
    parts, page = site(), asked_page()
    with parts.database.reading() as tx:
        found = channels.unit(tx, UnitId(unit))
        if found is None:
            abort(404)
        # One more than the page shows tells whether another page follows.
        some = public_of_unit(tx, found.id, limit=UNIT_CARDS + 1, offset=(page - 1) * UNIT_CARDS)
        cards = cards_of_items(tx, [item.id for item, _ in some[:UNIT_CARDS]], parts.taxonomy)
    district = parts.taxonomy.district(found.district)
    return render_template(
        "public/unit.html",
        unit=found,
        district=named(district) if district else found.district,
        cards=cards,
        pager=Pager(page=page, last=page + (len(some) > UNIT_CARDS)),
    )


def _with_pieces(categories: Sequence[Category], counts: Mapping[str, int]) -> list[Name]:
    """Return those of the categories that lead to something."""
    return [Name(id=one.id, label=named(one)) for one in categories if counts.get(one.id)]
