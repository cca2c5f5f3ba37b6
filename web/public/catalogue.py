"""The first page, search, the list of units and the page of one unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask import abort, render_template
from flask import request as asked_for
from flask.typing import ResponseReturnValue

from config.taxonomy import Category
from indexer.base import times
from indexer.base.ids import UnitId
from indexer.base.times import BEIJING
from indexer.catalogue.facets import Values
from indexer.records import channels, editions
from indexer.records.public import units_with_pieces
from indexer.records.stories import Filters, newest
from indexer.search.help.answering import Answer, answer
from indexer.search.in_time import InTime
from indexer.search.port import IndexDown, Query, SearchReader
from indexer.whitelist.records import Unit
from web.app.limits import SEARCH, limiter
from web.app.site import site
from web.public.district_map import tiles
from web.public.meant import linked
from web.public.nearest import Nearest, nearest
from web.shown.asked import Asked, read
from web.shown.cards import Card, Name, cards_of_hits, cards_of_items
from web.shown.facets import FacetView, facets
from web.shown.labels import named
from web.shown.pager import Pager, asked_page
from web.shown.resting import find_or_rest, newest_of
from web.shown.seen import pager_of, seen_by
from web.shown.worded import worded

HOME_CARDS, UNIT_CARDS, HOME_POPULAR = 12, 24, 8
HOME_COUNTS = ("topics", "audiences", "districts")
RETRY_SECONDS = 60


def home() -> str:
    """The newest pieces, each once, with ways into the rest."""
    parts = site()
    found = find_or_rest(parts.index, Query(limit=0, counted=HOME_COUNTS))
    counts = found.facets if found else {}
    with parts.database.reading() as tx:
        some = [item for item, _ in newest(tx, limit=HOME_CARDS + 1)]
        cards = cards_of_items(tx, some[:HOME_CARDS], parts.taxonomy)
        edition = editions.edition_on(tx, times.now().astimezone(BEIJING).date())
    return render_template(
        "public/home.html",
        cards=cards,
        has_more=len(some) > HOME_CARDS,
        rests=found is None,
        edition=edition,
        popular=parts.help.popular()[:HOME_POPULAR],
        topics=_with_pieces(parts.taxonomy.topics, counts.get("topics", {})),
        audiences=_with_pieces(parts.taxonomy.audiences, counts.get("audiences", {})),
        tiles=tiles(parts.taxonomy, counts.get("districts", {})),
    )


@limiter.limit(SEARCH)
def search() -> ResponseReturnValue:
    """Hits with highlights, and filters with counts; where nothing is found, what was meant, the nearest, ways on."""
    asked, parts = read(worded(asked_for.args)), site()
    seen, index = seen_by(asked), InTime(parts.index)
    try:
        answered = answer(index, parts.help.help, asked.query)
    except IndexDown:
        return _resting(asked, seen=seen)
    return _found(asked, answered, index, seen=seen)


def _found(asked: Asked, answered: Answer, index: SearchReader, *, seen: int) -> str:
    parts, found = site(), answered.found
    if _is_of_many(asked, answered):
        parts.tally.note(asked.query.text)
    with parts.database.reading() as tx:
        views = facets(tx, asked, found.facets, taxonomy=parts.taxonomy)
        cards = cards_of_hits(tx, found.hits, answered.query, parts.taxonomy)
    near = None if found.total else _near(index, asked, views)
    near_cards: list[Card] = []
    if near:
        with parts.database.reading() as tx:
            # Only the words: what is near need not satisfy the filters.
            near_cards = cards_of_hits(tx, near.hits, Query(text=asked.query.text), parts.taxonomy)
    return render_template(
        "public/search.html",
        asked=asked,
        cards=cards,
        total=found.total,
        is_nearest=found.is_nearest,
        near_count=found.near,
        instead=answered.instead,
        meant=linked(answered, asked),
        near=near,
        near_cards=near_cards,
        facets=views,
        pager=pager_of(parts.index, answered.query, found, page=asked.page, seen=seen),
        feed_link=asked.link("public.feed"),
    )


def _is_of_many(asked: Asked, answered: Answer) -> bool:
    """Tell whether others may search for the same: plain words, without filters, found as they were typed."""
    is_plain = asked.query.text.replace(" ", "").isalnum()  # no operators, no signs
    is_whole = asked.page == 1 and not (asked.chosen or asked.since or asked.until)
    is_found = answered.found.total > 0 and not answered.found.is_nearest and not answered.instead
    return is_plain and is_whole and is_found


def _near(index: SearchReader, asked: Asked, views: Sequence[FacetView]) -> Nearest | None:
    """What is near an empty result, and takes many searches: where search rests by now, the page does without."""
    try:
        return nearest(index, asked, views, site().taxonomy)
    except IndexDown:
        return None


def _resting(asked: Asked, *, seen: int) -> ResponseReturnValue:
    """While search rests: the newest pieces that satisfy the filters. What was asked with words has no answer: 503."""
    parts = site()
    with parts.database.reading() as tx:
        views = facets(tx, asked, None, taxonomy=parts.taxonomy)
        some, has_more = newest_of(tx, asked.query)
        cards = cards_of_items(tx, some, parts.taxonomy)
    page = render_template(
        "public/search.html",
        rests=True,
        asked=asked,
        cards=cards,
        facets=views,
        pager=Pager(page=asked.page, last=asked.page + has_more, seen=seen),
        feed_link=asked.link("public.feed"),
    )
    return (page, 503, {"Retry-After": str(RETRY_SECONDS)}) if asked.query.text else page


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
        some = newest(
            tx, Filters(values=Values(units=(found.id,))), limit=UNIT_CARDS + 1, offset=(page - 1) * UNIT_CARDS
        )
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
