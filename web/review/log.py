"""What was decided, and what the collector refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from flask import abort, render_template, request

from indexer.base import times
from indexer.base.changes import OF_ACCOUNTS, OF_PIECES, OF_RULES, OF_TAGS, Change, ChangeKind
from indexer.base.ids import ChannelId
from indexer.catalogue.troubles import FiledRefusal
from indexer.people.accounts import User
from indexer.people.rights import Right, may, may_undo
from indexer.records import channels, decisions, ledger, refusals
from indexer.records.decisions import Step
from indexer.review.records import Decision, Move
from indexer.whitelist.records import WhitelistChange
from web.app.access import signed_in
from web.app.site import site
from web.shown.pager import Pager, asked_page

PAGE_SIZE, REFUSALS, NUMBER_CHARS = 50, 200, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One decision, or those that were made as one. undo_of: id of the batch that this person can take back."""

    steps: Sequence[Step]
    undo_of: str | None

    @property
    def first(self) -> Decision:
        """The decision that stands for all of them."""
        return self.steps[0].decision


class Kind(StrEnum):
    """What the page lists; the first for everybody at the desk, the others for who has the right LEDGER."""

    DECISIONS = "decisions"
    WHITELIST = "whitelist"
    ACCOUNTS = "accounts"
    RULES = "rules"
    PIECES = "pieces"
    TAGS = "tags"


OF: Mapping[Kind, Sequence[ChangeKind]] = MappingProxyType(
    {Kind.ACCOUNTS: OF_ACCOUNTS, Kind.RULES: OF_RULES, Kind.PIECES: OF_PIECES, Kind.TAGS: OF_TAGS}
)


def show() -> str:
    """What was done, newest first, of the kind that is asked for."""
    asked = request.args.get("kind", Kind.DECISIONS)
    kind = Kind(asked) if asked in set(Kind) else Kind.DECISIONS
    if kind is Kind.DECISIONS:
        return decided()
    if not may(signed_in(), Right.LEDGER):
        abort(403)
    return changed(kind)


def changed(kind: Kind) -> str:
    """The steps of the whitelist, or the changes of accounts, rules or what is one piece."""
    page = asked_page()
    window = {"limit": PAGE_SIZE + 1, "offset": (page - 1) * PAGE_SIZE}
    steps: Sequence[WhitelistChange] = ()
    changes: Sequence[Change] = ()
    names: Mapping[ChannelId, str] = {}
    with site().database.reading() as tx:
        if kind is Kind.WHITELIST:
            steps = channels.recent_changes(tx, **window)
            names = channels.channel_names(tx, [step.channel for step in steps])
        else:
            changes = ledger.recent(tx, OF[kind], **window)
    more = max(len(steps), len(changes)) > PAGE_SIZE
    return _page(
        kind, Pager(page=page, last=page + more), steps=steps[:PAGE_SIZE], changes=changes[:PAGE_SIZE], names=names
    )


def _page(kind: Kind, pages: Pager, **lists: object) -> str:
    kinds = list(Kind) if may(signed_in(), Right.LEDGER) else []
    return render_template("review/log.html", kind=kind, kinds=kinds, pager=pages, **lists)


def decided() -> str:
    """All decisions, newest first."""
    page, now = asked_page(), times.now()
    with site().database.reading() as tx:
        # One more than the page shows tells whether another page follows.
        entries = decisions.recent_entries(tx, limit=PAGE_SIZE + 1, offset=(page - 1) * PAGE_SIZE)
    rows = [Row(steps=steps, undo_of=undo_of(steps, signed_in(), now=now)) for steps in entries[:PAGE_SIZE]]
    return _page(Kind.DECISIONS, Pager(page=page, last=page + (len(entries) > PAGE_SIZE)), rows=rows)


def undo_of(steps: Sequence[Step], who: User, *, now: datetime) -> str | None:
    """Return the batch where some of it still holds and this person can take it back; single ones: on their pages."""
    holds = any(not step.is_undone for step in steps)
    first = steps[0].decision
    is_open = first.batch is not None and first.move is not Move.UNDO and holds
    return first.batch if is_open and may_undo(who, first, now=now) else None


def refused() -> str:
    """The candidates that did not become items, the last met first; or the one of the number that a unit gave."""
    number = request.args.get("number", "").strip()[:NUMBER_CHARS]
    with site().database.reading() as tx:
        if number:
            one = refusals.by_number(tx, int(number)) if number.isascii() and number.isdecimal() else None
            found: Sequence[FiledRefusal] = [one] if one else []
        else:
            found = refusals.recent(tx, limit=REFUSALS)
    return render_template("review/refused.html", refusals=found, number=number)
