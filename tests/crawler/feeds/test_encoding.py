"""Bytes of a feed → text: whose word on the encoding counts, and when none does."""

import codecs

import pytest

from crawler.feeds.encoding import decode_feed

TEXT = '<?xml version="1.0"?><rss><channel><title>示例科技馆周末开放夜间观星活动，欢迎市民参加</title></channel></rss>'
LABELLED = TEXT.replace('"1.0"', '"1.0" encoding="{}"')


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", "utf-8", "iso-8859-1", "windows-1252", "big5", "bogus"])
@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
def test_a_wrong_declaration_does_not_spoil_the_text(label: str, real: str) -> None:
    text = LABELLED.format(label)

    assert decode_feed(text.encode(real)) == text


def test_four_byte_characters_are_read_under_a_gb2312_label() -> None:
    text = LABELLED.format("gb2312").replace("示例", "示例𠮷镕")

    assert decode_feed(text.encode("gb18030")) == text


def test_traditional_text_without_a_label_is_recognised() -> None:
    text = TEXT.replace(
        "示例科技馆周末开放夜间观星活动，欢迎市民参加", "示例科學館的週末夜間觀星活動，我們歡迎大家來參加"
    )

    assert decode_feed(text.encode("big5")) == text


def test_the_header_counts_before_the_declaration() -> None:
    text = LABELLED.format("utf-8").replace("示例科技馆周末开放夜间观星活动，欢迎市民参加", "한국")

    assert decode_feed(text.encode("euc-kr"), "text/xml; charset=EUC-KR") == text


def test_a_mark_counts_before_header_and_declaration() -> None:
    text = LABELLED.format("gb2312")

    assert decode_feed(codecs.BOM_UTF8 + text.encode(), "text/xml; charset=gbk") == text
    assert decode_feed(codecs.BOM_UTF16_LE + text.encode("utf-16-le"), "text/xml; charset=gbk") == text


@pytest.mark.parametrize("wide", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_recognised_without_a_mark(wide: str) -> None:
    assert decode_feed(TEXT.encode(wide)) == TEXT


def test_one_broken_character_leaves_the_rest_as_utf_8() -> None:
    body = LABELLED.format("utf-8").encode().replace("馆".encode(), "馆".encode()[:2])

    assert decode_feed(body).startswith('<?xml version="1.0" encoding="utf-8"?><rss><channel><title>示例科技')


def test_few_foreign_bytes_without_a_label_are_windows_1252() -> None:
    assert decode_feed("<rss><title>España</title></rss>".encode("cp1252")) == "<rss><title>España</title></rss>"


def test_an_unknown_or_dangerous_label_is_no_claim() -> None:
    body = b'<?xml version="1.0" encoding="unicode_escape"?><title>\\u003cb\\u003e</title>'

    assert decode_feed(body, "text/xml; charset=zip") == body.decode()


HALVES = ("一截的水", "一块糖", "一杯茶", "示例馆", "窗台上")


@pytest.mark.parametrize("words", HALVES)
@pytest.mark.parametrize("name", ["gb18030", "big5"])
def test_half_a_character_does_not_swallow_the_end_of_a_section(words: str, name: str) -> None:
    words = words if name == "gb18030" else "水到哪裡去了"
    item = b"<item><title>" + words.encode(name) + b"</title><description><![CDATA[%s]]></description></item>"
    cut = item % words.encode(name)[:-1]
    whole = item % words.encode(name)

    text = decode_feed(f"<?xml version='1.0' encoding='{name}'?><rss>".encode() + cut + whole * 2 + b"</rss>")

    assert text.count("]]>") == 3
    assert text.count(f"[CDATA[{words}]]>") == 2


def test_brackets_of_a_text_stay_as_they_are() -> None:
    text = f"<rss><item><![CDATA[{HALVES[0]}]>{HALVES[1]}]]></item></rss>"

    assert decode_feed(text.encode()) == text
