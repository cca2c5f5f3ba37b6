"""Which alarms of a channel open and close by what is found of it. Pure.

An alarm opens with the first diagnosis that rings it, and closes when none does any longer; that of errors only after
two reads in a row that worked. One that comes back within a day is the same alarm, told once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from indexer.base.ids import ChannelId
from indexer.catalogue.troubles import CASE
from indexer.health.conditions import Diagnosis
from indexer.health.records import AlarmKind, Attempt, ChannelAlarm

SETTLED = 2  # reads in a row that worked, before an alarm of errors is over
SAME_FOR = timedelta(days=1)
CONDITION, REASON = "condition", "reason"  # beside the facts of the diagnosis that rang


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Alarms to be written: opened are new rows; changed are rows we have, closed or opened again among them."""

    opened: Sequence[ChannelAlarm]
    changed: Sequence[ChannelAlarm]


def changes(
    channel: ChannelId,
    held: Sequence[ChannelAlarm],
    found: Sequence[Diagnosis],
    attempts: Sequence[Attempt],
    *,
    now: datetime,
    make_id: Callable[[], str],
) -> Changes:
    """Return what is to be written. held: the channel's alarms that are open or ended within SAME_FOR, latest first.

    found: its diagnoses. attempts: newest first.
    """
    ringing = {each.alarm: each for each in reversed(found) if each.alarm}  # the worst of each kind
    open_now = {alarm.kind: alarm for alarm in held if alarm.ended_at is None}
    ended = {alarm.kind: alarm for alarm in reversed(held) if alarm.ended_at and now - alarm.ended_at <= SAME_FOR}
    opened, changed = [], []
    for kind, diagnosis in ringing.items():
        facts = facts_of(diagnosis)
        if kind not in open_now and kind not in ended:
            opened.append(ChannelAlarm(id=make_id(), channel=channel, kind=kind, since=now, facts=facts))
        elif kind not in open_now:
            changed.append(replace(ended[kind], ended_at=None, facts=facts))
        elif _is_other(open_now[kind], facts):
            changed.append(replace(open_now[kind], facts=facts))
    over = (alarm for kind, alarm in open_now.items() if kind not in ringing and _is_over(kind, attempts))
    return Changes(opened=opened, changed=[*changed, *(replace(alarm, ended_at=now) for alarm in over)])


def facts_of(diagnosis: Diagnosis) -> dict[str, str]:
    """Return what an alarm keeps of the diagnosis that rang it."""
    trouble = diagnosis.trouble
    return {
        **(dict(trouble.facts) if trouble else {}),
        **diagnosis.facts,
        CONDITION: diagnosis.condition.value,
        CASE: trouble.case if trouble else diagnosis.case,
        REASON: trouble.reason.value if trouble else "",
    }


def _is_other(alarm: ChannelAlarm, facts: dict[str, str]) -> bool:
    """Whether it rings for something else by now: counts and times that move on are no news."""
    return any(alarm.facts.get(name) != facts[name] for name in (CONDITION, CASE, REASON))


def _is_over(kind: AlarmKind, attempts: Sequence[Attempt]) -> bool:
    if kind is not AlarmKind.ERROR or not attempts:
        return True
    settled = sum(1 for _ in takewhile(lambda attempt: attempt.reason is None, attempts))
    return settled >= min(SETTLED, len(attempts))
