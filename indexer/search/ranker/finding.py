"""From a query to the page of hits: what the engine is asked, and in which order its items are shown.

Items that hold all words are counted by the engine, exactly. Of a sentence that few items hold whole, and of words that
no item holds together, those are shown as well that hold most of the rarest.
"""

from collections.abc import Sequence
from dataclasses import replace

from indexer.base.folding import fold
from indexer.catalogue.facets import FIELDS
from indexer.search.engine import MOST_LISTED, Listing, Needle, View
from indexer.search.hits import hits_of
from indexer.search.port import Found, Hit, Meant, Order, Query
from indexer.search.ranker.mixing import NO_MEANINGS, Mean, Meanings
from indexer.search.ranker.nearest import Nearest
from indexer.search.ranker.reading import Reading, read, read_as_it_is
from indexer.search.ranker.scoring import Ranked
from indexer.search.ranker.whole import READ, Whole, base_of

FEW = 50  # items that hold a whole sentence; where there are more, nobody misses those that hold a part of it
NOTHING = Found(hits=(), total=0, facets={field: {} for field in FIELDS})


def find(view: View, query: Query, mean: Mean | None = None) -> Found:
    """Return what the query finds. mean: what says what it means; None looks for words alone. Raises IndexDown."""
    reading = read(query.text)
    found = _find(view, query, reading, mean)
    if not found.total and reading.has_operators:
        as_it_is = read_as_it_is(query.text)
        if _stands_so(view, query, as_it_is):  # what looks like an operator is part of a text
            found = _find(view, query, as_it_is, None)
    if mean is not None and found.meant is Meant.OFF:
        return replace(found, meant=Meant.UNASKED)
    return found


def _stands_so(view: View, query: Query, reading: Reading) -> bool:
    """Tell whether an item holds what was typed, its signs too: else they were meant, and nothing goes beyond them."""
    if not reading.whole:
        return False
    [listed] = view.ask(base_of(query, reading, needles=(Needle(reading.whole),)), [Listing(limit=READ)]).lists
    literal = fold(reading.literal)
    return any(literal in fold(part) for held in view.read(listed.keys) for part in (held.title, held.text, held.names))


def _find(view: View, query: Query, reading: Reading, mean: Mean | None) -> Found:
    if query.text.strip() and not (reading.needles or reading.strict):
        return NOTHING
    if query.order is Order.NEWEST or not reading.needles or query.limit <= 0:
        found = _newest(view, query, reading)
        if found.total or len(reading.terms) < 2:
            return found
        return _nearest(view, query, reading, Whole.ask(view, query, reading))
    whole = Whole.ask(view, query, reading)
    is_few = whole.total < FEW if reading.is_sentence else not whole.total
    if is_few and len(reading.terms) > 1:
        return _nearest(view, query, reading, whole, Meanings.of(query, reading, whole, mean))
    return Found(hits=_page(view, query, reading, whole), total=whole.total, facets=whole.facets)


def _newest(view: View, query: Query, reading: Reading) -> Found:
    """The latest publication first, of what holds all words."""
    offset, limit = window(query)
    lists = [Listing(offset=offset, limit=limit, before=query.before), *([] if query.before is None else [Listing()])]
    answer = view.ask(base_of(query, reading, needles=reading.needles), lists, query.counted)
    return Found(
        hits=hits_of(view.read(answer.lists[0].keys), reading.asked),
        total=answer.lists[-1].total,
        facets=answer.facets,
    )


def _page(view: View, query: Query, reading: Reading, whole: Whole) -> tuple[Hit, ...]:
    """The ranked ones first, after them the others, the newest first."""
    offset, limit = window(query)
    ranked = whole.ranked(view, reading)
    is_behind = bool(query.after) and offset > READ  # the page before ended among those that are listed by date
    begin = len(ranked) if is_behind else place(ranked, query, offset)
    found = hits(ranked[begin : begin + limit], reading)
    left = limit - len(found)
    if not left or len(ranked) < READ:  # fewer than are read: they are all
        return found
    apart = tuple(one.held.item for one in ranked)
    before = query.after[0] if is_behind else query.before  # which lies above all of what is left
    further = Listing(apart=apart, offset=max(begin - len(ranked), 0), limit=left, before=before)
    [listed] = view.ask(base_of(query, reading, needles=reading.needles), [further]).lists
    return (*found, *hits_of(view.read(listed.keys), reading.asked))


def _nearest(view: View, query: Query, reading: Reading, whole: Whole, meanings: Meanings = NO_MEANINGS) -> Found:
    """What holds most of the rarest terms, or means the same, beside the few that hold all words."""
    nearest = Nearest.ask(view, query, reading, whole, meanings.sense)
    shown = [one for one in nearest.ranked if query.before is None or one.held.publication < query.before]
    if query.order is Order.NEWEST:
        shown.sort(key=lambda one: (-one.held.publication, one.held.item))
    offset, limit = window(query)
    begin = place(shown, query, offset)
    facets = nearest.counted([name for name in query.counted if name not in query.filters])
    for name in [name for name in query.counted if name in query.filters]:  # without its own filter
        others = replace(query, filters=query.filters.without(name))
        again = Whole.ask(view, others, reading)
        facets |= Nearest.ask(view, others, reading, again, meanings.sense).counted([name])
    return Found(
        hits=hits(shown[begin : begin + limit], reading),
        total=len(nearest.ranked),
        facets={name: facets[name] for name in query.counted},
        is_nearest=bool(nearest.ranked) and not whole.total,
        meant=Meant.MISSING if nearest.is_missing else meanings.meant,
        near=max(len(nearest.ranked) - whole.total, 0),
    )


def window(query: Query) -> tuple[int, int]:
    """Return offset and limit of the page, within what is listed at all."""
    offset = min(max(query.offset, 0), MOST_LISTED)
    return offset, min(max(query.limit, 0), MOST_LISTED - offset)


def place(ranked: Sequence[Ranked], query: Query, offset: int) -> int:
    """Return where a page of ranked items begins: behind what is left of the page before, else at the offset. Pure."""
    places = {one.held.publication: place for place, one in enumerate(ranked)}
    # What left the list takes no place in it any more.
    return next((places[one] + 1 for one in query.after if one in places), max(offset - len(query.after), 0))


def hits(ranked: Sequence[Ranked], reading: Reading) -> tuple[Hit, ...]:
    """Return the hits of ranked items."""
    return hits_of([one.held for one in ranked], reading.asked, [one.score for one in ranked])
