"""The extractor alone over given files on every core; for `crawl.py`.

    python -m tests.benchmarks.crawling.extractor PROCESSES < JSON: [[file, address], …]

Prints one line of JSON. The time of starting the processes is counted, as it is in a round of the collector.
"""

import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from crawler.extract.page import read_page


def read(file: str, url: str) -> int:
    """Return the length of the text of one page."""
    return len(read_page(Path(file).read_bytes(), url=url, content_type="text/html").text)


def main() -> None:
    """Read all, and print how long it took and how many pages had a text."""
    pages: list[tuple[str, str]] = json.load(sys.stdin)
    number = int(sys.argv[1])
    start = time.perf_counter()
    with ProcessPoolExecutor(number, mp_context=get_context("spawn")) as pool:
        chars = list(pool.map(read, *zip(*pages, strict=True), chunksize=1))
        seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "read": sum(1 for count in chars if count)}))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
