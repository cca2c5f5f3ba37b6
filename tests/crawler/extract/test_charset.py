"""crawler.extract.charset: a label is a claim, the bytes decide."""

import pytest

from crawler.extract.charset import decode, find_encoding

SIMPLE = "今天的科普讲座说的是月球，大家都来听一听，问一问，看一看星星和太阳的样子。"
TRADITIONAL = "今天的科普講座說的是月球，大家都來聽一聽，問一問，看一看星星和太陽的樣子。"


def page(text: str, label: str = "") -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}<title>月</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "bytes_are", "meta", "header"),
    [
        (SIMPLE, "utf-8", "utf-8", None),
        (SIMPLE, "utf-8", "gbk", None),
        (SIMPLE, "utf-8", "gb2312", "text/html; charset=gbk"),
        (SIMPLE, "gb18030", "gb2312", None),
        (SIMPLE, "gb18030", "utf-8", None),
        (SIMPLE, "gb18030", "", "text/html; charset=utf-8"),
        (SIMPLE, "gb18030", "utf-8", "text/html; charset=gb2312"),
        (SIMPLE, "gb18030", "", None),
        (SIMPLE + "㐀", "gb18030", "gb2312", None),
        (TRADITIONAL, "big5", "big5", None),
        (TRADITIONAL, "big5", "", None),
        (SIMPLE, "utf-16", "", None),
        (SIMPLE, "utf-8-sig", "gbk", None),
    ],
)
def test_the_text_is_read_whatever_the_labels_say(text: str, bytes_are: str, meta: str, header: str | None) -> None:
    assert text in decode(page(text, meta).encode(bytes_are), header)


@pytest.mark.parametrize("label", ["no-such-charset", "base64", "utf-7-x", "idna", "punycode", "unicode_escape"])
def test_a_label_that_is_none_is_passed_over(label: str) -> None:
    assert SIMPLE in decode(page(SIMPLE, label).encode("gb18030"), f"text/html; charset={label}")


def test_a_page_cut_inside_a_character_is_still_utf_8() -> None:
    assert find_encoding(page(SIMPLE * 20).encode()[:-30]) == "utf-8"


@pytest.mark.parametrize("body", [b"", b"\x00" * 500, bytes(range(256)) * 20, b"\xff\xfe", b"\xef\xbb\xbf"])
def test_any_bytes_give_a_text(body: bytes) -> None:
    assert isinstance(decode(body, None), str)
