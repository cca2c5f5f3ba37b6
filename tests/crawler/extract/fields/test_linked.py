"""crawler.extract.fields.linked: the article's entity among all that a page's JSON-LD names."""

import json

import pytest

from crawler.extract.document import parse
from crawler.extract.fields.linked import MAX_DEPTH, Linked, read_linked

HEAD, URL = "窗台上的水到哪里去了", "https://www.example.cn/kp/1.html"
ARTICLE = {"@type": "NewsArticle", "headline": HEAD, "datePublished": "2026-09-10", "author": {"name": "张三"}}
OTHER = {
    "@type": "NewsArticle",
    "headline": "盐从哪里来的一点小知识",
    "datePublished": "2024-03-01",
    "url": "https://www.example.cn/kp/2.html",
    "author": {"name": "李四"},
}


def linked(*entities: object, url: str | None = URL) -> Linked:
    scripts = "".join(f"<script type='application/ld+json'>{json.dumps(entity)}</script>" for entity in entities)
    tree = parse(f"<html><head>{scripts}</head><body><p>水</p></body></html>")
    assert tree is not None
    return read_linked(tree, titles=[f"{HEAD}-示例馆"], url=url)


@pytest.mark.parametrize(
    "entities", [(OTHER, ARTICLE), (ARTICLE, OTHER), ([OTHER, ARTICLE],), ({"@graph": [OTHER, ARTICLE]},)]
)
def test_the_article_is_known_by_its_headline(entities: tuple[object, ...]) -> None:
    found = linked(*entities, url=None)

    assert (found.titles, found.times, found.authors) == ([HEAD], ["2026-09-10"], ["张三"])


def test_the_address_says_more_than_the_headline() -> None:
    own = {
        "@type": "BlogPosting",
        "headline": "一个别的说法",
        "datePublished": "2026-09-11",
        "mainEntityOfPage": {"@id": URL},
    }

    assert linked(own, ARTICLE).times == ["2026-09-11"]


def test_another_article_and_what_is_none_say_nothing_of_this_one() -> None:
    assert linked(OTHER) == Linked(titles=[], times=[], authors=[], sites=[])
    assert (
        linked({"@type": "Event", "name": HEAD, "startDate": "2026-10-01", "datePublished": "2026-08-01"}).times == []
    )


def test_a_recording_counts_where_the_page_is_about_nothing_else() -> None:
    film = {"@type": "VideoObject", "name": HEAD, "uploadDate": "2026-09-12"}

    assert linked(film).times == ["2026-09-12"]
    assert linked(film, ARTICLE).times == ["2026-09-10"]
    assert linked(film | {"name": "往期：一杯水的旅行"}).times == []


def test_articles_that_cannot_be_told_apart_and_differ_name_no_day() -> None:
    unnamed = [{"@type": "Article", "datePublished": "2026-09-10"}, {"@type": "Article", "datePublished": "2024-03-01"}]

    assert list(linked(*unnamed).times) == []


def test_what_is_nested_too_deep_is_not_looked_at() -> None:
    deep: dict[str, object] = dict(ARTICLE)
    for _ in range(MAX_DEPTH + 1):
        deep = {"@graph": deep}

    assert list(linked(deep).times) == []
