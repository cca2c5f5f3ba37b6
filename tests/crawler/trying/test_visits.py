"""Requests of a trial: asked of robots.txt, with pauses, to an end."""

import time

import pytest

from config.settings import Settings
from crawler.exchange import Ask
from crawler.guard import FetchRefused
from crawler.reading.pool import PAGE_SECONDS
from crawler.trying.visits import MOST_FETCH_SECONDS, TRIAL_SECONDS, TimeOver, Visits
from indexer.records.inbox import CLAIM
from tests.simulators.website import Answer, Website


@pytest.fixture
def visits(settings: Settings) -> Visits:
    return Visits(settings=settings)


def robots(website: Website, text: str, *, status: int = 200) -> None:
    website.answers["/robots.txt"] = Answer(body=text.encode(), status=status, headers={"Content-Type": "text/plain"})


def test_a_page_is_answered_with_what_the_source_knows_of_it(visits: Visits, website: Website) -> None:
    website.page("/list/", "<p>示例")

    answer = visits.answer(Ask(url=f"{website.origin}/list/", about={"page": "article"}))

    assert (answer.body.decode(), answer.about) == ("<p>示例", {"page": "article"})


def test_robots_txt_is_asked_once_and_what_it_forbids_is_not_asked_for(visits: Visits, website: Website) -> None:
    robots(website, "User-agent: *\nDisallow: /secret/\nSitemap: http://a.example/map.xml\n")
    website.page("/list/", "")

    visits.answer(Ask(url=f"{website.origin}/list/"))
    with pytest.raises(FetchRefused, match=r"robots\.txt 不允许采集"):
        visits.answer(Ask(url=f"{website.origin}/secret/1"))

    assert [seen.path for seen in website.seen] == ["/robots.txt", "/list/"]
    assert visits.sitemaps(f"{website.origin}/other") == ["http://a.example/map.xml"]
    assert visits.sitemaps("http://never.asked.example/") == []


@pytest.mark.parametrize("status", [401, 404, 410])
def test_a_site_without_rules_allows_all(visits: Visits, website: Website, status: int) -> None:
    robots(website, "User-agent: *\nDisallow: /\n", status=status)
    website.page("/list/", "")

    assert visits.answer(Ask(url=f"{website.origin}/list/")).status == 200


def test_a_site_that_cannot_say_what_it_allows_is_not_read(visits: Visits, website: Website) -> None:
    robots(website, "", status=503)

    with pytest.raises(FetchRefused, match=r"robots\.txt 出错.*回答 503"):
        visits.answer(Ask(url=f"{website.origin}/list/"))


def test_what_does_not_answer_is_said_of_the_first_request(visits: Visits) -> None:
    with pytest.raises(FetchRefused, match=r"^先读网站的 robots\.txt 时：.*解析不到"):
        visits.answer(Ask(url="http://nothing.example/"))


def test_a_page_on_another_host_than_those_allowed_is_refused(visits: Visits, website: Website) -> None:
    with pytest.raises(FetchRefused, match="未登记的主机"):
        visits.answer(Ask(url=f"{website.origin}/list/"), hosts=("a.example",))


def test_requests_to_one_host_have_the_collector_s_pause_between_them(settings: Settings, website: Website) -> None:
    website.page("/list/", "")
    visits = Visits(settings=settings.model_copy(update={"crawl_delay_seconds": 0.2}))

    visits.answer(Ask(url=f"{website.origin}/list/"))

    first, second = (seen.at for seen in website.seen)
    assert second - first >= 0.2


def test_a_pause_that_ends_after_its_time_is_not_waited_for(settings: Settings, website: Website) -> None:
    slow = Visits(settings=settings.model_copy(update={"crawl_delay_seconds": 3600}))

    with pytest.raises(TimeOver):
        slow.answer(Ask(url=f"{website.origin}/list/"))

    assert [seen.path for seen in website.seen] == ["/robots.txt"]


def test_the_last_answer_of_a_trial_is_read_while_its_row_is_still_claimed() -> None:
    assert CLAIM.total_seconds() > TRIAL_SECONDS + MOST_FETCH_SECONDS + PAGE_SECONDS


def test_after_its_time_a_trial_asks_for_nothing_more(settings: Settings, website: Website) -> None:
    visits = Visits(settings=settings, begun=time.monotonic() - 121)

    with pytest.raises(FetchRefused, match="试采已用 120 秒"):
        visits.answer(Ask(url=f"{website.origin}/list/"))

    assert website.seen == []
