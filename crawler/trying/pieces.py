"""The first articles of a list as they would be collected, each read from its own page."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from crawler.exchange import Answer, Ask
from crawler.guard import FetchRefused
from crawler.reading.articles import article_ask, is_article
from crawler.reading.worker import Reading
from crawler.trying.reader import FoundList, Reader
from indexer.catalogue.items import Candidate
from indexer.whitelist.trials import Piece

PIECES = 3
TEXT_CHARS = 300  # of the text, as a trial shows it
ARTICLE_CHARS = 100  # a page without a list and with less text is no article either
NO_ARTICLE = "网页上没有读出文章"


def first_pieces(reader: Reader, found: FoundList) -> Sequence[Piece]:
    """Return the first articles of the list; what the list does not hold whole is asked for."""
    articles = (
        one for one in found.found if isinstance(one, Candidate) or (isinstance(one, Ask) and is_article(one.about))
    )
    return [_piece(reader, article) for article in islice(articles, PIECES)]


def page_itself(reader: Reader, answer: Answer) -> Sequence[Piece]:
    """Return the one article that a page without a list may be; none where it is hardly one."""
    piece = _read_piece(reader.read(replace(answer, about=article_ask(answer.url).about)), answer.url)
    return [piece] if not piece.why_not and piece.title and piece.chars >= ARTICLE_CHARS else []


def _piece(reader: Reader, article: Candidate | Ask) -> Piece:
    if isinstance(article, Candidate):
        return _piece_of(article)
    try:
        return _read_piece(reader.ask(article), article.item_url)
    except FetchRefused as refused:
        return Piece(url=article.item_url, title=article.about.get("title", ""), why_not=str(refused))


def _read_piece(reading: Reading, url: str) -> Piece:
    candidate = next((one for one in reading.found if isinstance(one, Candidate)), None)
    if candidate is not None:
        return _piece_of(candidate)
    return Piece(url=url, why_not="。".join(reading.unreadable) if reading.unreadable else NO_ARTICLE)


def _piece_of(candidate: Candidate) -> Piece:
    return Piece(
        url=candidate.url,
        title=candidate.title,
        published=str(candidate.published or ""),
        author=candidate.author or candidate.account,
        chars=len(candidate.text),
        text=candidate.text[:TEXT_CHARS],
        media=candidate.media,
    )
