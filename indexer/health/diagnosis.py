"""What is wrong with a channel, told from its last reads, its connection, its own rhythm and the clock. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from config.words import WhitelistStatus
from indexer.base.times import BEIJING
from indexer.catalogue.troubles import CASE
from indexer.connections.records import Connection, ConnectionState
from indexer.health.causes import is_of_connection, is_stale, needs_person, waits_for_tomorrow, whose
from indexer.health.conditions import DISCONNECTED, ORDER, Condition, Diagnosis, Grade, Whose
from indexer.health.records import Attempt
from indexer.health.rhythm import Rhythm
from indexer.whitelist.records import Channel

FAILURES = 3  # in a row, before it is an alarm
STANDING_READS = 3  # of an unmoved list, before it is taken for one that stands still
ENDS_SOON = timedelta(days=14)
C = Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the platform says that the channel published of late, against what is here.

    missing: those that are neither here nor gone at the platform, for longer than collecting takes. unlisted: those of
    them that something else than the list told, each with when.
    """

    total: int = 0
    held: int = 0
    missing: int = 0
    unlisted: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a channel. attempts: newest first. failures: in a row; last_error: words of the last read.

    elsewhere: the latest day on which another channel of its unit published.
    """

    channel: Channel
    attempts: Sequence[Attempt]
    rhythm: Rhythm
    failures: int = 0
    last_error: str | None = None
    last_read_at: datetime | None = None
    last_new_at: datetime | None = None
    connection: Connection | None = None
    tally: Tally = Tally()
    elsewhere: date | None = None

    @property
    def worked(self) -> list[Attempt]:
        """The attempts that worked, newest first."""
        return [attempt for attempt in self.attempts if attempt.reason is None]

    @property
    def newest(self) -> date | None:
        """The latest day on the list as it was read last."""
        return next((attempt.newest for attempt in self.worked if attempt.listed is not None), None)


def diagnose(known: Known, *, now: datetime) -> Sequence[Diagnosis]:
    """Return the conditions of a channel, the worst first; at least one."""
    if known.channel.status is not WhitelistStatus.APPROVED:
        return [Diagnosis(condition=C.OFF, whose=Whose.UNIT)]
    found = [each for judge in JUDGES for each in judge(known, now)]
    if not any(each.condition not in (C.RENAMED, C.ENDING) for each in found):
        found.append(_well(known))
    return sorted(found, key=lambda each: ORDER[each.condition])


def worst(diagnoses: Sequence[Diagnosis]) -> Diagnosis:
    """Return the one by which a channel is listed."""
    return min(diagnoses, key=lambda each: (each.grade is not Grade.WRONG, ORDER[each.condition]))


def _reading(known: Known, now: datetime) -> Iterator[Diagnosis]:
    """Whether its reads work."""
    failed = _failed(known.attempts)
    times = max(len(failed), known.failures)
    if known.attempts and (last := known.attempts[0].trouble) and waits_for_tomorrow(last):
        yield Diagnosis(condition=C.WAITS)
        return
    trouble = failed[0].trouble if failed else None
    if not times or (_is_over(known.connection, now) and is_of_connection(trouble)):
        return
    if is_stale(trouble):
        yield Diagnosis(condition=C.STALE, whose=Whose.UNIT, trouble=trouble)
        return
    is_error = times >= FAILURES or (trouble is not None and needs_person(trouble))
    since = failed[-1].at if failed else known.last_read_at
    facts = {"times": str(times), "since": _minute(since)} | ({CASE: "once"} if times == 1 else {})
    condition = C.ERROR if is_error else C.FAILING
    acts = whose(trouble) if is_error else Whose.NOBODY
    yield Diagnosis(
        condition=condition, whose=acts, facts=facts, trouble=trouble, remark=(known.last_error or "").rstrip("。")
    )


def _authorisation(known: Known, now: datetime) -> Iterator[Diagnosis]:
    """Whether its connection holds, for how long, and whether it is still called what it was."""
    held = known.connection
    if held is None:
        return
    if case := _over(held, now):
        facts = {CASE: case, "ends": _minute(held.expires_at), "who": held.who, "at": _minute(held.at)}
        yield Diagnosis(condition=C.ENDED, whose=Whose.UNIT, facts=facts)
        return
    if held.expires_at and held.expires_at - now <= ENDS_SOON:
        days = {"ends": _minute(held.expires_at), "days": str((held.expires_at - now).days)}
        yield Diagnosis(condition=C.ENDING, whose=Whose.UNIT, facts=days)
    if held.new_name and held.new_name != held.name:
        yield Diagnosis(condition=C.RENAMED, whose=Whose.ORGANISER, facts={"new": held.new_name, "old": held.name})


def _quiet(known: Known, now: datetime) -> Iterator[Diagnosis]:
    """Whether what works brings what it should: a list that stands still, a silence, a site that says 304 wrongly."""
    if not known.worked or _failed(known.attempts) or _is_over(known.connection, now):
        return  # what cannot be read says nothing of what is published
    if lying := next((attempt for attempt in known.attempts if attempt.is_lying), None):
        yield Diagnosis(condition=C.LYING, whose=Whose.UNIT, facts={"at": _minute(lying.at)})
    today = now.astimezone(BEIJING).date()
    if stood := _standing(known, today):
        yield stood
    elif (last := _silent_since(known, today)) and known.rhythm.usual:
        facts = {"days": str((today - last).days), "last": str(last), "usual": str(known.rhythm.usual.days)}
        yield Diagnosis(condition=C.SILENT, whose=Whose.UNIT, facts=facts)


def _standing(known: Known, today: date) -> Diagnosis | None:
    """A list that does not move while something else says that it should."""
    unmoved = _unmoved(known.worked)
    if len(unmoved) < STANDING_READS:
        return None
    since, before_last = unmoved[-1].at, unmoved[1].at
    told = [at for at in known.tally.unlisted if since <= at <= before_last]
    if told:
        facts = {CASE: "announced", "since": _minute(since), "count": str(len(told))}
        return Diagnosis(condition=C.FROZEN, whose=Whose.UNIT, facts=facts)
    newest, other = _silent_since(known, today), known.elsewhere
    if newest is None or other is None or other <= newest:
        return None
    facts = {CASE: "elsewhere", "newest": str(newest), "reads": str(len(unmoved)), "other": str(other)}
    return Diagnosis(condition=C.FROZEN, whose=Whose.UNIT, facts=facts)


def _collected(known: Known, _now: datetime) -> Iterator[Diagnosis]:
    """Whether all that the platform names is here."""
    tally = known.tally
    if tally.missing:
        counts = {"total": str(tally.total), "held": str(tally.held), "missing": str(tally.missing)}
        yield Diagnosis(condition=C.MISSING, whose=Whose.UNIT, facts=counts)


def _well(known: Known) -> Diagnosis:
    """Of a channel with which nothing is wrong."""
    if known.last_read_at is None:
        is_read = bool(known.channel.source and known.channel.address) or known.connection is not None
        return Diagnosis(condition=C.NEW) if is_read else Diagnosis(condition=C.PUSHED)
    brought = {CASE: "brought", "new": _minute(known.last_new_at)} if known.last_new_at else {}
    return Diagnosis(condition=C.GOOD, facts={"read": _minute(known.last_read_at)} | brought)


JUDGES: Sequence[Callable[[Known, datetime], Iterator[Diagnosis]]] = (_reading, _authorisation, _quiet, _collected)


def _failed(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The failed attempts in a row, newest first; a day's calls that are spent are no failure, and end no row."""
    failed: list[Attempt] = []
    for attempt in attempts:
        if attempt.trouble is None:
            break
        if not waits_for_tomorrow(attempt.trouble):
            failed.append(attempt)
    return failed


