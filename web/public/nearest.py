"""A way on from a search that found nothing: a filter less, its words one by one, the nearest pieces, other topics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _

from config.taxonomy import Taxonomy
from indexer.base.ids import ItemId
from indexer.search.chinese import asked as taken_apart
from indexer.search.chinese import characters
from indexer.search.port import Found, Hit, Order, Query, SearchReader
from indexer.search.ranker.reading import apart
from web.shown.asked import FILTERS, Asked
from web.shown.facets import FacetView
from web.shown.labels import named

PIECES, WORDS, TOPICS = 6, 6, 8
CHARACTERS = 12  # of what was typed, where not even one of its words is found


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A search that does find something: how many, and where."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """wider: the same search with one filter less. words: each word of it alone. topics: that have pieces.

    hits: nearest first, the newest pieces where nothing is near; is_newest says which.
    """

    wider: Sequence[Way]
    words: Sequence[Way]
    topics: Sequence[Way]
    hits: Sequence[Hit]
    is_newest: bool


def nearest(index: SearchReader, asked: Asked, views: Sequence[FacetView], taxonomy: Taxonomy) -> Nearest:
    """Return what is near a search without hits. At most some fifteen finds, none of them for more than few hits.

    views: its filters as the page shows them. Raises IndexDown.
    """
    words = _words(index, asked)
    newest = index.find(Query(order=Order.NEWEST, limit=PIECES, counted=("topics",)))
    hits = _hits(index, asked, [found for _, found in words])
    return Nearest(
        wider=list(_wider(index, asked, views)),
        words=[Way(label=word, count=found.total, href=_search(q=word)) for word, found in words],
        topics=_topics(newest, taxonomy),
        hits=hits or newest.hits,
        is_newest=not hits,
    )


def _wider(index: SearchReader, asked: Asked, views: Sequence[FacetView]) -> Iterator[Way]:
    """The search without each of its filters in turn, where that finds something."""
    labels = {view.name: "、".join(choice.label for choice in view.choices if choice.chosen) for view in views}
    for name, values in asked.chosen.items():
        filters = asked.query.filters.without(FILTERS[name])
        found = index.find(replace(asked.query, filters=filters, offset=0, limit=0, counted=()))
        if found.total:
            label = labels.get(name) or "、".join(values)
            yield Way(label=_("without %(filter)s", filter=label), count=found.total, href=asked.without(name))
    if asked.since or asked.until:
        found = index.find(replace(asked.query, since=None, until=None, offset=0, limit=0, counted=()))
        if found.total:
            yield Way(label=_("on any day"), count=found.total, href=asked.without_days())


def _words(index: SearchReader, asked: Asked) -> list[tuple[str, Found]]:
    """The words of the search that are found by themselves, without its filters."""
    words = taken_apart(apart(asked.query.text)[0]).words
    if len(words) < 2:
        return []
    chosen = [word for word in words if len(word) > 1][:WORDS]
    found = [(word, index.find(Query(text=word, limit=PIECES, counted=()))) for word in chosen]
    return [(word, one) for word, one in found if one.total]


def _hits(index: SearchReader, asked: Asked, words: Sequence[Found]) -> Sequence[Hit]:
    """The words without the filters; else what holds most of the words; else what holds most of the characters."""
    text = asked.query.text
    if not text:
        return ()
    if is_narrowed(asked) and (found := index.find(Query(text=text, limit=PIECES, counted=()))).hits:
        return found.hits
    if words:
        return _most_held(words)
    # What must not stand, or only elsewhere, says nothing of what is near.
    each = " ".join(dict.fromkeys(characters(apart(text)[0])[:CHARACTERS]))
    return index.find(Query(text=each, limit=PIECES, counted=())).hits if each else ()


def is_narrowed(asked: Asked) -> bool:
    """Tell whether a search has a filter or a day."""
    return bool(asked.chosen or asked.since or asked.until)


def _most_held(words: Sequence[Found]) -> Sequence[Hit]:
    held: dict[ItemId, list[Hit]] = {}
    for found in words:
        for hit in found.hits:
            held.setdefault(hit.item, []).append(hit)
    # Sorting keeps the order of equals: the best hit of the first word comes first.
    return [hits[0] for hits in sorted(held.values(), key=len, reverse=True)][:PIECES]


def _topics(newest: Found, taxonomy: Taxonomy) -> list[Way]:
    counts = newest.facets.get("topics", {})
    known = [one for one in taxonomy.topics if counts.get(one.id)]
    most = sorted(known, key=lambda one: -counts[one.id])[:TOPICS]
    return [Way(label=named(one), count=counts[one.id], href=_search(topic=one.id)) for one in most]


def _search(**args: str) -> str:
    return url_for("public.search", **args)  # type: ignore[arg-type]  # all of them are arguments of the address
