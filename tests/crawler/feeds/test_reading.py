"""RSS, RDF and Atom: which of its many names a field is taken from."""

import gzip

import pytest

from crawler.feeds.entries import MAX_BYTES, MAX_ENTRIES, Entry, NotAFeed
from crawler.feeds.reading import read_feed

SPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dcterms="http://purl.org/dc/terms/"'
)


def rss(item: str, *, channel: str = "") -> Entry:
    body = f"<rss version='2.0' {SPACES}><channel><title>t</title>{channel}<item>{item}</item></channel></rss>"
    return read_feed(body.encode()).entries[0]


def atom(entry: str) -> Entry:
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{entry}</entry></feed>'
    return read_feed(body.encode()).entries[0]


@pytest.mark.parametrize(
    ("item", "link"),
    [
        ("<link>https://e.example/1</link><atom:link href='https://e.example/2'/>", "https://e.example/1"),
        ("<atom:link href='https://e.example/2'/><link>https://e.example/1</link>", "https://e.example/1"),
        (
            "<atom:link rel='self' href='https://e.example/s'/><atom:link href='https://e.example/2'/>",
            "https://e.example/2",
        ),
        ("<link><![CDATA[ https://e.example/?a=1&b=2 ]]></link>", "https://e.example/?a=1&b=2"),
        ("<link>https://e.example/?a=1&b=2</link>", "https://e.example/?a=1&b=2"),
        ("<guid>https://e.example/g</guid>", "https://e.example/g"),
        ("<guid isPermaLink='true'>https://e.example/g</guid>", "https://e.example/g"),
        ("<guid isPermaLink='false'>https://e.example/g</guid>", None),
        ("<guid>number-7</guid>", None),
        ("<link/><guid>https://e.example/g</guid>", "https://e.example/g"),
        ("<title>no link</title>", None),
    ],
)
def test_the_link_is_the_entrys_own_page(item: str, link: str | None) -> None:
    assert rss(item).link == link


@pytest.mark.parametrize(
    ("links", "link"),
    [
        ("<link href='https://e.example/1'/>", "https://e.example/1"),
        (
            "<link rel='alternate' type='application/json' href='https://e.example/j'/><link href='https://e.example/1'/>",
            "https://e.example/1"),
        ("<link rel='enclosure' href='https://e.example/v.mp4'/><id>https://e.example/id</id>", None),
        ("<id>https://e.example/id</id>", None),
    ],
)  # fmt: skip
def test_an_atom_id_is_never_taken_for_the_link(links: str, link: str | None) -> None:
    assert atom(links).link == link


def test_a_relative_link_stands_on_its_base() -> None:
    body = b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/news/"><entry><link href="1.html"/></entry></feed>'

    assert read_feed(body, url="https://e.example/feeds/all.xml").entries[0].link == "https://e.example/news/1.html"


def test_without_any_address_a_relative_link_stands_on_the_feeds_own_page() -> None:
    assert rss("<link>/1.html</link>", channel="<link>https://e.example/</link>").link == "https://e.example/1.html"


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<description>short</description><content:encoded>&lt;p&gt;long&lt;/p&gt;</content:encoded>", "long"),
        ("<content:encoded> </content:encoded><description>short</description>", "short"),
        ("<media:group><media:description>spoken of</media:description></media:group>", "spoken of"),
        ("<itunes:summary>heard</itunes:summary><media:description>seen</media:description>", "seen"),
        ("<itunes:summary>heard</itunes:summary>", "heard"),
        ("<description><![CDATA[5 &lt; 8<br>next]]></description>", "5 < 8\nnext"),
        ("<description><p>naked <b>mark-up</b></p></description>", "naked mark-up"),
        ("<description>10<x:30>then</x:30></description>", "10then"),
        ("<description>&lt;script&gt;alert(1)&lt;/script&gt;words</description>", "words"),
    ],
)
def test_the_text_is_the_full_content_else_the_summary(item: str, text: str) -> None:
    assert rss(item).text == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<content type='text'>&lt;b&gt; is a tag</content>", "<b> is a tag"),
        ("<content type='html'>&lt;b&gt;bold&lt;/b&gt;</content>", "bold"),
        (
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>one</p><p>two</p></div></content>",
            "one\ntwo",
        ),
        ("<content type='video/mp4'>aGVsbG8=</content><summary>told</summary>", "told"),
        ("<content src='https://e.example/c'/><summary>told</summary>", "told"),
        ("<content mode='base64' type='text/html'>PHA+cGFja2VkPC9wPg==</content>", "packed"),
    ],
)
def test_atom_content_is_read_by_its_type(content: str, text: str) -> None:
    assert atom(content).text == text


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("<title>Research &amp;amp; play</title>", "Research & play"),
        ("<title>&lt;b&gt;Bold&lt;/b&gt; title</title>", "Bold title"),
        ("<title>The &lt;T&gt; of generics</title>", "The <T> of generics"),
        ("<title>two\n  lines</title>", "two lines"),
        ("<dc:title>by its Dublin name</dc:title>", "by its Dublin name"),
        ("<title/><media:title>of the film</media:title>", "of the film"),
        ("<source><title>of another</title></source>", None),
        ("<title>&#195;&#169;t&#195;&#169;</title>", "été"),
    ],
)
def test_a_title_is_plain_text_in_one_line(title: str, wanted: str | None) -> None:
    assert rss(title).title == wanted


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        (
            "<pubDate>Thu, 17 Sep 2026 08:30:00 +0800</pubDate><dc:date>2001-01-01</dc:date>",
            "2026-09-17T08:30:00+08:00",
        ),
        ("<dc:date>2026-09-17</dc:date>", "2026-09-17"),
        ("<dcterms:modified>2026-09-18</dcterms:modified><dcterms:issued>2026-09-17</dcterms:issued>", "2026-09-17"),
        ("<pubDate>Tomorrow</pubDate><atom:updated>2026-09-17T08:30:00Z</atom:updated>", "2026-09-17T08:30:00+00:00"),
        ("<pubDate>16 zzz</pubDate>", "None"),
        ("<expirationDate>Thu, 17 Sep 2026 08:30:00 GMT</expirationDate>", "None"),
        ("<title>no date</title>", "None"),
    ],
)
def test_the_time_is_that_of_publication_else_of_the_last_change(dates: str, wanted: str) -> None:
    assert str(rss(dates).published) == wanted


