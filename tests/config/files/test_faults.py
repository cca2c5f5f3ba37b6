"""config.files.faults: pydantic's errors in plain words, all of them, in the order of the lines."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import pytest

from config.errors import ConfigRefused
from config.files.document import Document
from config.files.faults import NOT_EMPTY, Faults, Strict, one_of
from config.words import Severity


class Part(Strict):
    """A part within a part."""

    number: int
    severity: Severity = Severity.LOW


class Whole(Strict):
    """What the examples are read as."""

    name: str
    day: date | None = None
    parts: Annotated[tuple[Part, ...], NOT_EMPTY]


def said(data: Mapping[str, object]) -> list[str]:
    document = Document(file="f", data=data, lines={(): 1, ("parts",): 3, ("parts", 0): 4, ("name",): 2})
    faults = Faults(document)
    with pytest.raises(ConfigRefused) as refused:
        faults.must_read(Whole, data, ())
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({"name": 3, "parts": [{"number": 1}]}, "f:2: name: 3 is no text. Write it in quotation marks."),
        ({"name": "x"}, "f:3: parts: is missing. Add it."),
        ({"name": "x", "parts": []}, "f:3: parts: is empty. Add one at least."),
        ({"name": "x", "parts": [3]}, "f:4: parts[0]: 3 is no mapping. Write keys and values here."),
        (
            {"name": "x", "parts": [{"number": "y"}]},
            "f:4: parts[0].number: 'y' is no whole number. Write it in digits.",
        ),
        (
            {"name": "x", "parts": [{"number": 1, "numbers": 2}]},
            "f:4: parts[0].numbers: is no known key. Did you mean `number`?",
        ),
        (
            {"name": "x", "parts": [{"number": 1, "severity": "hihg"}]},
            "f:4: parts[0].severity: 'hihg' is not known here. Did you mean `high`?",
        ),
        (
            {"name": "x", "day": "soon", "parts": [{"number": 1}]},
            "f:1: day: 'soon' is no date. Write it as 2026-09-17.",
        ),
    ],
)
def test_one_fault_is_one_line_with_place_and_remedy(data: Mapping[str, object], line: str) -> None:
    assert said(data) == [line]


def test_faults_come_in_the_order_of_the_lines() -> None:
    assert [line[:3] for line in said({"names": "x", "parts": [{}]})] == ["f:1", "f:2", "f:4"]


def test_what_is_far_from_all_values_gets_the_list_of_them() -> None:
    assert one_of(("red", "green"), "xyz") == "Write one of: red, green."


def test_an_id_is_noted_where_it_stands_again() -> None:
    rows = [{"id": "a"}, {"id": "b"}, {"id": "a"}, {"id": 3}, {"id": 3}, "no row"]
    faults = Faults(Document(file="f", data={"rows": rows}, lines={}))

    faults.check_unique_ids("rows", do="Change it.")

    assert [(problem.field, problem.what) for problem in faults.problems] == [("rows[2].id", "the id `a` stands twice")]
