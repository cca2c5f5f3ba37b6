"""The hit of an item: highlighted by our own code, so that every engine shows the same."""

from indexer.search.chinese import Asked
from indexer.search.engine import Held
from indexer.search.highlight import excerpt, mark
from indexer.search.port import Hit


def hit_of(held: Held, asked: Asked, *, score: float = 0.0) -> Hit:
    """Return the hit of an item for what was asked. Pure."""
    marked, cut = mark(held.title, asked), excerpt(held.text, asked)
    return Hit(
        item=held.item,
        version=held.version,
        score=score,
        publication=held.publication,
        title=marked.text,
        title_spans=marked.spans,
        excerpt=cut.text,
        excerpt_spans=cut.spans,
    )