@pytest.mark.parametrize(
    ("channel", "title", "wanted"),
    [
        ("<language>zh-cn</language>", "plain", "2026-09-17T08:30:00+08:00"),
        ("", "科普日活动预告", "2026-09-17T08:30:00+08:00"),
        ("<language>en</language>", "科普日活动预告", "2026-09-17T08:30:00+00:00"),
        ("", "plain", "2026-09-17T08:30:00+00:00"),
        ("", "こんにちは世界", "2026-09-17T08:30:00+00:00"),
    ],
)
def test_a_time_without_a_zone_is_beijings_in_a_chinese_feed(channel: str, title: str, wanted: str) -> None:
    entry = rss(f"<title>{title}</title><pubDate>2026-09-17 08:30:00</pubDate>", channel=channel)

    assert str(entry.published) == wanted


def test_a_feed_without_titles_is_known_by_its_text() -> None:
    item = "<pubDate>2026-09-17 08:30</pubDate><description>科普日活动预告</description>"
    body = f"<rss><channel><item>{item}</item></channel></rss>"

    assert str(read_feed(body.encode()).entries[0].published) == "2026-09-17T08:30:00+08:00"


def test_enclosures_of_all_three_kinds_count_once_each() -> None:
    entry = rss(
        "<enclosure url=' https://e.example/a.mp3 ' type='audio/mpeg'/><enclosure url=''/>"
        "<atom:link rel='enclosure' href='https://e.example/b.mp4'/>"
        "<media:group><media:content url='https://e.example/b.mp4' medium='video'/>"
        "<media:content url='/c.mp4'/></media:group>",
        channel="<link>https://e.example/</link>",
    )

    assert [each.url for each in entry.enclosures] == [
        f"https://e.example/{name}" for name in ("a.mp3", "b.mp4", "c.mp4")
    ]


def test_rdf_entries_beside_the_channel_have_their_about_as_id() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <channel rdf:about="https://e.example/"><title>site</title></channel>
    <item rdf:about="urn:7"><title>seven</title><link>https://e.example/7</link></item></rdf:RDF>"""

    feed = read_feed(body)

    assert feed.title == "site"
    assert feed.entries[0] == Entry(id="urn:7", title="seven", link="https://e.example/7", base=feed.entries[0].base)


def test_the_feeds_elements_may_have_any_prefix() -> None:
    body = b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>t</a:title><a:entry><a:title>e</a:title></a:entry></a:feed>'

    feed = read_feed(body)

    assert (feed.title, [entry.title for entry in feed.entries]) == ("t", ["e"])


def test_an_undeclared_prefix_is_understood_by_its_usual_meaning() -> None:
    body = b"<rss><channel><item><dc:date>2026-09-17</dc:date><title>t</title></item></channel></rss>"

    assert str(read_feed(body).entries[0].published) == "2026-09-17"


def test_an_entry_that_is_never_closed_does_not_swallow_the_next() -> None:
    body = b"<rss><channel><item><title>one</title><item><title>two</title></item></channel></rss>"

    assert [entry.title for entry in read_feed(body).entries] == ["one", "two"]


def test_repeated_entries_are_all_there_in_order() -> None:
    body = b"<rss><channel><item><guid>1</guid></item><item><guid>1</guid></item></channel></rss>"

    assert [entry.id for entry in read_feed(body).entries] == ["1", "1"]


def test_a_packed_feed_is_unpacked_to_the_limit_only() -> None:
    packed = gzip.compress(b"<rss><channel><title>t</title></channel></rss>")

    assert read_feed(packed).title == "t"
    with pytest.raises(NotAFeed, match="MB"):
        read_feed(gzip.compress(b" " * (MAX_BYTES + 1)))
    with pytest.raises(NotAFeed, match="gzip"):
        read_feed(b"\x1f\x8bnothing")


def test_more_entries_than_any_feed_has_are_refused() -> None:
    with pytest.raises(NotAFeed, match="条目"):
        read_feed(b"<rss><channel>" + b"<item/>" * (MAX_ENTRIES + 1) + b"</channel></rss>")


def test_authors_are_names_without_mail_addresses() -> None:
    assert rss("<author>desk@e.example (Example Desk)</author>").author == "Example Desk"
    assert rss("<author>desk@e.example</author>").author == ""
    assert rss("<dc:creator>甲</dc:creator><dc:creator>乙</dc:creator>").author == "甲, 乙"
    assert atom("<author><name>Example Desk</name><email>desk@e.example</email></author>").author == "Example Desk"
