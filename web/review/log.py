"""What was decided, and what the collector refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from indexer import times
from indexer.accounts import User
from indexer.items import Decision, Move
from indexer.records import channels, decisions
from indexer.records.decisions import Step
from indexer.review.roles import may_undo
from web.access import signed_in
from web.pager import Pager, asked_page
from web.site import site

PAGE_SIZE, REFUSALS = 50, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One decision, or those that were made as one. undo_of: id of the batch that this person can take back."""

    steps: Sequence[Step]
    undo_of: str | None

    @property
    def first(self) -> Decision:
        """The decision that stands for all of them."""
        return self.steps[0].decision


def decided() -> str:
    """All decisions, newest first."""
    page, now = asked_page(), times.now()
    with site().database.reading() as tx:
        # One more than the page shows tells whether another page follows.
        entries = decisions.recent_entries(tx, limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE)
    rows = [Row(steps=steps, undo_of=undo_of(steps, signed_in(), now=now)) for steps in entries[:PAGE_SIZE]]
    return render_template("review/log.html", rows=rows, pager=Pager(page=page, last=page + (len(entries) > PAGE_SIZE)))


def undo_of(steps: Sequence[Step], who: User, *, now: datetime) -> str | None:
    """Return the batch where some of it still holds and this person can take it back; single ones: on their pages."""
    holds = any(not step.is_undone for step in steps)
    first = steps[0].decision
    is_open = first.batch is not None and first.move is not Move.UNDO and holds
    return first.batch if is_open and may_undo(who, first, now=now) else None


def refused() -> str:
    """The candidates that did not become items, newest first."""
    with site().database.reading() as tx:
        refusals = channels.refusals(tx, limit=REFUSALS)
    return render_template("review/refused.html", refusals=refusals)
