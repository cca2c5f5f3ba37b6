"""What a search may have meant, with the address where it is found and all that was chosen beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

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
    hrefs = [url_for("public.search", q=one.text, **asked.chosen) for one in answered.meant]  # type: ignore[arg-type]  # lists of values
    return [Linked(text=one.text, count=one.count, href=href) for one, href in zip(answered.meant, hrefs, strict=True)]
