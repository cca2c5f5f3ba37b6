"""The hit of an item: highlighted by our own code, so that every engine shows the same."""

from collections.abc import Sequence

from indexer.base.ids import ItemId
from indexer.search.chinese import Asked
from indexer.search.engine import Held
from indexer.search.highlight import Marked, excerpt, mark, marked_all
from indexer.search.port import Hit


def hits_of(some: Sequence[Held], asked: Asked, scores: Sequence[float] | None = None) -> tuple[Hit, ...]:
    """Return the hits of items for what was asked. scores: one an item; None: all are 0. Pure."""
    marked = marked_all([held.title for held in some], [held.text for held in some], asked)
    return tuple(
        _hit(held.item, held.version, held.publication, shown, score)
        for held, shown, score in zip(some, marked, scores or [0.0] * len(some), strict=True)
    )


def marked_hit(
    item: ItemId, version: int, *, title: str, text: str, asked: Asked, score: float, publication: int
) -> Hit:
    """Return a hit with these words, those that were asked for marked in them. Pure."""
    return _hit(item, version, publication, (mark(title, asked), excerpt(text, asked)), score)


def _hit(item: ItemId, version: int, publication: int, marked: tuple[Marked, Marked], score: float) -> Hit:
    title, cut = marked
    return Hit(
        item=item,
        version=version,
        score=score,
        publication=publication,
        title=title.text,
        title_spans=title.spans,
        excerpt=cut.text,
        excerpt_spans=cut.spans,
    )
