"""What WeChat's calls answer, as records: tokens, publications, their articles, states of jobs, daily totals. Pure.

Shapes: WeChat docs of stable_token, freepublish, draft, message/mass and datacube, read 2026-11; captured answers,
where times stand inside `content` and the docs have them beside it.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crawler.platforms.fields import Object, moment, number, numbers, objects, text, truth, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """expires_in: seconds that it is still valid, as the platform says."""

    value: str = dataclasses.field(repr=False)
    expires_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One article of a publication; content: HTML as the account wrote it, empty where it was not asked for."""

    title: str
    author: str
    digest: str
    content: str
    source_url: str
    url: str
    is_deleted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What was published at once: one article or several. created, updated: None where the answer names none.

    article_id: empty in an answer that is about one publication, since whoever asked named it.
    """

    article_id: str
    news: tuple[News, ...]
    created: datetime | None
    updated: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of an account's publications. total: of all pages."""

    total: int
    count: int
    publications: tuple[Publication, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """State of a publication on its way (freepublish/get).

    status: 0 published, 1 running, 2 to 4 refused, 5 and 6 gone since. article_id: empty until it is published.
    failed: numbers of the articles that were refused, from 1.
    """

    publish_id: str
    status: int | None
    article_id: str
    urls: tuple[str, ...]
    failed: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MassSend:
    """A mass send that was accepted."""

    msg_id: str
    data_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """One row of a datacube list. msgid: `<mid>_<idx>` of the article, empty where the list is not about articles.

    day: on which it was published. url, title: only where the answer has them. is_notified: None where it is not said.
    """

    msgid: str
    day: date | None
    counted_on: date | None
    title: str
    url: str
    readers: int | None
    is_notified: bool | None


def token_of(answer: Object, *, name: str = "access_token") -> Token | None:
    """Return the token of an answer, under the name that its call gives it; None where there is none."""
    value, seconds = text(answer.get(name)), number(answer.get("expires_in"))
    return Token(value=value, expires_in=seconds) if value and seconds and seconds > 0 else None


def listing_of(answer: Object) -> Listing:
    """Return a page of `freepublish/batchget` or `draft/batchget`."""
    found = tuple(_publication(each) for each in objects(answer.get("item")))
    total, count = number(answer.get("total_count")), number(answer.get("item_count"))
    return Listing(
        total=len(found) if total is None else total, count=len(found) if count is None else count, publications=found
    )


def article_of(answer: Object) -> Publication:
    """Return the one publication of `freepublish/getarticle` or `draft/get`."""
    return _publication(answer)


def job_of(answer: Object) -> Job:
    """Return the state of a publication."""
    items = objects(within(answer, "article_detail").get("item"))
    return Job(
        publish_id=_id(answer.get("publish_id")),
        status=number(answer.get("publish_status")),
        article_id=_id(answer.get("article_id")),
        urls=tuple(url for item in items if (url := _address(item.get("article_url")))),
        failed=numbers(answer.get("fail_idx")),
    )


def mass_send_of(answer: Object) -> MassSend:
    """Return the numbers of a mass send."""
    return MassSend(msg_id=_id(answer.get("msg_id")), data_id=_id(answer.get("msg_data_id")))


def day_rows_of(answer: Object) -> Sequence[DayRow]:
    """Return the rows of a datacube list."""
    return tuple(_day_row(each) for each in objects(answer.get("list")))


def _publication(item: Object) -> Publication:
    inside = within(item, "content")
    return Publication(
        article_id=_id(item.get("article_id")),
        news=tuple(_news(each) for each in objects(inside.get("news_item", item.get("news_item")))),
        created=moment(inside.get("create_time", item.get("create_time"))),
        updated=moment(inside.get("update_time", item.get("update_time"))),
    )


def _news(item: Object) -> News:
    return News(
        title=text(item.get("title")).strip(),
        author=text(item.get("author")).strip(),
        digest=text(item.get("digest")).strip(),
        content=text(item.get("content")),
        source_url=_address(item.get("content_source_url")),
        url=_address(item.get("url") or item.get("article_url")),
        is_deleted=truth(item.get("is_deleted")),
    )


def _day_row(row: Object) -> DayRow:
    kind = number(row.get("publish_type"))
    return DayRow(
        msgid=_id(row.get("msgid")),
        day=_day(row.get("ref_date")),
        counted_on=_day(row.get("stat_date")),
        title=text(row.get("title")).strip(),
        url=_address(row.get("url") or row.get("content_url")),
        readers=number(row.get("int_page_read_user")),
        is_notified=None if kind is None else kind == 0,
    )


def _id(value: object) -> str:
    """An id, without the white space that WeChat's own examples have inside."""
    return "".join(text(value).split())


def _address(value: object) -> str:
    written = text(value).strip().replace("&amp;", "&")
    return written if written.startswith(("http://", "https://")) else ""


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(text(value).strip())
    except ValueError:
        return None
