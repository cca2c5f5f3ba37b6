"""crawler.feeds.names: one name for what feeds write in many ways."""

import pytest

from crawler.feeds.markup import parse_xml
from crawler.feeds.names import Names, local_name


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ("<rss><Title/></rss>", "title"),
        ("<rss xmlns='http://unknown.example/'><title/></rss>", "title"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><title/></feed>", "title"),
        ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title/></a:feed>", "title"),
        ("<rss xmlns:a='http://www.w3.org/2005/Atom'><a:title/></rss>", "title"),
        ("<rss xmlns:d='http://purl.org/dc/elements/1.1/'><d:title/></rss>", "dc:title"),
        ("<rss xmlns:d='HTTP://purl.org/dc/elements/1.1'><d:title/></rss>", "dc:title"),
        ("<rss xmlns:dc='http://wrong.example/'><dc:title/></rss>", "dc:title"),
        ("<rss><dc:title/></rss>", "dc:title"),
        ("<rss><atom:title/></rss>", "title"),
        ("<rss><x:title/></rss>", "?"),
        ("<rss xmlns:x='http://unknown.example/'><x:title/></rss>", "?"),
        ("<rss xmlns:m='http://search.yahoo.com/mrss'><m:title/></rss>", "media:title"),
    ],
)
def test_an_element_has_one_name_whatever_its_prefix(document: str, name: str) -> None:
    root = parse_xml(document, url=None)

    assert Names(root).of(root[0]) == name
    assert local_name(root[0]) == "title"


def test_the_root_of_rdf_is_of_no_feeds_vocabulary() -> None:
    root = parse_xml(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:li/><item/></rdf:RDF>", url=None
    )

    assert [Names(root).of(node) for node in root] == ["rdf:li", "item"]
