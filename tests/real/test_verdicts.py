"""The judge itself: what it counts as met, as missed, as not asked."""

import json
from pathlib import Path

import pytest

from tests.real.comparing import is_same_time, squeeze_markup
from tests.real.rows import Row, read_rows
from tests.real.verdicts import BOUNDS, NO_READER, Standing, Verdict, judge, standings, table

FEED = "<rss><channel><title>示例</title><item><title>one</title></item></channel></rss>"


def row_of(tmp_path: Path, kind: str, expected: dict[str, object], body: str = FEED) -> Row:
    path = tmp_path / "file.xml"
    path.write_text(body, encoding="utf-8")
    return Row("folder", path, kind, expected)


def test_manifests_of_any_folder_are_read_by_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    expected = json.dumps({"entries": 1})
    lines = ["file\tkind\twhat_it_is\texpected", f'a.xml\tfeed\t"quoted\t{expected}']
    (tmp_path / "mine" / "MANIFEST.tsv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("CARNIVAL_FIXTURES", str(tmp_path))

    (row,) = read_rows()

    assert (row.id, row.kind, row.expected) == ("mine/a.xml", "feed", {"entries": 1})


def test_a_right_reading_has_no_reasons(tmp_path: Path) -> None:
    row = row_of(tmp_path, "feed", {"entries": 1, "feed_title": "示例", "first": {"title": "one", "absent": ["link"]}})

    assert judge(row).reasons == ()


def test_every_missed_field_is_named(tmp_path: Path) -> None:
    first = {"title": "two", "published": "2026-09-17", "enclosures": 1, "absent": ["title"], "not": {"title": "one"}}
    row = row_of(tmp_path, "feed", {"entries": 2, "feed_title": "x", "first": first})

    fields = [reason.split(":")[0] for reason in judge(row).reasons]

    assert fields == ["entries", "feed_title", "title", "published", "enclosures", "title", "title"]


def test_a_refused_feed_and_a_kind_without_a_reader_are_not_met(tmp_path: Path) -> None:
    assert judge(row_of(tmp_path, "feed", {"entries": 1}, body="<html/>")).reasons == (
        "refused: the file holds a feed",
    )
    assert judge(row_of(tmp_path, "nobodys_kind", {})).reasons == (NO_READER,)


def test_a_reader_that_dies_of_a_row_does_not_meet_it(tmp_path: Path) -> None:
    assert judge(row_of(tmp_path, "pairs", {"pairs": 1}, body="no json")).reasons[0].startswith("JSONDecodeError")


def test_a_file_of_labelled_data_that_is_cut_is_seen(tmp_path: Path) -> None:
    row = row_of(tmp_path, "rumour", {"rows": 2, "label_1": 1, "label_0": 1}, body='{"label": 1}\n')

    assert [reason.split(":")[0] for reason in judge(row).reasons] == ["rows", "label_0"]


def test_a_share_of_few_rows_is_not_held_against_anyone(tmp_path: Path) -> None:
    verdict = Verdict(row_of(tmp_path, "feed", {"entries": 9}), ("entries: missed",))

    assert [standing.is_held for standing in standings([verdict] * 19)] == [True]
    assert [standing.is_held for standing in standings([verdict] * 20)] == [False]


def test_a_column_is_missed_only_by_its_own_reasons(tmp_path: Path) -> None:
    verdict = Verdict(row_of(tmp_path, "page", {"title": "t", "author": "a"}), ("author: got nothing",))

    assert [(each.bound.column, each.met, each.asked) for each in standings([verdict])] == [
        ("title", 1, 1),
        ("author", 0, 1),
    ]


def test_a_share_at_its_bound_is_held() -> None:
    assert Standing(bound=BOUNDS[0], folder="f", met=97, asked=100).is_held
    assert not Standing(bound=BOUNDS[0], folder="f", met=96, asked=100).is_held


def test_the_table_lists_every_failing_row(tmp_path: Path) -> None:
    lines = list(table([Verdict(row_of(tmp_path, "feed", {}), ("title: wrong",))]))

    assert lines[-1] == "    file.xml: title: wrong"


@pytest.mark.parametrize(
    ("got", "wanted", "is_same"),
    [
        ("2026-09-17T08:30:00+08:00", "2026-09-17T00:30:00Z", True),
        ("2026-09-17T08:30:01+08:00", "2026-09-17T00:30:00Z", False),
        ("2026-09-17T00:30:00", "2026-09-17T00:30:00Z", False),
        ("2026-09-17", "2026-09-17T00:00:00Z", False),
        ("2026-09-17", "2026-09-17", True),
        ("2026-09-18T02:00:00+08:00", "2026-09-17", True),
        (None, "2026-09-17", False),
    ],
)
def test_times_are_the_same_by_instant_and_days_by_day(got: str | None, wanted: str, *, is_same: bool) -> None:
    assert is_same_time(got, wanted) is is_same


def test_mark_up_entities_and_blanks_do_not_count_in_a_feed() -> None:
    assert squeeze_markup("<b>Q&amp;A</b>\u3000five &lt; six") == squeeze_markup("Q&A five < six")
