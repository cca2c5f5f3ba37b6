"""A trial as scripts read it, and as tables for people."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from indexer.whitelist.trials import Offer, Piece, Proposal, Trial

SHOWN_ROWS = 20
SHOWN_CHARS = 80  # of an article's text


def as_json(proposal: Proposal, trial: Trial) -> dict[str, Any]:
    """Return the trial as one object; what a page does not name is null, never guessed."""
    best = trial.best(proposal)
    return {
        "address": proposal.address,
        "source": trial.source,
        "kind": str(trial.kind),
        "hosts": list(trial.hosts),
        "options": dict(proposal.options),
        "why": trial.why,
        "selector": trial.selector or None,
        "articles": [{"url": row.url, "title": row.title, "date": row.day} for row in trial.rows],
        "read": [_piece(piece) for piece in trial.pieces],
        "found": [asdict(offer) for offer in trial.offers],
        "suggested": {"source": best.source, "address": best.address} if best else None,
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "url": piece.url,
        "title": piece.title or None,
        "published": piece.published or None,
        "author": piece.author or None,
        "chars": piece.chars,
        "text": piece.text,
        "media": [{"kind": str(medium.kind), "url": medium.url} for medium in piece.media],
        "why_not": piece.why_not or None,
    }


def as_tables(proposal: Proposal, trial: Trial) -> Iterator[RenderableType]:
    """Yield what to print for a person: how it was read, the list, its first articles, other ways."""
    facts = Table.grid(padding=(0, 2))
    facts.add_row("source", trial.source)
    facts.add_row("hosts", " ".join(trial.hosts))
    facts.add_row("why", escape(trial.why))
    if trial.selector:
        facts.add_row("selector", escape(trial.selector))
    yield facts
    if trial.rows:
        yield _list(trial)
    if trial.pieces:
        yield _pieces(trial)
    if trial.offers:
        yield _offers(trial, trial.best(proposal))


def _list(trial: Trial) -> Table:
    table = Table("day", "title", "address", title=f"articles: {trial.listed}", title_justify="left")
    for row in trial.rows[:SHOWN_ROWS]:
        table.add_row(row.day or "-", escape(row.title), escape(row.url))
    if trial.listed > SHOWN_ROWS:
        table.add_row("", f"and {trial.listed - SHOWN_ROWS} more (--json shows all)", "")
    return table


def _pieces(trial: Trial) -> Table:
    table = Table("day", "title", "author", "chars", "media", "text", title="as read", title_justify="left")
    for piece in trial.pieces:
        text = escape(piece.why_not or " ".join(piece.text[:SHOWN_CHARS].split()))
        numbers = (str(piece.chars), str(len(piece.media)))
        table.add_row(piece.published or "-", escape(piece.title or piece.url), escape(piece.author), *numbers, text)
    return table


def _offers(trial: Trial, best: Offer | None) -> Table:
    table = Table("source", "address", "articles", "", title="the site also has", title_justify="left")
    for offer in trial.offers:
        mark = "suggested" if offer == best else ""
        table.add_row(offer.source, escape(offer.address), str(offer.articles), mark)
    return table
