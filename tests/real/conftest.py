"""Judging captured rows inside a run: each row is read once, however many tests ask for it."""

from collections.abc import Callable

import pytest

from tests.real.rows import Row
from tests.real.verdicts import Verdict, judge


@pytest.fixture(scope="session")
def judge_once() -> Callable[[Row], Verdict]:
    """Return the verdict of a row, the earlier one where it was judged before."""
    judged: dict[str, Verdict] = {}

    def once(row: Row) -> Verdict:
        if row.id not in judged:
            judged[row.id] = judge(row)
        return judged[row.id]

    return once


@pytest.fixture
def reasons_of(
    judge_once: Callable[[Row], Verdict], record_property: Callable[[str, object], None]
) -> Callable[[Row], tuple[str, ...]]:
    """Judge a row, note it for the summary, and give why it is not met; nothing: it is."""

    def reasons(row: Row) -> tuple[str, ...]:
        verdict = judge_once(row)
        record_property("folder", row.folder)
        record_property("kind", row.kind)
        record_property("file", row.path.name)
        record_property("expected", dict(row.expected))
        record_property("reasons", list(verdict.reasons))
        return verdict.reasons

    return reasons
