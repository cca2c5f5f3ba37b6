"""The table of captured rows at the end of a test run; tests/conftest.py prints it, under xdist too."""

from pathlib import Path
from typing import Any

import pytest

from tests.real.rows import Row
from tests.real.verdicts import Verdict, standings, table

OUTCOMES = ("passed", "failed", "xfailed", "xpassed")


def print_captured_rows(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each kind's rows, how many are met, and every row that is not."""
    reports = [report for outcome in OUTCOMES for report in terminalreporter.stats.get(outcome, [])]
    verdicts = [
        _verdict(dict(report.user_properties)) for report in reports if dict(report.user_properties).get("kind")
    ]
    if not verdicts:
        return
    terminalreporter.section("captured rows")
    for line in table(sorted(verdicts, key=lambda verdict: (verdict.row.folder, verdict.row.kind, verdict.row.id))):
        terminalreporter.write_line(line)
    for standing in standings(verdicts):
        terminalreporter.write_line(str(standing))


def _verdict(properties: dict[str, Any]) -> Verdict:
    row = Row(properties["folder"], Path(properties["file"]), properties["kind"], properties["expected"])
    return Verdict(row, tuple(properties["reasons"]))
