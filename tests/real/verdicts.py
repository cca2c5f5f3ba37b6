"""Every row judged by the comparison of its kind, and the shares that the project promises."""

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.real import datasets
from tests.real.comparing import shorten
from tests.real.rows import Row

Comparison = Callable[[Path, Mapping[str, Any]], list[str]]
# What a reader may die of on a page it does not understand: the row is not met, and the run goes on.
CRASHES = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
NO_READER = "no reader of this kind yet"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row and why it is not met; no reasons: it is."""

    row: Row
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A promised share of rows. column: a field of the rows; None: the row as a whole.

    minimum_rows: of a folder with fewer rows the share says nothing.
    """

    name: str
    kinds: frozenset[str]
    share: float
    column: str | None = None
    minimum_rows: int = 20


PAGE = frozenset(("page",))
BOUNDS = (
    Bound(name="feeds and sitemaps", kinds=frozenset(("feed", "sitemap")), share=0.97),
    Bound(name="wechat_page", kinds=frozenset(("wechat_page",)), share=1.0, minimum_rows=10),
    Bound(name="wechat_api", kinds=frozenset(("wechat_api",)), share=1.0, minimum_rows=10),
    Bound(name="weibo", kinds=frozenset(("weibo_api", "weibo_status")), share=1.0, minimum_rows=10),
    Bound(name="page title", kinds=PAGE, column="title", share=0.96),
    Bound(name="page day", kinds=PAGE, column="published", share=0.97),
    Bound(name="page body phrases", kinds=PAGE, column="body_contains", share=0.97),
    Bound(name="page foreign phrases", kinds=PAGE, column="body_excludes", share=0.98),
    Bound(name="page author", kinds=PAGE, column="author", share=0.60),
    Bound(name="callbacks", kinds=frozenset(("wechat_crypto", "wechat_event")), share=1.0, minimum_rows=1),
    Bound(name="labelled data", kinds=frozenset(datasets.COUNTERS), share=1.0, minimum_rows=1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a bound stands in one folder."""

    bound: Bound
    folder: str
    met: int
    asked: int

    @property
    def is_held(self) -> bool:
        """Whether the share is reached, or too few rows ask for it."""
        return self.asked < self.bound.minimum_rows or self.met >= self.bound.share * self.asked

    def __str__(self) -> str:
        """Give one line: `feeds: feeds and sitemaps 192/192 100.0 % (bound 97 %)`."""
        share = f"{self.met / self.asked:.1%}" if self.asked else "-"
        return f"{self.folder}: {self.bound.name} {self.met}/{self.asked} {share} (bound {self.bound.share:.0%})"


def judge(row: Row) -> Verdict:
    """Return the row's verdict; a reader that dies of the row does not meet it."""
    compare = _comparison(row.kind)
    if compare is None:
        return Verdict(row, (NO_READER,))
    try:
        return Verdict(row, tuple(shorten_reason(reason) for reason in compare(row.path, row.expected)))
    except CRASHES as error:
        return Verdict(row, (f"{type(error).__name__}: {shorten(error)}",))


def shorten_reason(reason: str) -> str:
    """Return a reason short enough for a table."""
    text = " ".join(reason.split())
    return text if len(text) <= 240 else f"{text[:240]}…"


def standings(verdicts: Sequence[Verdict]) -> list[Standing]:
    """Return how every bound stands in every folder that asks for it."""
    folders = dict.fromkeys(verdict.row.folder for verdict in verdicts)
    found = [_standing(bound, folder, verdicts) for folder in folders for bound in BOUNDS]
    return [standing for standing in found if standing.asked]


def table(verdicts: Sequence[Verdict]) -> Iterable[str]:
    """Yield the lines of the summary: each kind with its share, its failing rows below it."""
    kinds = dict.fromkeys((verdict.row.folder, verdict.row.kind) for verdict in verdicts)
    yield f"{'folder/kind':<28}{'rows':>6}{'met':>6}{'share':>9}"
    for folder, kind in kinds:
        of_kind = [verdict for verdict in verdicts if (verdict.row.folder, verdict.row.kind) == (folder, kind)]
        failing = [verdict for verdict in of_kind if verdict.reasons]
        met = len(of_kind) - len(failing)
        yield f"{folder + '/' + kind:<28}{len(of_kind):>6}{met:>6}{met / len(of_kind):>9.1%}"
        if failing and all(verdict.reasons == (NO_READER,) for verdict in failing):
            yield f"    all {len(failing)}: {NO_READER}"
            continue
        yield from (f"    {verdict.row.path.name}: {'; '.join(verdict.reasons)}" for verdict in failing)


def _standing(bound: Bound, folder: str, verdicts: Sequence[Verdict]) -> Standing:
    asking = [
        verdict
        for verdict in verdicts
        if verdict.row.folder == folder
        and verdict.row.kind in bound.kinds
        and (bound.column is None or verdict.row.expected.get(bound.column))
    ]
    return Standing(bound=bound, folder=folder, met=sum(_is_met(bound, each) for each in asking), asked=len(asking))


def _is_met(bound: Bound, verdict: Verdict) -> bool:
    """A column is missed by a reason that begins with its name, and by any crash."""
    if bound.column is None:
        return not verdict.reasons
    return not any(
        reason.startswith(f"{bound.column}:") or reason.split(":")[0].endswith("Error") for reason in verdict.reasons
    )


def _comparison(kind: str) -> Comparison | None:
    if kind in datasets.COUNTERS:
        return lambda path, expected: datasets.compare(path, expected, kind)
    if importlib.util.find_spec(f"tests.real.kind_{kind}") is None:
        return None
    compare: Comparison = importlib.import_module(f"tests.real.kind_{kind}").compare
    return compare
