"""How often a channel publishes, by the days on which it did: by it a silence is told from an ordinary pause. Pure.

A day counts once, however much came out on it. The longest usual pause is that which nine of ten are no longer than, so
that one holiday changes nothing, and the weekends of a channel that rests on them are usual. Once a campaign is over,
the days in it say nothing about an ordinary week.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from indexer.base.times import BEIJING

LOOKED_BACK = timedelta(days=200)
LEAST_DAYS = 5  # fewer days with a publication make no rhythm
USUAL_TENTHS = 9
TIMES = 3  # the longest usual pause so often is a silence
LEAST_SILENCE = timedelta(days=3)
AFTER_CAMPAIGN = timedelta(days=14)  # least silence of a channel whose ordinary weeks nobody has seen
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """days: on which something came out, of those looked at. last: the latest of them. usual: the longest usual pause.

    allowed: pause that is no alarm; None where too little is known for any.
    """

    days: int
    last: date | None
    usual: timedelta | None
    allowed: timedelta | None

    def is_too_long(self, pause: timedelta) -> bool:
        """Tell whether a pause is longer than the channel's own ever are; never where too little is known of them."""
        return self.allowed is not None and pause > self.allowed


def rhythm_of(published: Iterable[datetime], *, today: date, campaigns: Sequence[tuple[date, date]] = ()) -> Rhythm:
    """Return the rhythm of a channel. published: of its pieces, aware. campaigns: first and last day of each."""
    found = {at.astimezone(BEIJING).date() for at in published}
    days = sorted(day for day in found if today - LOOKED_BACK <= day <= today)
    last = days[-1] if days else None
    if len(days) < LEAST_DAYS:
        return Rhythm(days=len(days), last=last, usual=None, allowed=None)
    over = [(starts, ends) for starts, ends in campaigns if ends < today]
    pauses = [later - day for day, later in pairwise(days)]
    ordinary = [later - day for day, later in pairwise(days) if not _is_within(day, later, over)]
    least = LEAST_SILENCE if len(ordinary) >= LEAST_DAYS - 1 else AFTER_CAMPAIGN
    usual = _longest_usual(ordinary or pauses)
    return Rhythm(days=len(days), last=last, usual=usual, allowed=max(least, TIMES * usual))


def a_week(published: Iterable[datetime], *, today: date, weeks: int) -> list[int]:
    """Return how many pieces came out in each of the last `weeks` spans of seven days, the present one last."""
    counts = [0] * weeks
    for at in published:
        place = (today - at.astimezone(BEIJING).date()).days // WEEK
        if 0 <= place < weeks:
            counts[weeks - 1 - place] += 1
    return counts


def _is_within(day: date, later: date, campaigns: Iterable[tuple[date, date]]) -> bool:
    return any(starts <= day and later <= ends for starts, ends in campaigns)


def _longest_usual(pauses: Sequence[timedelta]) -> timedelta:
    """The shortest pause that USUAL_TENTHS of ten are no longer than."""
    return sorted(pauses)[-(-len(pauses) * USUAL_TENTHS // 10) - 1]
