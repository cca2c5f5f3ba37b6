"""The lists of pinned rows: who stands where, and what becomes of a row that changes sides."""

from pathlib import Path

import pytest

from tests.real.misses import differences, write
from tests.real.pins import Pins, marks, read_pins
from tests.real.rows import Row
from tests.real.verdicts import NO_READER, Verdict

PINS = Pins(
    met=frozenset({"f/met"}), missed={"f/miss": "author: a wrong one"}, without_reader={"weibo_api": "not built"}
)


def row(name: str, kind: str = "page") -> Row:
    return Row("f", Path(name), kind, {})


def test_a_row_that_is_met_must_stay_met() -> None:
    assert marks(row("met"), PINS) == ()


@pytest.mark.parametrize("listed", [row("miss"), row("any", "weibo_api")])
def test_a_listed_miss_that_is_met_is_a_failure_that_names_the_list(listed: Row) -> None:
    (mark,) = marks(listed, PINS)

    assert (mark.name, mark.kwargs["strict"], mark.kwargs["raises"]) == ("xfail", True, AssertionError)
    assert "tests/real/pinned/" in mark.kwargs["reason"]


def test_a_row_on_no_list_may_go_either_way() -> None:
    (mark,) = marks(row("new"), PINS)

    assert (mark.name, mark.kwargs["strict"]) == ("xfail", False)


def test_what_differs_from_the_lists_is_told_row_by_row() -> None:
    verdicts = [
        Verdict(row("met"), ("title: got 'x'",)),
        Verdict(row("miss"), ()),
        Verdict(row("new-met"), ()),
        Verdict(row("new-miss"), ("text: got 'y'",)),
        Verdict(row("any", "weibo_api"), ()),
        Verdict(row("other", "nobody"), (NO_READER,)),
    ]

    assert list(differences(verdicts, PINS)) == [
        "broke: f/met: title: got 'x'",
        "met, take it off missed/page.txt: f/miss",
        "new: f/new-met",
        "new miss: f/new-miss: text: got 'y'",
        "new: f/any",
        "without_reader.txt: weibo_api has a reader",
        "without_reader.txt: nobody has no reader",
    ]


def test_written_lists_agree_with_the_verdicts_and_hold_nothing_of_the_files(tmp_path: Path) -> None:
    verdicts = [
        Verdict(row("miss"), ("author: got 'somebody'",)),
        Verdict(row("broke"), ("title: got 'a headline'", "text: got 'words'")),
        Verdict(row("new"), ()),
        Verdict(row("other", "nobody"), (NO_READER,)),
    ]

    write(verdicts, PINS, tmp_path)

    assert read_pins(tmp_path) == Pins(
        met=frozenset({"f/met", "f/new"}),
        missed={"f/miss": "author: a wrong one", "f/broke": "title, text"},
        without_reader={"weibo_api": "not built", "nobody": "not built yet"},
    )
    assert list(differences(verdicts, read_pins(tmp_path))) == []


def test_a_list_whose_last_miss_is_mended_goes(tmp_path: Path) -> None:
    write([Verdict(row("miss"), ("author: got 'somebody'",))], PINS, tmp_path)

    write([Verdict(row("miss"), ())], read_pins(tmp_path), tmp_path)

    assert not (tmp_path / "missed" / "page.txt").exists()


def test_a_row_on_two_lists_is_refused(tmp_path: Path) -> None:
    (tmp_path / "missed").mkdir()
    (tmp_path / "missed" / "page.txt").write_text("f/a\tauthor\n", encoding="utf-8")
    (tmp_path / "met.txt").write_text("f/a\n", encoding="utf-8")

    with pytest.raises(ValueError, match="f/a"):
        read_pins(tmp_path)