def _unmoved(worked: Sequence[Attempt]) -> list[Attempt]:
    """The latest attempts through which the list named the same, newest first."""
    digest: str | None = None
    unmoved: list[Attempt] = []
    for attempt in worked:
        if attempt.digest is not None:
            if digest is not None and attempt.digest != digest:
                break
            digest = attempt.digest
        unmoved.append(attempt)
    return unmoved if digest is not None else []


def _silent_since(known: Known, today: date) -> date | None:
    """The latest day of what is here and of what the list names, where that is too long ago for the channel."""
    last = max((day for day in (known.rhythm.last, known.newest) if day), default=None)
    return last if last is not None and known.rhythm.is_too_long(today - last) else None


def _is_over(connection: Connection | None, now: datetime) -> bool:
    return connection is not None and bool(_over(connection, now))


def _over(connection: Connection, now: datetime) -> str:
    """Which words say that a connection is over; empty while it holds."""
    match connection.state:
        case ConnectionState.DISCONNECTED:
            return DISCONNECTED
        case ConnectionState.WITHDRAWN:
            return "withdrawn"
        case ConnectionState.EXPIRED:
            return "expired"
        case ConnectionState.CONNECTED:
            return "expired" if connection.expires_at and connection.expires_at <= now else ""


def _minute(at: datetime | None) -> str:
    """Day and minute in Beijing, as facts hold them."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}" if at else "—"
