"""Read a page whose bytes may be an archive (MHTML) of a browser: as they are, or the page inside of it."""

from dataclasses import replace

from crawler.exchange import Answer
from crawler.extract.mhtml import NoArchive, page_of
from crawler.reading.worker import Reading, read_answer
from indexer.catalogue.saved_pages import MHTML
from indexer.whitelist.records import Channel

BROKEN = ("网页归档（MHTML）读不出来", "请在浏览器里重新另存；仍然不行时另存为“仅 HTML”再推送")


def read_saved(channel: Channel, answer: Answer) -> Reading:
    """Run the channel's source over a page, saved or fetched: in a worker, since whatever was saved may be hostile."""
    if answer.headers.get("content-type") != MHTML:
        return read_answer(channel, answer)
    try:
        body, kind = page_of(answer.body)
    except NoArchive:
        return Reading(found=(), unreadable=BROKEN)
    return read_answer(channel, replace(answer, body=body, headers={"content-type": kind}))
