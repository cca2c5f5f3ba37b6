"""crawler.extract.wechat.script: strings and lists as WeChat's scripts write them."""

import pytest

from crawler.extract.wechat.script import (
    TRIES,
    picture_addresses,
    script_number,
    script_value,
    section,
    unescape_script,
)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"a\x26b", "a&b"),
        (r"\u6c34", "水"),
        (r"a\nb\'", "a\nb'"),
        (r"\ud83d\ude00", "😀"),
        (r"\ud83d", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_escapes_of_scripts_are_read(written: str, text: str) -> None:
    assert unescape_script(written) == text


@pytest.mark.parametrize(
    "script",
    [
        "var title = '水'",
        'title: "水"',
        "'title' : '水'",
        "title = htmlDecode('水')",
        "title: JsDecode('\\u6c34')",
        "title='';title='水'",
    ],
)
def test_a_value_stands_under_its_name_however_it_is_set(script: str) -> None:
    assert script_value(script, "title") == "水"


@pytest.mark.parametrize("script", ["mytitle = '水'", "title = 水", "title: '水", "", "title = ''"])
def test_another_name_an_open_string_and_nothing_are_no_value(script: str) -> None:
    assert script_value(script, "title") == ""


def test_names_are_tried_in_their_order_and_places_only_so_often() -> None:
    assert script_value("b='2'; a='1'", "a", "b") == "1"
    assert script_value("a=''" * TRIES + "a='1'", "a") == ""


@pytest.mark.parametrize(
    ("script", "number"),
    [("ct = 1789605000", 1789605000), ("ct:'12'", 12), ("ct = 0; ct = 5", 5), ("oct = 5", None), ("ct = x", None)],
)
def test_a_number_is_read_quoted_or_not(script: str, number: int | None) -> None:
    assert script_number(script, "ct") == number


def test_a_section_is_what_its_brackets_enclose() -> None:
    assert section("x = {a: {b: '}'}, c: [1]}; y", "x") == "a: {b: '}'}, c: [1]"
    assert section("x = {a: 'never closed", "x") == ""
    assert section("", "x") == ""


def test_pictures_of_a_post_come_in_order_without_covers_nested_deeper() -> None:
    script = """picture_page_info_list = [
        {cdn_url: 'https://a.example/1?a\\x26amp;b', cover: {cdn_url: 'https://a.example/c'}},
        {cover: {cdn_url: 'https://a.example/c'}, width: 1},
        {cdn_url: "https://a.example/2"}]"""

    assert picture_addresses(script) == ("https://a.example/1?a&b", "https://a.example/2")
