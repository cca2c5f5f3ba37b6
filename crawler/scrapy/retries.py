"""Retries: not of a request whose host says that it is asked too often, or when it wants to be asked again."""

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

TOO_MANY = 429


class Retries(RetryMiddleware):
    """Scrapy's, which would ask a host again within the pause that it has just asked for."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Leave the answer as it is where it asks for a pause: the reader of the channel keeps to it."""
        if response.status == TOO_MANY or "Retry-After" in response.headers:
            return response
        return super().process_response(request, response)
