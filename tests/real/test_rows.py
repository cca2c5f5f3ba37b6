"""Every captured file against the reading that its manifest states, and the shares that the project promises."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from crawler.feeds.command import feed_command
from tests.real.pins import marks, read_pins
from tests.real.rows import Row, missing, read_rows
from tests.real.verdicts import BOUNDS, NO_READER, Bound, Verdict, standings

ROWS = read_rows()
PINS = read_pins()
NONE = pytest.param(None, marks=pytest.mark.skip(reason=missing() or "rows are there"))
BY_COMMAND = [row for row in ROWS if row.kind in ("feed", "sitemap")][::40]


@pytest.mark.parametrize("row", [pytest.param(row, id=row.id, marks=marks(row, PINS)) for row in ROWS] or [NONE])
def test_a_captured_file_is_read_as_its_row_expects(row: Row, reasons_of: Callable[[Row], tuple[str, ...]]) -> None:
    assert reasons_of(row) == ()


@pytest.mark.skipif(not ROWS, reason=missing() or "rows are there")
def test_only_the_listed_kinds_have_no_reader(judge_once: Callable[[Row], Verdict]) -> None:
    unread = {row.kind for row in ROWS if judge_once(row).reasons == (NO_READER,)}

    assert unread == {row.kind for row in ROWS if row.kind in PINS.without_reader}


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
