"""What is kept of an answer as evidence."""

from datetime import datetime

from crawler.exchange import Answer
from crawler.reading.articles import is_article
from indexer.catalogue.evidence import Received


def received(answer: Answer, *, at: datetime) -> Received:
    """Return an answer as the store of evidence takes it; of a list or feed, it is no piece's own page."""
    return Received(
        url=answer.url,
        body=answer.body,
        at=at,
        status=answer.status,
        headers=answer.headers,
        is_page=is_article(answer.about),
    )
