"""Values of a platform's JSON: what is odd costs itself alone."""

from datetime import UTC, datetime

import pytest

from crawler.platforms import fields


def test_an_object_is_read_with_or_without_a_byte_order_mark() -> None:
    assert fields.parse(b'\xef\xbb\xbf{"errcode":0}') == fields.parse(b'{"errcode":0}') == {"errcode": 0}


def test_line_ends_inside_a_text_are_read() -> None:
    assert fields.parse(b'{"title":"a\nb"}') == {"title": "a\nb"}


@pytest.mark.parametrize(
    "body", [b"", b"<html>502</html>", b"[]", b'"text"', b"\xff\xfe", b'{"a":', b"[" * 100_000, b"{'a':1}"]
)
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(fields.NotAnAnswer):
        fields.parse(body)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("标题", "标题"), (100000001, "100000001"), (None, ""), (True, ""), ([], ""), ({}, ""), (1.5, ""), (10**40, "")],
)
def test_a_text_is_a_text_or_a_whole_number(value: object, expected: str) -> None:
    assert fields.text(value) == expected


def test_half_a_character_is_replaced() -> None:
    assert fields.text("\ud800月") == "\N{REPLACEMENT CHARACTER}月"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7200, 7200),
        ("7200", 7200),
        (" -1 ", -1),
        ("", None),
        ("7.5", None),
        (True, None),
        (None, None),
        ("9" * 30, None),
    ],
)
def test_a_number_may_be_written_as_text(value: object, expected: int | None) -> None:
    assert fields.number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, True), (1, True), ("1", True), ("true", True), (False, False), (0, False), ("false", False), (None, False)],
)
def test_a_mark_is_set_in_any_spelling(value: object, expected: bool) -> None:
    assert fields.truth(value) is expected


def test_epoch_seconds_are_a_time_in_utc() -> None:
    assert fields.moment("1634976306") == datetime(2021, 10, 23, 8, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize("value", [0, "", None, 1634976306000, -5, "yesterday"])
def test_what_is_no_time_is_none(value: object) -> None:
    assert fields.moment(value) is None


def test_an_object_inside_is_found_or_empty() -> None:
    answer = {"a": {"b": {"c": 1}}, "n": 3}

    assert (fields.within(answer, "a", "b"), fields.within(answer, "a", "x", "y"), fields.within(answer, "n", "b")) == (
        {"c": 1},
        {},
        {},
    )


def test_one_object_is_a_list_of_one_and_what_is_none_is_passed_over() -> None:
    assert (list(fields.objects({"a": 1})), list(fields.objects([1, {"a": 1}, None])), list(fields.objects("x"))) == (
        [{"a": 1}],
        [{"a": 1}],
        [],
    )


def test_numbers_of_a_list() -> None:
    assert (fields.numbers([1, "2", "x", None]), fields.numbers("12")) == ((1, 2), ())
