"""crawler.sources.json_list: of a list its articles and its next page, of an article its candidate."""

import json
from collections.abc import Mapping

import pytest

from config.words import ChannelKind
from crawler.exchange import Answer, Ask, Note, Unreadable
from crawler.sources import options_of
from crawler.sources.json_list import SOURCE
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.items import Candidate
from indexer.whitelist.records import Channel

URL = "https://a.example/api/list"
CHANNEL = Channel(
    id=ChannelId("c"),
    unit=UnitId("u"),
    kind=ChannelKind.SITE,
    name="网站",
    source="json_list",
    address=URL,
    hosts=("a.example",),
    options={"items": "rows", "url": "link", "next": "next"},
)
ROWS = [{"link": f"/kx/{each}.html", "title": f"观察第{each}滴水"} for each in (1, 2)]
PAGE = "<html><body><h1>观察一片叶子</h1><p>把一片新摘的叶子放进温水里，叶面上就冒出许多细小的气泡。</p></body></html>"


def read(body: str, about: Mapping[str, str] = {}) -> list[object]:
    answer = Answer(url=URL, body=body.encode(), about=about)
    return list(SOURCE.read(CHANNEL, options_of(SOURCE, CHANNEL), answer))


def test_a_list_leads_to_its_articles_and_to_its_next_page() -> None:
    found = read(json.dumps({"rows": [*ROWS, {"link": "https://b.example/1"}, {"link": "/a.pdf"}], "next": "/api/2"}))

    asks = [each for each in found if isinstance(each, Ask)]
    assert [ask.url for ask in asks] == [f"https://a.example{path}" for path in ("/kx/1.html", "/kx/2.html", "/api/2")]
    (note,) = [each for each in found if isinstance(each, Note)]
    assert note.why == "JSON 里 rows 的列表有 4 项，取 2 项，1 项是文件，1 项不在渠道登记的范围内"


def test_an_article_is_read_from_its_own_page() -> None:
    (candidate,) = read(PAGE, {"page": "article", "url": "https://a.example/kx/1.html"})

    assert isinstance(candidate, Candidate)
    assert (candidate.title, candidate.url) == ("观察一片叶子", "https://a.example/kx/1.html")


def test_a_list_without_an_article_of_the_channel_says_why() -> None:
    with pytest.raises(Unreadable, match="都不在渠道登记的范围内"):
        read(json.dumps({"rows": [{"link": "https://b.example/1.html"}]}))
