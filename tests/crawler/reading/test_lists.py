"""crawler.reading.lists: what the sources of lists have in common."""

from collections.abc import Iterator

import pytest

from config.units.options import FeedOptions
from config.words import ChannelKind
from crawler.exchange import Answer, Ask, Found, Note
from crawler.reading.articles import article_ask
from crawler.reading.lists import ListSource, further
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel

CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.SITE,
    name="网站",
    address="https://a.example/kx/",
    hosts=("a.example",),
)
ARTICLE = (
    "<html><body><h1>观察一片叶子</h1><p>把一片新摘的叶子放进温水里，叶面上就冒出许多细小的气泡。</p></body></html>"
)


class OneList(ListSource[FeedOptions]):
    """A list that holds nothing."""

    kind = "one"
    options = FeedOptions

    def read_list(self, channel: Channel, options: FeedOptions, answer: Answer) -> Iterator[Found]:
        """A note alone."""
        yield Note(why="空的列表")


def read(**about: str) -> list[Found]:
    answer = Answer(url="https://a.example/kx/", body=ARTICLE.encode(), about=about)
    return list(OneList().read(CHANNEL, FeedOptions(), answer))


def test_a_list_is_asked_for_at_the_address_and_its_articles_are_read_by_themselves() -> None:
    assert list(OneList().start(CHANNEL, FeedOptions())) == [Ask(url="https://a.example/kx/")]
    assert read() == [Note(why="空的列表")]
    (article,) = read(**article_ask("https://a.example/kx/1.html").about)
    assert isinstance(article, Candidate)
    assert article.url == "https://a.example/kx/1.html"


@pytest.mark.parametrize(
    ("number", "target", "asked"),
    [
        ("1", "https://a.example/kx/2", ["2"]),
        ("2", "https://a.example/kx/3", ["3"]),
        ("3", "https://a.example/kx/4", []),
        ("1", "https://b.example/2", []),
        ("1", "https://a.example/kx/", []),
        ("1", None, []),
    ],
)
def test_a_further_page_lies_in_the_channel_and_within_the_limit(
    number: str, target: str | None, asked: list[str]
) -> None:
    here = Answer(url="https://a.example/kx/", body=b"", about={"number": number})

    found = list(further(CHANNEL, here, pages=3, target=lambda: target))

    assert [one.about["number"] for one in found] == asked
