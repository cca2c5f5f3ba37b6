"""crawler.demo.pages: the demo's pages are read back as what the campaign wrote."""

import pytest

from crawler.demo.campaign import Article, Outlet, outlets
from crawler.demo.pages import list_of, moment_of, page_of
from crawler.extract.body.blocks import squeeze
from crawler.extract.page import read_page
from crawler.extract.state import PageState

ORIGIN = "http://127.0.0.1:8790"
FIRST = [(outlet, outlet.articles[0]) for outlet in outlets().values()]


@pytest.mark.parametrize(("outlet", "article"), FIRST, ids=[outlet.channel for outlet, _ in FIRST])
def test_a_page_is_read_back_with_headline_and_time(outlet: Outlet, article: Article) -> None:
    read = read_page(page_of(outlet, article, ORIGIN).encode(), url=f"{ORIGIN}{outlet.path_of(article)}")

    assert read.state is PageState.OK
    assert squeeze(read.title) == squeeze(article.title)
    assert read.published is not None
    assert read.published.at.date() == moment_of(article).date()


def test_a_list_leads_to_every_article_of_its_outlet() -> None:
    outlet = next(outlet for outlet, _ in FIRST)

    assert all(outlet.path_of(article) in list_of(outlet) for article in outlet.articles)
