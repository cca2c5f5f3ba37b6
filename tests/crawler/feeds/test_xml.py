"""What feedparser is asked for, and what it may not decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds.entries import Entry, Feed, NotAFeed
from crawler.feeds.markup import parse_xml
from crawler.feeds.xml import read_xml_feed

ITEM = "<item><title>夜间观星</title><link>https://unit.example/1</link>{}</item>"


def read(inside: str, *, url: str | None = None) -> Feed:
    spaces = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"'
    return read_xml_feed(parse_xml(f"<rss {spaces}><channel>{inside}</channel></rss>", url=url), url=url)


def entry(inside: str, *, url: str | None = None) -> Entry:
    return read(ITEM.format(inside), url=url).entries[0]


@pytest.mark.parametrize(
    "second",
    [
        "<description>又一段</description>",
        "<itunes:summary>又一段</itunes:summary>",
        "<summary>又一段</summary>",
        "<media:group><media:description>又一段</media:description></media:group>",
    ],
)
@pytest.mark.parametrize("is_first", [False, True])
def test_a_second_summary_is_not_the_full_text(second: str, is_first: bool) -> None:
    one = "<description>一段摘要</description>"

    found = entry(second + one if is_first else one + second)

    assert found.markup is None
    assert found.text in ("一段摘要", "又一段")


def test_html_comes_as_the_feed_has_it_for_the_cleaner_to_judge() -> None:
    written = '<p class="a">字<script>alert(1)</script><img src="/1.png"></p>'

    found = entry(f"<fullitem><![CDATA[{written}]]></fullitem>", url="https://unit.example/feed.xml")

    assert found.markup == written


def test_inline_markup_is_html_whatever_its_prefixes() -> None:
    assert entry('<description><x:p xmlns:x="u">一<b>二</b></x:p></description>').text == "一二"


def test_relative_addresses_of_a_text_stand_on_the_base_of_that_text() -> None:
    found = entry('<fullitem xml:base="/2026/">&lt;img src="1.png"&gt;</fullitem>', url="https://unit.example/feed.xml")

    assert found.base == "https://unit.example/2026/"


@pytest.mark.parametrize("within", ["image", "textInput", "source"])
def test_titles_of_pictures_and_sources_are_not_the_feeds(within: str) -> None:
    feed = read(f"<{within}><title>别处</title></{within}><title>本馆</title>{ITEM.format('')}")

    assert (feed.title, feed.entries[0].title) == ("本馆", "夜间观星")


@pytest.mark.parametrize("bad", ["<pubDate>{}</pubDate>", "<author>{}</author>", "<guid>{}</guid>", "<link>{}</link>"])
def test_a_value_of_any_length_takes_nothing_from_the_entries_behind_it(bad: str) -> None:
    feed = read(ITEM.format(bad.format("a@" * 100_000)) + ITEM.format(""))

    assert [each.title for each in feed.entries] == ["夜间观星", "夜间观星"]


def test_a_feed_that_names_files_and_addresses_is_given_as_text_alone() -> None:
    feed = read(f"<title>file:///etc/hostname</title>{ITEM.format('<description>http://a.example/</description>')}")

    assert (feed.title, feed.entries[0].text) == ("file:///etc/hostname", "http://a.example/")


def test_a_single_entry_may_be_the_whole_document() -> None:
    root = parse_xml('<entry xmlns="http://www.w3.org/2005/Atom"><title>夜间观星</title></entry>', url=None)

    assert [each.title for each in read_xml_feed(root, url=None).entries] == ["夜间观星"]


PIECES = st.sampled_from(
    [
        *("<item>", "</item>", "<title>", "</title>", "</channel>", "<content:encoded>", "<pubDate>", "<author><name>"),
        *(
            "<link/>",
            "<link href='//['/>",
            "<item xml:base='http://['>",
            "<guid isPermaLink='true'>",
            "xml:base='http://['",
        ),
        *("<a:b xmlns:a=''>", "<x:30>", "<media:content url=a x:y=''>", "<category>", "<source>", "<image>", "<!--"),
        *("&#1;", "&#xFFFE;", "]]>", "月", "2026-09-17"),
    ]
)


@given(pieces=st.lists(PIECES, max_size=25))
def test_whatever_stands_in_a_feed_is_well_formed_for_feedparser(pieces: list[str]) -> None:
    text = f"<rss><channel>{''.join(pieces)}"

    feed = read_xml_feed(parse_xml(text, url="https://unit.example/"), url="https://unit.example/")

    assert all(isinstance(each, Entry) for each in feed.entries)


@given(date=st.text(alphabet="0123456789-:/ ,.TZ+年月日时ajnfrigmt,", max_size=40))
def test_no_date_stops_a_feed(date: str) -> None:
    assert len(read(ITEM.format(f"<pubDate>{date}</pubDate>")).entries) == 1


def test_more_entries_than_a_feed_may_have_are_refused() -> None:
    with pytest.raises(NotAFeed, match="条目"):
        read("<item/>" * 50_001)


def test_a_summary_keeps_its_html_where_there_is_no_full_text() -> None:
    written = '<p>一段<img src="/1.png"></p>'

    assert entry(f"<description><![CDATA[{written}]]></description>").summary == written
    assert entry(f"<description>短</description><fullitem><![CDATA[{written}]]></fullitem>").summary is None


@pytest.mark.parametrize(
    ("head", "updated"),
    [
        ("<lastBuildDate>Sun, 20 Sep 2026 01:30:00 GMT</lastBuildDate>", "2026-09-20T01:30:00+00:00"),
        ("<pubDate>Sun, 20 Sep 2026 01:30:00 GMT</pubDate>", "2026-09-20T01:30:00+00:00"),
        ("<lastBuildDate>NaN</lastBuildDate>", "None"),
        ("", "None"),
    ],
)
def test_a_feed_says_when_it_was_made(head: str, updated: str) -> None:
    assert str(read(head + ITEM.format("")).updated) == updated
