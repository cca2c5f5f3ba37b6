"""Requests with a credential: sent by the guard itself, so that Scrapy never holds a request with a secret in it."""

import asyncio
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.guard import place_of
from crawler.scrapy.hops import CALL, Call

STAND_INS = "CARNIVAL_STAND_INS"  # key of Scrapy's settings


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's, but for a call with a credential. All middlewares have passed it, and judge its redirect anew."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._stand_ins: dict[str, str] = crawler.settings.getdict(STAND_INS)

    def _led(self, request: Request) -> Request:
        """The request as it goes out: to the server that stands in for its host, where one does."""
        if not self._stand_ins:
            return request
        place = place_of(request.url)
        if (stand_in := self._stand_ins.get(place.netloc)) is None:
            return request
        led = urlsplit(request.url)._replace(scheme="http", netloc=stand_in).geturl()
        return request.replace(url=led, headers={**request.headers, "Host": place.netloc})

    async def download_request(self, request: Request) -> Response:
        """Of a call: raises FetchRefused, CredentialUnusable."""
        call: Call | None = request.meta.get(CALL)
        if call is None:
            answered = await super().download_request(self._led(request))
            return answered.replace(url=request.url) if answered.url != request.url else answered
        answer = await asyncio.to_thread(call.send, call.ask)
        headers = {name: value.encode("latin-1", "replace") for name, value in answer.headers.items()}
        return Response(request.url, status=answer.status, headers=headers, body=answer.body)
