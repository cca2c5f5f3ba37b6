"""crawler.platforms.weibo.values: ids, lines and lists, or nothing."""

import pytest

from crawler.platforms.weibo.values import id_in, line_in, list_in

ODD: list[object] = [None, True, 1.5, [], {}, "x", "-", "1.5", "²", "٣"]


@pytest.mark.parametrize("value", [4201907155235376, "4201907155235376", " 4201907155235376 "])
def test_an_id_is_the_same_as_a_number_and_as_text(value: object) -> None:
    assert id_in(value) == "4201907155235376"


@pytest.mark.parametrize("value", [*ODD, 0, "0", -1, 10**40, "1" * 5000])
def test_what_is_no_id_is_none(value: object) -> None:
    assert id_in(value) == ""


def test_an_object_in_the_place_of_a_list_gives_its_values() -> None:
    assert list_in({"0": "a", "1": "b"}) == ["a", "b"]
    assert list_in([1]) == [1]
    assert list_in("ab") == ()


def test_a_line_is_text_or_a_number_written_out() -> None:
    assert [line_in(value) for value in (" a ", 5, True, None, 10**400, ["a"])] == ["a", "5", "", "", "", ""]
