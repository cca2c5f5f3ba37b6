"""crawler.platforms.weibo.values: each value is what it should be, or nothing."""

import pytest

from crawler.platforms.weibo.values import flag_in, id_in, list_in, number_in, object_in, text_in

ODD: list[object] = [None, True, 1.5, [], {}, "x", "-", "1.5", "²", "٣"]


@pytest.mark.parametrize("value", [4201907155235376, "4201907155235376", " 4201907155235376 "])
def test_an_id_is_the_same_as_a_number_and_as_text(value: object) -> None:
    assert id_in(value) == "4201907155235376"


@pytest.mark.parametrize("value", [*ODD, 0, "0", -1, 10**40, "1" * 5000])
def test_what_is_no_id_is_none(value: object) -> None:
    assert id_in(value) == ""


@pytest.mark.parametrize(("value", "number"), [(5, 5), ("5", 5), ("-1", -1), (0, 0), ("0", 0)])
def test_numbers_come_as_both(value: object, number: int) -> None:
    assert number_in(value) == number


@pytest.mark.parametrize("value", [*ODD, 10**40, "9" * 5000])
def test_what_is_no_number_is_none(value: object) -> None:
    assert number_in(value) is None


def test_a_flag_is_set_as_truth_number_or_text() -> None:
    assert all(flag_in(value) for value in (True, 1, "1"))
    assert not any(flag_in(value) for value in (False, 0, "0", None, "true", 2, [1]))


def test_an_object_in_the_place_of_a_list_gives_its_values() -> None:
    assert list_in({"0": "a", "1": "b"}) == ["a", "b"]
    assert list_in([1]) == [1]
    assert list_in("ab") == ()


@pytest.mark.parametrize("value", [None, "x", 1, [{}]])
def test_what_is_no_object_is_an_empty_one(value: object) -> None:
    assert object_in(value) == {}


def test_text_is_text_or_a_number_written_out() -> None:
    assert [text_in(value) for value in (" a ", 5, True, None, 10**400, ["a"])] == ["a", "5", "", "", "", ""]
