"""The use cases of readers' reports: hand one in, look a ticket up, take the next step."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from indexer.base.ids import ItemId, new_id
from indexer.records import items
from indexer.records import reports as records
from indexer.records.database import Database
from indexer.reports.tickets import Report, ReportId, ReportKind, ReportState, ReportStep, new_ticket
from indexer.review.reasons import is_reason, words_of

WORDS_CHARS, CONTACT_CHARS, ANSWER_CHARS = 1000, 120, 500
OPEN_REPORTS = 100  # on one item: beyond it a flood adds nothing that the editors do not know
STEPS: dict[ReportState, tuple[ReportState, ...]] = {
    ReportState.RECEIVED: (ReportState.SEEN, ReportState.RESOLVED),
    ReportState.SEEN: (ReportState.RESOLVED,),
    ReportState.RESOLVED: (),
}


class ReportProblem(StrEnum):
    """Why a report was not taken, or a step not made."""

    NOT_PUBLIC = "not_public"
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    UNKNOWN = "unknown"
    STALE = "stale"
    NO_ANSWER = "no_answer"


class ReportRefused(Exception):
    """Nothing was written. latest: the step that came in between, where the problem is `stale`."""

    def __init__(self, problem: ReportProblem, *, latest: ReportStep | None = None) -> None:
        self.problem, self.latest = problem, latest
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a reader typed, as it came."""

    kind: ReportKind
    words: str
    contact: str = ""


def hand_in(database: Database, *, item: ItemId, told: Told, now: datetime) -> Report:
    """Keep a report on the version that is public now. Raises ReportRefused: not public, no words, too long or many."""
    words, contact = visible(told.words), " ".join(visible(told.contact).split())
    if not words:
        raise ReportRefused(ReportProblem.NO_WORDS)
    if len(words) > WORDS_CHARS or len(contact) > CONTACT_CHARS:
        raise ReportRefused(ReportProblem.TOO_LONG)
    with database.transaction() as tx:
        items.lock(tx, item)  # else two readers could both hand in the last report that is taken
        found = items.item(tx, item)
        if found is None or found.public is None:
            raise ReportRefused(ReportProblem.NOT_PUBLIC)
        if records.count_open(tx, item) >= OPEN_REPORTS:
            raise ReportRefused(ReportProblem.TOO_MANY)
        report = Report(
            id=ReportId(new_id()),
            ticket=new_ticket(),
            item=item,
            version=found.public,
            kind=told.kind,
            words=words,
            contact=contact,
            at=now,
        )
        records.add(tx, report)
    return report


def take_step(
    database: Database, report: ReportId, *, seen: ReportState, after: ReportState, who: str, answer: str, now: datetime
) -> ReportStep:
    """Move a report on from the state that the editor saw; resolving it needs an answer and forgets the contact.

    Raises ReportRefused: unknown, moved meanwhile, no such step, an answer without words or too long.
    """
    words = visible(answer)
    if len(words) > ANSWER_CHARS:
        raise ReportRefused(ReportProblem.TOO_LONG)
    if after is ReportState.RESOLVED and not words:
        raise ReportRefused(ReportProblem.NO_ANSWER)
    with database.transaction() as tx:
        found = records.report(tx, report)
        if found is None:
            raise ReportRefused(ReportProblem.UNKNOWN)
        step = ReportStep(report=report, before=seen, after=after, who=who, answer=words, at=now)
        if after not in STEPS[seen] or not records.append(tx, step):
            raise ReportRefused(ReportProblem.STALE, latest=records.latest_step(tx, report))
    return step


def visible(text: str) -> str:
    """Return a text as a reader sees it, line by line, without runs of empty ones; empty where nothing shows."""
    lines = [words_of(line) for line in re.split(r"\r\n?|[\n\u2028\u2029]", text)]
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return whole if is_reason(whole) else ""
