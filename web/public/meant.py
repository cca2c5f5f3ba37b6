"""What a search may have meant: asked where it finds nothing, or little, and only told where it finds more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from indexer.search.help.gathering import Gathered
from indexer.search.help.rewriting import Help, Why
from indexer.search.port import Found, Query, SearchReader
from web.shown.asked import Asked

FEW = 3  # hits: with as many, or more, a search is taken at its word
TRIED = 4  # corrections that are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Another search that finds something: its words, why it may be meant, how many it finds, and where."""

    text: str
    why: Why
    count: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is shown for a search. query: what found it; instead: its words, where they are not those typed.

    meant: other searches that may be meant, the likeliest first.
    """

    found: Found
    query: Query
    instead: str = ""
    meant: Sequence[Meant] = ()


def answer(index: SearchReader, gathered: Gathered, asked: Asked) -> Answer:
    """Return what a search finds; where nothing holds all of it as it was typed, what finds what it most likely meant.

    Raises IndexDown.
    """
    found = index.find(asked.query)
    if not asked.query.text or (found.total >= FEW and not found.is_nearest):
        return Answer(found=found, query=asked.query)
    meant = list(_meant(index, gathered.help(), asked, more_than=0 if found.is_nearest else found.total))
    sure = next((one for one in meant if one.why is not Why.SYNONYM), None)
    if sure is None or (found.total and not found.is_nearest):
        return Answer(found=found, query=asked.query, meant=meant)
    query = replace(asked.query, text=sure.text)
    others = [one for one in meant if one is not sure]
    return Answer(found=index.find(query), query=query, instead=sure.text, meant=others)


def _meant(index: SearchReader, help_: Help, asked: Asked, *, more_than: int) -> Iterator[Meant]:
    for one in help_.rewrite(asked.query.text, limit=TRIED):
        found = index.find(replace(asked.query, text=one.text, offset=0, limit=0, counted=()))
        if found.total > more_than and not found.is_nearest:
            href = url_for("public.search", q=one.text, **asked.chosen)  # type: ignore[arg-type]  # lists of values
            yield Meant(text=one.text, why=one.why, count=found.total, href=href)
