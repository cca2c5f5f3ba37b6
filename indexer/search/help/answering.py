"""What a search answers, with what it may have meant: asked where it finds nothing or little, else only told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.search.help.rewriting import Correction, Help, Why
from indexer.search.help.righting import Change
from indexer.search.port import Found, IndexDown, Query, SearchReader
from indexer.search.terms import bigrams

FEW = 3  # hits: with as many, or more, a search is taken at its word
TRIED = 4  # corrections that are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Another search that finds something: its words, why it may be meant, how many it finds.

    is_sure: it is shown in place of what was typed, where that finds nothing.
    """

    text: str
    why: Why
    count: int
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is shown for a search. query: what found it; instead: its words, where they are not those typed.

    meant: other searches that may be meant, the likeliest first.
    """

    found: Found
    query: Query
    instead: str = ""
    meant: Sequence[Meant] = ()


def answer(index: SearchReader, help_: Callable[[], Help], query: Query) -> Answer:
    """Return what a search finds; where nothing holds all of it as it was typed, what finds what it most likely meant.

    help_: called only where help is needed. Raises IndexDown where the search itself is not answered; what it may have
    meant is done without.
    """
    found = index.find(query)
    if not query.text or (found.total >= FEW and not found.is_nearest):
        return Answer(found=found, query=query)
    try:
        return _helped(index, help_(), query, found)
    except IndexDown:
        return Answer(found=found, query=query)


def _helped(index: SearchReader, help_: Help, query: Query, found: Found) -> Answer:
    meant = list(_meant(index, help_, query, more_than=0 if found.is_nearest else found.total))
    sure = next((one for one in meant if one.is_sure), None)
    if sure is None or (found.total and not found.is_nearest):
        return Answer(found=found, query=query, meant=meant)
    instead = replace(query, text=sure.text)
    others = [one for one in meant if one is not sure]
    return Answer(found=index.find(instead), query=instead, instead=sure.text, meant=others)


def _meant(index: SearchReader, help_: Help, query: Query, *, more_than: int) -> Iterator[Meant]:
    for one in help_.rewrite(query.text, limit=TRIED):
        found = index.find(replace(query, text=one.text, offset=0, limit=0, counted=()))
        is_better = found.total > more_than and not found.is_nearest
        if is_better or (found.total and one.changes and all(_is_error(index, change) for change in one.changes)):
            is_sure = one.is_sure and one.why is not Why.SYNONYM and _is_strange(index, one)
            yield Meant(text=one.text, why=one.why, count=found.total, is_sure=is_sure)


def _is_error(index: SearchReader, change: Change) -> bool:
    """Tell whether nothing holds what was typed, and something what was put there: a question is held by nothing."""
    return not _holds(index, change.typed) and _holds(index, change.meant)


def _is_strange(index: SearchReader, one: Correction) -> bool:
    """Tell whether nothing holds even two characters of what was put right: else they may be of another word."""
    return not any(_holds(index, pair) for change in one.changes for pair in bigrams(change.whole))


def _holds(index: SearchReader, row: str) -> bool:
    found = index.find(Query(text=f'"{row}"', limit=0, counted=()))
    return found.total > 0 and not found.is_nearest
