"""The hit of an item: highlighted by our own code, so that every engine shows the same."""

from indexer.base.ids import ItemId
from indexer.search.chinese import Asked
from indexer.search.engine import Held
from indexer.search.highlight import excerpt, mark
from indexer.search.port import Hit


def hit_of(held: Held, asked: Asked, *, score: float = 0.0) -> Hit:
    """Return the hit of an item for what was asked. Pure."""
    return marked_hit(
        held.item,
        held.version,
        title=held.title,
        text=held.text,
        asked=asked,
        score=score,
        publication=held.publication,
    )


def marked_hit(
    item: ItemId, version: int, *, title: str, text: str, asked: Asked, score: float, publication: int
) -> Hit:
    """Return a hit with these words, those that were asked for marked in them. Pure."""
    marked, cut = mark(title, asked), excerpt(text, asked)
    return Hit(
        item=item,
        version=version,
        score=score,
        publication=publication,
        title=marked.text,
        title_spans=marked.spans,
        excerpt=cut.text,
        excerpt_spans=cut.spans,
    )
