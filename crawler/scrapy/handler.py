"""Requests with a credential: sent by the guard itself, so that Scrapy never holds a request with a secret in it."""

import asyncio

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

from crawler.scrapy.hops import CALL, Call


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's, but for a call with a credential. All middlewares have passed it, and judge its redirect anew."""

    async def download_request(self, request: Request) -> Response:
        """Of a call: raises FetchRefused, CredentialUnusable."""
        call: Call | None = request.meta.get(CALL)
        if call is None:
            return await super().download_request(request)
        answer = await asyncio.to_thread(call.send, call.ask)
        headers = {name: value.encode("latin-1", "replace") for name, value in answer.headers.items()}
        return Response(request.url, status=answer.status, headers=headers, body=answer.body)
