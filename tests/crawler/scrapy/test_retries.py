"""crawler.scrapy.retries: nobody who asks for a pause is asked again at once."""

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.spiders import Spider
from scrapy.utils.test import get_crawler

from crawler.scrapy.retries import Retries


@pytest.fixture
def retries() -> Retries:
    crawler = get_crawler(settings_dict={"RETRY_TIMES": 2})
    crawler.spider = Spider.from_crawler(crawler, "any")
    return Retries.from_crawler(crawler)


@pytest.mark.parametrize(
    ("status", "headers", "is_asked_again"),
    [
        (503, {}, True),
        (503, {"Retry-After": "60"}, False),
        (429, {}, False),
        (429, {"Retry-After": "60"}, False),
        (502, {}, True),
        (404, {}, False),
    ],
)
def test_an_answer_is_asked_for_again_unless_it_asks_for_a_pause(
    retries: Retries, status: int, headers: dict[str, str], *, is_asked_again: bool
) -> None:
    request = Request("http://a.example/")
    answer = Response(request.url, status=status, headers=headers)

    found = retries.process_response(request, answer)

    assert isinstance(found, Request) is is_asked_again
