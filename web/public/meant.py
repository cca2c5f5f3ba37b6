"""What a search may have meant, with the address where it is found and all that was chosen beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.search.help.answering import Answer
from web.shown.asked import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Another search that finds something: its words, how many it finds, and where."""

    text: str
    count: int
    href: str


def linked(answered: Answer, asked: Asked) -> Sequence[Linked]:
    """Return the other searches that may be meant, the likeliest first."""
    return [Linked(text=one.text, count=one.count, href=asked.with_words(one.text)) for one in answered.meant]
