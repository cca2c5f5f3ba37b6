"""Ill-formed and hostile XML: what is mended, and what can never be fetched or grow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds.entries import NotAFeed
from crawler.feeds.markup import parse_xml


def title_of(text: str) -> str | None:
    found = parse_xml(text, url=None).findtext(".//title")
    return found if found is None else str(found)


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ("Q&A", "Q&A"),
        ("a &amp; b", "a & b"),
        ("&nbsp;", "\xa0"),
        ("&mdash;", "—"),
        ("&nosuchname;", "&nosuchname;"),
        ("&#x41;&#66;", "AB"),
        ("don&#146;t", "don’t"),
        ("5 < 8", "5 < 8"),
        ("<![CDATA[a&b<c>]]>", "a&b<c>"),
        ("<![CDATA[<!-- kept -->]]>", "<!-- kept -->"),
        ("a<!-- dropped -->b", "ab"),
        ("a\x00\x0bb", "ab"),
        ("a&#0;b", "a�b"),
    ],
)
def test_the_text_of_a_careless_feed_is_read_as_it_was_meant(inside: str, wanted: str) -> None:
    assert title_of(f"<rss><channel><title>{inside}</title></channel></rss>") == wanted


@pytest.mark.parametrize(
    "before",
    ["\n\n", "<!-- <rss> -->", "Warning: something in index.php on line 3\n", '<?php echo 1 ?><?xml version="1.0"?>'],
)
def test_what_stands_before_the_root_element_is_passed_over(before: str) -> None:
    assert title_of(f"{before}<rss><channel><title>t</title></channel></rss>") == "t"


def test_an_external_entity_is_neither_fetched_nor_shown() -> None:
    text = (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><title>a&x;b</title></channel></rss>'
    )

    assert title_of(text) == "ab"


def test_entities_of_entities_do_not_grow() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    text = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]><rss><channel><title>&l19;</title></channel></rss>'

    assert title_of(text) in ("", None)


def test_a_short_plain_entity_of_the_document_is_put_in() -> None:
    entities = '<!ENTITY site "示例网"><!ENTITY dash "&#8212;">'
    text = f"<!DOCTYPE rss [{entities}]><rss><channel><title>&site;&dash;</title></channel></rss>"

    assert title_of(text) == "示例网—"


@pytest.mark.parametrize(
    "text",
    ["", "no mark-up", "<html><body><rss></rss></body></html>", "<note><to>x</to></note>", "<", "<!DOCTYPE rss ["],
)
def test_what_is_no_feed_is_refused(text: str) -> None:
    with pytest.raises(NotAFeed):
        parse_xml(text, url=None)


def test_too_many_tags_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(NotAFeed, match="标签"):
        parse_xml("<rss>" + "<i/>" * 1_600_000, url=None)


@pytest.mark.parametrize("piece", ["<!--", "<![CDATA[", "<?", "<!DOCTYPE [", "&", "<", "<a ", "]]>"])
def test_a_hundred_thousand_openers_take_no_more_than_seconds(piece: str) -> None:
    started = time.monotonic()

    parse_xml(f"<rss>{piece * 100_000}</rss>", url=None)

    assert time.monotonic() - started < 10


def test_a_tag_cut_off_at_the_end_is_dropped() -> None:
    assert title_of("<rss><channel><title>whole</title><item><title><![CD") == "whole"


@given(text=st.text(alphabet="<>&;![]-?CDATrsxml/= \"'#a0\x00", max_size=200))
def test_any_text_below_a_root_is_parsed_or_refused(text: str) -> None:
    assert parse_xml(f"<rss>{text}", url=None).tag == "rss"
