"""What a queue address asks for, and the page of entries that answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from config.words import Severity
from indexer.base.ids import UnitId
from indexer.records.database import Transaction
from indexer.records.review_queue import Asked, QueueEntry, queue_entries, queue_size
from indexer.review.records import WAITING, State
from web.shown.pager import asked_page

PAGE_SIZE = 30
ID_CHARS = 80
FINDINGS_FIRST = "findings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A list of the queue and a page of it. kept: what of the address names the list, for the pages it leads to.

    opened: ids of the items whose rows show the whole piece. chosen: ids of those that are ticked.
    """

    asked: Asked
    kept: Mapping[str, Any]
    page: int
    opened: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()

    @property
    def one_state(self) -> bool:
        """Whether a single state was asked for."""
        return len(self.asked.states) == 1


def read(args: MultiDict[str, str]) -> Wanted:
    """Return what these arguments ask for; unknown values mean any."""
    state, severity = args.get("state", ""), args.get("severity", "")
    unit, topic = (args.get(name, "")[:ID_CHARS] for name in ("unit", "topic"))
    asked = Asked(
        states=(State(state),) if state in set(State) else WAITING,
        unit=UnitId(unit) if unit else None,
        topic=topic,
        severity=Severity(severity) if severity in set(Severity) else None,
        is_loudest_first=args.get("order") == FINDINGS_FIRST,
    )
    return Wanted(
        asked=asked,
        kept=_kept(asked),
        page=asked_page(),
        opened=frozenset(args.getlist("open")[-PAGE_SIZE:]),
        chosen=frozenset(args.getlist("chosen")[:PAGE_SIZE]),
    )


def _kept(asked: Asked) -> Mapping[str, Any]:
    """The arguments that name this list, those of the plain queue left out."""
    named = {
        "state": asked.states[0] if len(asked.states) == 1 else "",
        "unit": asked.unit or "",
        "topic": asked.topic,
        "severity": asked.severity or "",
        "order": FINDINGS_FIRST if asked.is_loudest_first else "",
    }
    return {name: str(value) for name, value in named.items() if value}


def page_of(tx: Transaction, wanted: Wanted, *, now: datetime) -> tuple[Sequence[QueueEntry], int]:
    """Return the entries of the page asked for, and how many there are in all."""
    start = (wanted.page - 1) * PAGE_SIZE
    return queue_entries(tx, wanted.asked, now=now, limit=PAGE_SIZE, offset=start), queue_size(tx, wanted.asked)
