"""Main-text libraries alone, as a collector would call them: what each answers of a captured page."""

import importlib.util
import logging
from collections.abc import Callable, Mapping

import lxml.html
import trafilatura
from htmldate import find_date
from readability import Document

from crawler.extract.charset import decode

Answer = Mapping[str, str]
Reader = Callable[[bytes], Answer]
FAILURES = (ValueError, TypeError, AttributeError, LookupError, RuntimeError)


def readers() -> dict[str, Reader]:
    """Return the libraries that are installed, each as a function from bytes to an answer; what it lacks is empty."""
    logging.disable(logging.CRITICAL)  # they log every page they stumble over
    found: dict[str, Reader] = {"readability-lxml": _readability, "trafilatura": _trafilatura, "htmldate": _htmldate}
    if importlib.util.find_spec("newspaper") and importlib.util.find_spec("jieba"):
        found["newspaper4k"] = _newspaper
    if importlib.util.find_spec("gne"):
        found["gne"] = _gne
    return found


def missing() -> list[str]:
    """Return the libraries of the comparison that are not installed."""
    return [
        name for name, module in (("newspaper4k", "newspaper"), ("gne", "gne")) if not importlib.util.find_spec(module)
    ]


def _readability(body: bytes) -> Answer:
    document = Document(decode(body, None))
    return {"title": document.short_title(), "text": lxml.html.fromstring(document.summary()).text_content()}


def _trafilatura(body: bytes) -> Answer:
    document = trafilatura.bare_extraction(body, with_metadata=True, favor_recall=False)
    if document is None or isinstance(document, dict):
        return {}
    return {
        "title": document.title or "",
        "text": document.text or "",
        "author": document.author or "",
        "published": document.date or "",
    }


def _htmldate(body: bytes) -> Answer:
    return {"published": find_date(decode(body, None), original_date=True) or ""}


def _newspaper(body: bytes) -> Answer:
    from newspaper import Article  # only where somebody installed it to compare

    article = Article("http://page.example/", language="zh", fetch_images=False)  # no request leaves
    article.download(input_html=decode(body, None))
    article.parse()
    return {
        "title": article.title or "",
        "text": article.text or "",
        "author": ", ".join(article.authors),
        "published": str(article.publish_date or ""),
    }


def _gne(body: bytes) -> Answer:
    from gne import GeneralNewsExtractor  # only where somebody installed it to compare

    found = GeneralNewsExtractor().extract(decode(body, None))
    return {
        "title": found["title"],
        "text": found["content"],
        "author": found["author"],
        "published": found["publish_time"],
    }
