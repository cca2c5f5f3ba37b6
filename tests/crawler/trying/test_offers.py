"""What a site offers beside its page: asked for where it may be, and only named if it can be read."""

import pytest

from config.settings import Settings
from crawler.exchange import Answer as Came
from crawler.exchange import Ask
from crawler.reading.worker import read_answer
from crawler.trying.offers import with_offers
from crawler.trying.reader import Reader
from crawler.trying.trial import channel_of
from crawler.trying.visits import OVER, TRIAL_SECONDS, Visits
from indexer.whitelist.trials import Offer, Proposal, Trial
from tests.simulators.website import Answer, Website

FEED = (
    '<rss version="2.0"><channel><title>示例</title><item><title>霾</title><link>{at}/1.html</link></item>'
    "<item><title>雾</title><link>{at}/2.html</link></item></channel></rss>"
)


def offered(settings: Settings, website: Website, page: str = "") -> list[Offer]:
    """What is offered beside a page, after its address was asked for."""
    return list(tried(settings, website, page).offers)


def tried(settings: Settings, website: Website, page: str = "", *, seconds_gone: float = 0) -> Trial:
    address = f"{website.origin}/news/"
    website.page("/news/", page)
    visits = Visits(settings=settings)
    answer = visits.answer(Ask(url=address))
    channel = channel_of(Proposal(address=address), Came(url=address, body=b"<html>"))
    visits.begun -= seconds_gone
    reader = Reader(channel=channel, run=read_answer, visits=visits)
    return with_offers(Trial(source="site", hosts=channel.hosts, why="没有列表。"), reader, visits, answer)


def put(website: Website, path: str) -> Offer:
    website.answers[path] = Answer(body=FEED.format(at=website.origin).encode())
    return Offer(source="feed", address=f"{website.origin}{path}", articles=2)


def test_a_site_with_nothing_else_offers_nothing(settings: Settings, website: Website) -> None:
    assert offered(settings, website) == []


def test_what_could_not_be_looked_at_in_time_is_not_said_to_be_missing(settings: Settings, website: Website) -> None:
    put(website, "/feed")

    found = tried(settings, website, seconds_gone=TRIAL_SECONDS)

    assert (found.offers, found.why) == ((), f"没有列表。{OVER}")
    assert website.asked("/feed") == []


def test_where_the_page_declares_a_feed_the_common_places_are_left_alone(settings: Settings, website: Website) -> None:
    own = put(website, "/own.xml")
    put(website, "/feed")

    page = '<link rel="alternate" type="application/rss+xml" href="/own.xml">'

    assert offered(settings, website, page) == [own]
    assert website.asked("/feed") == []


def test_the_first_common_place_that_has_a_feed_is_named_and_the_rest_not_asked(
    settings: Settings, website: Website
) -> None:
    found = put(website, "/atom.xml")

    assert offered(settings, website) == [found]
    assert (len(website.asked("/feed")), website.asked("/feed.xml")) == (1, [])


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream"])
def test_a_feed_is_one_by_its_content_whatever_its_type(settings: Settings, website: Website, kind: str) -> None:
    found = put(website, "/rss")
    website.answers["/rss"] = Answer(body=website.answers["/rss"].body, headers={"Content-Type": kind})

    assert offered(settings, website) == [found]


def test_a_place_that_robots_txt_forbids_is_not_asked_for(settings: Settings, website: Website) -> None:
    put(website, "/feed")
    website.answers["/robots.txt"] = Answer(body=b"User-agent: *\nDisallow: /feed\n")

    assert offered(settings, website) == []
    assert website.asked("/feed") == []
