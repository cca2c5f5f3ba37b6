"""Detect approvals that come faster than anyone reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from indexer.records import decisions
from indexer.records.database import Database
from indexer.records.decisions import Approved

WINDOW = timedelta(minutes=1)
QUIET = timedelta(minutes=5)  # who was asked, and goes on, is not asked again for so long
# Who reads Chinese in silence takes in 5 to 10 characters a second; nobody skims this many.
CHARACTERS_PER_SECOND = 40
FEWEST_READ = 3  # one piece may have been read in another window before; three in a row were not
FEWEST_SHORT, SECONDS_EACH = 5, 2  # pieces without text (a video, a picture) take their look too


@dataclass(frozen=True, slots=True)
class Hurry:
    """So many approvals, the one asked for included, since the first of them."""

    approvals: int
    seconds: int


def hurry_of(database: Database, who: str, *, characters: int, now: datetime) -> Hurry | None:
    """Tell whether one more approval now, of a piece of so many characters, is faster than anyone reads."""
    with database.reading() as tx:
        made = decisions.approvals(tx, who, since=now - WINDOW)
    return hurry([*made, Approved(now, characters)])


def hurry(approvals: Sequence[Approved]) -> Hurry | None:
    """Return the longest run up to the last approval that was too fast, None where there is none; oldest first. Pure.

    What was read in a run is all but its first piece: the time before that one is not known.
    """
    for start in range(len(approvals) - FEWEST_READ + 1):
        run = approvals[start:]
        seconds = (run[-1].at - run[0].at).total_seconds()
        read = sum(one.characters for one in run[1:])
        is_short = len(run) >= FEWEST_SHORT and seconds < SECONDS_EACH * (len(run) - 1)
        if is_short or read > CHARACTERS_PER_SECOND * seconds:
            return Hurry(approvals=len(run), seconds=max(ceil(seconds), 1))
    return None
