"""What a queue address asks for, and the page of entries that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from werkzeug.datastructures import MultiDict

from indexer.items import Facet, Severity, State, UnitId
from indexer.records.database import Transaction
from indexer.records.listings import QueueEntry, queue_entries, queue_size
from indexer.review.queue import WAITING
from web.pager import asked_page

PAGE_SIZE = 30
# Topic, severity and "findings first" are sorted out of so many of the longest waiting; the page says so beyond that.
SCANNED = 1000
WEIGHT = {Severity.HIGH: 10_000, Severity.LOW: 100, Severity.NOTE: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Filters of the queue; None or empty means any. order: `oldest` or `findings`.

    opened: ids of the items whose rows show the whole piece. chosen: ids of those that are ticked.
    """

    states: tuple[State, ...]
    unit: UnitId | None
    topic: str
    severity: Severity | None
    order: str
    page: int
    opened: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()

    @property
    def one_state(self) -> bool:
        """Whether a single state was asked for."""
        return len(self.states) == 1

    @property
    def needs_scan(self) -> bool:
        """Whether the records alone cannot page this."""
        return bool(self.topic or self.severity or self.order == "findings")


def read(args: MultiDict[str, str]) -> Wanted:
    """Return what these arguments ask for; unknown values mean any."""
    state, severity = args.get("state", ""), args.get("severity", "")
    return Wanted(
        states=(State(state),) if state in set(State) else WAITING,
        unit=UnitId(args["unit"]) if args.get("unit") else None,
        topic=args.get("topic", "")[:50],
        severity=Severity(severity) if severity in set(Severity) else None,
        order="findings" if args.get("order") == "findings" else "oldest",
        page=asked_page(),
        opened=frozenset(args.getlist("open")[-PAGE_SIZE:]),
        chosen=frozenset(args.getlist("chosen")[:PAGE_SIZE]),
    )


def page_of(tx: Transaction, wanted: Wanted, *, now: datetime) -> tuple[Sequence[QueueEntry], int]:
    """Return the entries of the page asked for, and how many there are in all."""
    start = (wanted.page - 1) * PAGE_SIZE
    if not wanted.needs_scan:
        total = queue_size(tx, states=wanted.states, unit=wanted.unit)
        entries = queue_entries(tx, states=wanted.states, unit=wanted.unit, now=now, limit=PAGE_SIZE, offset=start)
        return entries, total
    scanned = queue_entries(tx, states=wanted.states, unit=wanted.unit, now=now, limit=SCANNED)
    fitting = [entry for entry in scanned if _fits(entry, wanted)]
    if wanted.order == "findings":
        fitting.sort(key=lambda entry: -loudness(entry))  # stable: among equals the oldest stays first
    return fitting[start : start + PAGE_SIZE], len(fitting)


def loudness(entry: QueueEntry) -> int:
    """Return a number that is larger the more an editor should look at once."""
    return sum(WEIGHT[finding.severity] for finding in entry.findings)


def _fits(entry: QueueEntry, wanted: Wanted) -> bool:
    has_topic = not wanted.topic or any(tag.facet is Facet.TOPIC and tag.id == wanted.topic for tag in entry.tags)
    has_severity = wanted.severity is None or any(f.severity is wanted.severity for f in entry.findings)
    return has_topic and has_severity
