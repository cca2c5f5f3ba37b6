"""The hit of an item: highlighted by our own code, so that every engine shows the same."""

from indexer.base.ids import ItemId
from indexer.search.chinese import Asked
from indexer.search.highlight import excerpt, mark
from indexer.search.port import Hit


def hit_of(
    item: ItemId, version: int, *, title: str, text: str, asked: Asked, score: float = 0.0, publication: int = 0
) -> Hit:
    """Return the hit of a version for what was asked. Pure."""
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
