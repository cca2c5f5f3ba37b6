"""Times of Weibo: the moment that a status names, or none; no year and no hour is guessed."""

import re
from datetime import datetime

from crawler.dates.read import read_time
from indexer.base.times import BEIJING

EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def moment_of(written: str) -> datetime | None:
    """Return the moment; None for `06-14`, `2010-06-18`, `5分钟前`: no year, or no time of day.

    Read are `Tue Jan 30 15:09:56 +0800 2018`, dates with a time (Beijing's, where no zone stands), seconds since 1970.
    """
    written = written.strip()[:60]
    if EPOCH.fullmatch(written):
        return datetime.fromtimestamp(int(written[:10]), BEIJING)
    if not YEAR.search(written):
        return None
    read = read_time(written, chinese=True)
    return read.at if read is not None and not read.is_day else None
