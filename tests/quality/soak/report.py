"""Says how the soak went: pieces, faults and their diagnoses, quotas, and the figures of the last line."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.quality.soak.cast import Kind
from tests.quality.soak.faults import LEAST, TRIALS
from tests.quality.soak.outcome import End, Ends, busiest, ends_of, over_half, wrongly_answered
from tests.quality.soak.stage import Travelled
from tests.quality.soak.watching import Watched

MOST_SECONDS = 30 * 60
SHOWN = 15


def tell(travelled: Travelled, *, seed: int, seconds: float) -> int:
    """Print everything; return 1 where a bound is missed."""
    console, journey = Console(width=160), travelled.journey
    ends = ends_of(journey.database, journey.actors, journey.cast)
    platforms = journey.actors.platforms
    over, answered = over_half(platforms.world), wrongly_answered(platforms.courier.delivered)
    _pieces(console, ends)
    missed = _faults(console, journey.watch.windows)
    _changes(console, ends)
    _lines(console, "lost without a word", ends.lost)
    _lines(console, "doubled", ends.doubled)
    _lines(console, "corrections that were not seen", ends.unedited)
    _lines(console, "more than half of a quota", over)
    _lines(console, "callbacks that were answered wrongly", answered)
    console.print(f"reads that ended in trouble: {dict(journey.errors.most_common())}")
    bounds = {
        "lost": bool(ends.lost),
        "doubled": bool(ends.doubled),
        "corrections": bool(ends.unedited),
        "quota": bool(over),
        "callbacks": bool(answered),
        "faults": bool(missed),
        "time": seconds > MOST_SECONDS,
    }
    broken = [name for name, is_missed in bounds.items() if is_missed]
    console.print(
        f"soak: seed {seed}, {len(journey.cast)} channels, {(journey.plan.ends - journey.plan.begins).days} days in"
        f" {seconds:.0f} s; {travelled.rounds} rounds, {journey.reads} reads; {sum(ends.counts.values())} pieces:"
        f" {ends.counts[End.COLLECTED]} collected, {ends.counts[End.MISSING]} reported missing,"
        f" {ends.counts[End.WITHDRAWN]} withdrawn, {ends.counts[End.LOST]} lost, {len(ends.doubled)} doubled;"
        f" {sum(one.met is not None for one in journey.watch.windows)} faults of {len(TRIALS)} kinds met,"
        f" {len(missed)} kinds not as they should be; most of a quota {busiest(platforms.world):.0%};"
        f" {len(platforms.courier.delivered)} callbacks, {len(answered)} answered wrongly;"
        f" bounds missed: {', '.join(broken) or 'none'}",
        soft_wrap=True,
    )
    return 1 if broken else 0


def _pieces(console: Console, ends: Ends) -> None:
    table = Table("channels", *(end.value for end in End), title="pieces")
    for kind in Kind:
        table.add_row(kind.value, *(str(ends.by_kind[kind, end]) for end in End))
    console.print(table)


def _faults(console: Console, windows: Sequence[Watched]) -> list[str]:
    """Print the table; return the kinds of faults that were not met often enough, or not said rightly each time."""
    table = Table("fault", "planned", "met", "said", "rightly", "what the product said", "after", "", title="faults")
    missed = []
    for trial in TRIALS:
        own = [one for one in windows if one.window.trial is trial]
        met = [one for one in own if one.met is not None]
        right = [one for one in met if one.is_right]
        is_held = len(met) >= LEAST and len(right) == len(met)
        if not is_held:
            missed.append(trial.fault.name)
        said = _counted(one.said or "nothing" for one in met)
        took = [one.took for one in right if one.took is not None]
        table.add_row(
            f"{trial.fault.name} ({trial.fault.value})",
            str(len(own)),
            str(len(met)),
            str(sum(one.is_right is not None for one in met)),
            str(len(right)),
            said,
            _after(took),
            "" if is_held else "MISSED",
        )
    console.print(table)
    _lines(console, "faults that were not said rightly", _wrong(windows))
    return missed


def _changes(console: Console, ends: Ends) -> None:
    """Print how many corrections and removals at the source were seen."""
    console.print(
        f"corrected at the source: {ends.corrections}, seen {ends.corrections - len(ends.unedited)};"
        f" removed: {ends.removals}, withdrawn here {ends.counts[End.WITHDRAWN]}"
    )


def _wrong(windows: Sequence[Watched]) -> list[str]:
    return [f"{one.window.name}: {one.said or 'nothing'}" for one in windows if one.met and not one.is_right]


def _counted(said: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for words in said:
        counts[words] = counts.get(words, 0) + 1
    return ", ".join(f"{words} {count}" for words, count in sorted(counts.items(), key=lambda pair: -pair[1])[:4])


def _after(took: Sequence[timedelta]) -> str:
    if not took:
        return ""
    hours = [each.total_seconds() / 3600 for each in took]
    return f"{median(hours):.1f} h, at most {max(hours):.1f} h"


def _lines(console: Console, title: str, lines: Sequence[str]) -> None:
    if lines:
        console.print(f"{title}: {len(lines)}")
        for line in lines[:SHOWN]:
            console.print(f"  {line}", soft_wrap=True)
