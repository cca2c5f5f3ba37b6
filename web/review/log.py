"""What was decided, and what the collector refused."""

from dataclasses import dataclass

from flask import render_template

from indexer.items import Decision
from indexer.records import channels, decisions, items
from web.pager import Pager, asked_page
from web.site import site

PAGE_SIZE, REFUSALS = 50, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A decision with the title of the version it was made on."""

    step: Decision
    title: str


def decided() -> str:
    """All decisions, newest first."""
    page = asked_page()
    with site().database.reading() as tx:
        # One more than the page shows tells whether another page follows.
        steps = decisions.recent(tx, limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE)
        seen = [(step, items.version(tx, step.item, step.version)) for step in steps[:PAGE_SIZE]]
    rows = [Row(step=step, title=version.title if version else "") for step, version in seen]
    return render_template("review/log.html", rows=rows, pager=Pager(page=page, last=page + (len(steps) > PAGE_SIZE)))


def refused() -> str:
    """The candidates that did not become items, newest first."""
    with site().database.reading() as tx:
        refusals = channels.refusals(tx, limit=REFUSALS)
    return render_template("review/refused.html", refusals=refusals)
