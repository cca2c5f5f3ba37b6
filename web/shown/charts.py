"""Small charts as plain numbers, which a template draws as SVG: the last reads of a channel, its pieces by the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log2

from flask_babel import gettext as _
from flask_babel import ngettext

from indexer.health.records import KEPT, Attempt

HEIGHT, STEP, GAP = 32, 6, 2  # of a chart, of a bar with what is beside it, of that
LEAST, PLAIN, FAILED = 3, 8, 20  # heights: of a bar at all, of a read that brought nothing, of one that failed


class Mark(StrEnum):
    """What a bar stands for: its class, too. A failed read hangs from above, so that colour is not all that tells."""

    PLAIN = "plain"
    BROUGHT = "brought"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, in units of the drawing, from the upper left."""

    x: int
    y: int
    height: int
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars from left to right, oldest first. words: the same as a sentence, for those who do not see it."""

    width: int
    bars: Sequence[Bar]
    words: str

    height = HEIGHT
    bar_width = STEP - GAP


def reads_chart(attempts: Sequence[Attempt]) -> Chart:
    """Draw the last reads. attempts: newest first."""
    shown = attempts[:KEPT]
    failed = sum(attempt.reason is not None for attempt in shown)
    new = sum(attempt.new for attempt in shown)
    words = _(
        "Of the last %(reads)s reads %(failed)s failed; they brought %(new)s pieces",
        reads=len(shown),
        failed=failed,
        new=new,
    )
    return Chart(width=KEPT * STEP, bars=read_bars(shown), words=str(words) if shown else str(_("No reads yet")))


def read_bars(attempts: Sequence[Attempt]) -> list[Bar]:
    """Return a bar for each of the last KEPT reads, the newest at the right end. attempts: newest first."""
    shown = list(reversed(attempts[:KEPT]))
    return [_of_read(place + KEPT - len(shown), attempt) for place, attempt in enumerate(shown)]


def weeks_chart(counts: Sequence[int]) -> Chart:
    """Draw how many pieces came out each week. counts: oldest first."""
    most = max(counts, default=0)
    bars = [
        Bar(x=place * 2 * STEP, y=HEIGHT - height, height=height, mark=Mark.BROUGHT if count else Mark.PLAIN)
        for place, count in enumerate(counts)
        for height in [max(LEAST, round(HEIGHT * count / most)) if count else 1]
    ]
    total = sum(counts)
    words = ngettext("%(num)s piece in %(weeks)s weeks", "%(num)s pieces in %(weeks)s weeks", total, weeks=len(counts))
    return Chart(width=len(counts) * 2 * STEP, bars=bars, words=str(words))


def _of_read(place: int, attempt: Attempt) -> Bar:
    x = place * STEP
    if attempt.reason is not None:
        return Bar(x=x, y=0, height=FAILED, mark=Mark.FAILED)
    if not attempt.new:
        return Bar(x=x, y=HEIGHT - PLAIN, height=PLAIN, mark=Mark.PLAIN)
    height = min(HEIGHT, PLAIN + round(6 * log2(1 + attempt.new)))
    return Bar(x=x, y=HEIGHT - height, height=height, mark=Mark.BROUGHT)
