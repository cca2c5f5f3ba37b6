"""crawler.demo.feeds: the demo's feeds, in each form that the collector reads."""

import pytest

from crawler.demo.campaign import Form, Outlet, outlets
from crawler.demo.feeds import feed_of
from crawler.feeds.reading import read_feed

ORIGIN = "http://127.0.0.1:8790"
FEEDS = [outlet for outlet in outlets().values() if outlet.form in (Form.RSS, Form.ATOM, Form.JSON)]


@pytest.mark.parametrize("outlet", FEEDS, ids=lambda outlet: outlet.channel)
def test_a_feed_names_every_article_with_address_and_time(outlet: Outlet) -> None:
    _, content_type, body = feed_of(outlet, ORIGIN)

    read = read_feed(body.encode(), content_type=content_type)

    assert [entry.title for entry in read.entries] == [article.title for article in outlet.articles]
    assert all(entry.link and entry.link.startswith(f"{ORIGIN}/") for entry in read.entries)
    assert all(entry.published for entry in read.entries)


def test_all_three_forms_are_shown() -> None:
    assert {outlet.form for outlet in FEEDS} == {Form.RSS, Form.ATOM, Form.JSON}
