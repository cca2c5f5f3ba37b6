"""crawler.feeds.pruning: what of a feed feedparser is given."""

from lxml import etree

from crawler.feeds.markup import parse_xml
from crawler.feeds.pruning import ADDRESS_CHARS, VALUE_CHARS, prune

SPACES = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def pruned(inside: str) -> etree._Element:
    return prune(parse_xml(f"<rss {SPACES}><channel>{inside}</channel></rss>", url=None))


def fields(item: str) -> list[tuple[str, str | None]]:
    entry = pruned(f"<item>{item}</item>").find(".//item")
    assert entry is not None
    return [(str(node.tag), node.text) for node in entry.iterdescendants() if node.text]


def test_of_an_entry_only_what_is_read_is_left() -> None:
    item = (
        "<title>夜间观星</title><category>天文</category><source><title>别处</title></source><x:y xmlns:x='u'>月</x:y>"
    )

    assert fields(item) == [("title", "夜间观星")]


def test_of_several_texts_for_one_field_the_best_is_left() -> None:
    item = "<media:group><media:description>三</media:description></media:group><dc:description>二</dc:description>"

    assert fields(item) == [("description", "二")]
    assert fields(f"{item}<description>一</description>") == [("description", "一")]


def test_a_text_is_one_piece_with_its_type() -> None:
    (text,) = pruned("<item><description>一<b>二<i>三</i></b></description></item>").iter("description")

    assert (len(text), text.get("type"), text.text) == (0, "html", "一<b>二<i>三</i></b>")


def test_values_are_cut_to_length() -> None:
    found = dict(fields(f"<link>{'a' * 9000}</link><pubDate>{'1' * 9000}</pubDate><author>{'王' * 9000}</author>"))

    assert {name: len(text or "") for name, text in found.items()} == {
        "link": ADDRESS_CHARS,
        "pubdate": VALUE_CHARS,
        "name": VALUE_CHARS,
    }


def test_a_guid_is_a_link_only_where_it_may_be_one() -> None:
    items = "<item><guid>7</guid></item><item><guid>http://a.example/7</guid></item><item><id>http://a.example/7</id></item>"

    found = [node.get("isPermaLink") for node in pruned(items).iter("guid", "id")]

    assert found == ["false", "true", "false"]


def test_no_namespace_of_the_feed_is_left() -> None:
    declared = "".join(f" xmlns:n{number}='u{number}'" for number in range(1000))

    document = etree.tostring(
        pruned(f"<item{declared}><n1:title>一</n1:title><dc:title>二</dc:title></item>"), encoding="unicode"
    )

    assert "xmlns" not in document
    assert document.count("</title>") == 1
    assert "二" in document
