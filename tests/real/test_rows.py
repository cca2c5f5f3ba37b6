"""Every captured file against the reading that its manifest states, and the shares that the project promises."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from crawler.feeds.command import feed_command
from tests.real.rows import Row, missing, read_rows
from tests.real.verdicts import BOUNDS, Bound, Verdict, standings

ROWS = read_rows()
NONE = pytest.param(None, marks=pytest.mark.skip(reason=missing() or "rows are there"))
BY_COMMAND = [row for row in ROWS if row.kind in ("feed", "sitemap")][::40]


@pytest.mark.parametrize("row", [pytest.param(row, id=row.id) for row in ROWS] or [NONE])
def test_a_captured_file_is_read_as_its_row_expects(row: Row, expect_met: Callable[[Row], bool]) -> None:
    assert expect_met(row)


@pytest.mark.skipif(not ROWS, reason=missing() or "rows are there")
@pytest.mark.parametrize("bound", [pytest.param(bound, id=bound.name) for bound in BOUNDS])
def test_the_promised_share_of_rows_is_met(bound: Bound, judge_once: Callable[[Row], Verdict]) -> None:
    verdicts = [judge_once(row) for row in ROWS if row.kind in bound.kinds]

    missed = [str(each) for each in standings(verdicts) if each.bound == bound and not each.is_held]

    assert missed == []


@pytest.mark.parametrize("row", [pytest.param(row, id=row.id) for row in BY_COMMAND] or [NONE])
def test_the_command_prints_one_json_object_of_a_captured_feed(row: Row) -> None:
    header = row.expected.get("content_type")
    options = ["--content-type", header] if header else []

    done = CliRunner().invoke(feed_command, [str(row.path), "--json", *options])

    assert done.exit_code == 0, done.stderr
    assert len(json.loads(done.stdout)["entries"]) == row.expected.get("entries", row.expected.get("urls"))
