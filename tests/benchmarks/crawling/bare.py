"""A Scrapy spider that does nothing with the answers: what the project's own is measured beside.

    python -m tests.benchmarks.crawling.bare < JSON: {"urls": […], "data_folder": "…"}

Prints one line of JSON. Its settings are the collector's but for what the collector adds to Scrapy: concurrency, delay,
time limits and robots.txt are the same.
"""

import json
import sys
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from config.settings import Settings
from crawler.scrapy.resolver import PRIVATE_HOSTS
from crawler.scrapy.settings import scrapy_settings
from tests.benchmarks.crawling.loopback import ETAG

OWN = ("DOWNLOADER_MIDDLEWARES", "DOWNLOAD_HANDLERS", "TWISTED_DNS_RESOLVER", PRIVATE_HOSTS)
NOT_MODIFIED = 304


class BareSpider(Spider):
    """Asks for each address once, if it changed."""

    name = "bare"

    def __init__(self, *, urls: Sequence[str], answered: list[int], **rest: str) -> None:
        super().__init__(**rest)
        self.urls, self.answered = urls, answered

    async def start(self) -> AsyncIterator[Request]:
        """One conditional request for each address."""
        for url in self.urls:
            meta = {"handle_httpstatus_list": [NOT_MODIFIED]}
            yield Request(url, headers={"If-None-Match": ETAG}, dont_filter=True, meta=meta)

    def parse(self, response: Response) -> None:
        """Note the status."""
        self.answered.append(response.status)


def main() -> None:
    """Crawl, and print how long it took and how many answers were 304."""
    asked = json.load(sys.stdin)
    settings = Settings(data_folder=Path(asked["data_folder"]), crawl_delay_seconds=0)
    own = {name: value for name, value in scrapy_settings(settings).items() if name not in OWN}
    answered: list[int] = []
    start = time.perf_counter()
    process = AsyncCrawlerProcess(own)
    process.crawl(BareSpider, urls=asked["urls"], answered=answered)
    process.start()
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "not_modified": answered.count(NOT_MODIFIED)}))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
