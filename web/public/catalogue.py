"""The first page, search, the list of units and the page of one unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask import abort, render_template
from flask import request as asked_for

from config.taxonomy import Category
from indexer import times
from indexer.items import Unit, UnitId
from indexer.records import channels, editions
from indexer.records.items import units_with_pieces
from indexer.records.stories import Filters, newest
from indexer.search.port import Order, Query
from indexer.times import BEIJING
from web.cards import Name, cards_of_hits, cards_of_items
from web.labels import named
from web.limits import SEARCH, limiter
from web.pager import Pager, asked_page, pager
from web.public.asked import PAGE_SIZE, read
from web.public.facets import facets
from web.public.nearest import nearest
from web.public.tiles import tiles
from web.site import site

HOME_CARDS, UNIT_CARDS = 12, 24


def home() -> str:
    """The newest pieces, each once, with ways into the rest."""
    parts, query = site(), Query(order=Order.NEWEST, limit=HOME_CARDS)
    found = parts.index.find(query)
    with parts.database.reading() as tx:
        cards = cards_of_hits(tx, found.hits, query, parts.taxonomy)
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
    """Hits with highlights, and filters with counts; where nothing is found, the nearest and ways on."""
    parts = site()
    asked = read(asked_for.args)
    found = parts.index.find(asked.query)
    with parts.database.reading() as tx:
        units = channels.units(tx)
    views = facets(asked, found, taxonomy=parts.taxonomy, units=units)
    near = None if found.total else nearest(parts.index, asked, views, parts.taxonomy)
    with parts.database.reading() as tx:
        cards = cards_of_hits(tx, found.hits, asked.query, parts.taxonomy)
        # Only the words: what is near need not satisfy the filters.
        near_cards = cards_of_hits(tx, near.hits, Query(text=asked.query.text), parts.taxonomy) if near else []
    return render_template(
        "public/search.html",
        asked=asked,
        cards=cards,
        total=found.total,
        is_nearest=found.is_nearest,
        near=near,
        near_cards=near_cards,
        facets=views,
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
    """What the public sees of one unit, the latest published here first, each piece once."""
    parts, page = site(), asked_page()
    with parts.database.reading() as tx:
        found = channels.unit(tx, UnitId(unit))
        if found is None:
            abort(404)
        # One more than the page shows tells whether another page follows.
        some = newest(tx, Filters(units=(found.id,)), limit=UNIT_CARDS + 1, offset=(page - 1) * UNIT_CARDS)
        cards = cards_of_items(tx, [item for item, _ in some[:UNIT_CARDS]], parts.taxonomy)
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
