"""crawler.scrapy.handler: a call with a credential is made by the guard; Scrapy sees neither secret nor connection."""

import asyncio
from collections.abc import Callable

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.exchange import Answer, Ask
from crawler.guard import FetchRefused
from crawler.scrapy.handler import GuardedHandler
from crawler.scrapy.hops import CALL, Call

ASK = Ask(url="https://api.example/list", credential="trial")


def downloaded(send: Callable[[Ask], Answer]) -> Response:
    """What the handler gives for the call; without its set-up, which is for connections of Scrapy's own."""
    handler = GuardedHandler.__new__(GuardedHandler)
    return asyncio.run(handler.download_request(Request(ASK.url, meta={CALL: Call(ask=ASK, send=send)})))


def test_a_call_is_handed_to_the_guard_and_its_answer_comes_back_whole() -> None:
    asked: list[Ask] = []

    def send(ask: Ask) -> Answer:
        asked.append(ask)
        return Answer(url=ask.url, status=429, body=b"{}", headers={"retry-after": "5", "x-name": "é，"})

    answer = downloaded(send)

    assert asked == [ASK]
    assert (answer.url, answer.status, answer.body) == (ASK.url, 429, b"{}")
    assert answer.headers["Retry-After"] == b"5"
    assert answer.headers["X-Name"] == b"\xe9?"


def test_why_a_call_was_refused_reaches_the_spider_as_it_was_said() -> None:
    def send(_ask: Ask) -> Answer:
        raise FetchRefused("连不上")

    with pytest.raises(FetchRefused, match="连不上"):
        downloaded(send)
