"""Read JSON Feed 1 and 1.1 (jsonfeed.org)."""

import html
import json
import math
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from crawler.dates.read import read_stamp
from crawler.feeds.bylines import byline_of
from crawler.feeds.entries import MAX_ENTRIES, Enclosure, Entry, Feed, NotAFeed
from crawler.feeds.markup import ILLEGAL
from crawler.feeds.wording import is_chinese, text_of_html, title_of
from indexer.base.times import Published

DATES = ("date_published", "date_modified")
Json = dict[str, Any]  # foreign data, every value is checked where it is taken


def read_json_feed(text: str, *, url: str | None) -> Feed:
    """Return the feed of a JSON document. Raises NotAFeed where it is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeed("内容以 { 开头，却不是正确的 JSON") from error
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise NotAFeed("这份 JSON 不是 JSON Feed：缺少 items")
    items: list[Json] = [item for item in data["items"] if isinstance(item, dict)]
    if len(items) > MAX_ENTRIES:
        raise NotAFeed(f"条目超过 {MAX_ENTRIES} 条，不予读取")
    title = _line(data, "title")
    chinese = is_chinese(_string(data, "language"), [title or "", *(_line(item, "title") or "" for item in items)])
    base = url or _string(data, "home_page_url") or _string(data, "feed_url")
    return Feed(title=title, entries=tuple(_entry(item, base=base, chinese=chinese) for item in items))


def _entry(item: Json, *, base: str | None, chinese: bool) -> Entry:
    markup = _string(item, "content_html")
    written = _string(item, "content_text")
    full = (text_of_html(markup) if markup else None) or written
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in (written or "").splitlines() if line.strip())
    return Entry(
        id=_string(item, "id"),
        link=_address(item, "url", base),
        title=_line(item, "title"),
        published=_published(item, chinese=chinese),
        text=full or _string(item, "summary"),
        markup=markup or paragraphs or None,
        base=base,
        enclosures=tuple(_enclosures(item, base)),
        author=byline_of(_authors(item)),
    )


def _string(item: Json, name: str) -> str | None:
    """Text or number as text, blanks around it removed; None for anything else and for empty text."""
    value = item.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None  # NaN, which Python's reader takes for a number
    return ILLEGAL.sub("", str(value)).strip() or None


def _line(item: Json, name: str) -> str | None:
    value = _string(item, name)
    return title_of(value) if value else None


def _address(item: Json, name: str, base: str | None) -> str | None:
    value = _string(item, name)
    if value is None:
        return None
    try:
        return urljoin(base or "", value)
    except ValueError:
        return value


def _published(item: Json, *, chinese: bool) -> Published | None:
    found = (read_stamp(text, chinese=chinese) for name in DATES if (text := _string(item, name)))
    return next((time for time in found if time), None)


def _authors(item: Json) -> Iterator[str]:
    """`authors` of version 1.1, `author` of version 1."""
    listed = item.get("authors")
    for author in [*(listed if isinstance(listed, list) else []), item.get("author")]:
        if isinstance(author, dict) and (name := _string(author, "name")):
            yield name


def _enclosures(item: Json, base: str | None) -> Iterator[Enclosure]:
    attachments = item.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else ():
        if isinstance(attachment, dict) and (address := _address(attachment, "url", base)):
            yield Enclosure(url=address, type=_string(attachment, "mime_type") or "")
