"""Rows of kind `wechat_api`: answers of the official API, read by the records of crawler/platforms/wechat."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.platforms.fields import Object, parse
from crawler.platforms.wechat.accounts import account_info_of, authorised_of
from crawler.platforms.wechat.answers import (
    Publication,
    article_of,
    day_rows_of,
    job_of,
    listing_of,
    mass_send_of,
    token_of,
)
from crawler.platforms.wechat.errors import Retry, meaning_of, refusal_in
from tests.real.comparing import differing, squeeze_markup

RETRIES = {Retry.NEVER: False, Retry.NEW_TOKEN: "with a new token, once", Retry.NEXT_DAY: "next day"}
TEXTS = frozenset({"titles", "authors", "nick_name"})
Fields = dict[str, object]


def compare(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Return what differs, each line beginning with the field's name; empty where the row is met."""
    got = read(parse(path.read_bytes()), expected)
    wanted = {field: value for field, value in expected.items() if field != "note" and value is not None}
    empty = [field for field, value in expected.items() if value is None and got.get(field)]
    differ = [field for field, value in wanted.items() if _plain(field, got.get(field)) != _plain(field, value)]
    return [differing(field, got.get(field), expected[field]) for field in (*differ, *empty)]


def read(answer: Object, expected: Mapping[str, Any]) -> Fields:
    """Return the fields of the answer of a call, which the row tells by what it asks for."""
    if "errcode" in expected:
        return _refused(answer)
    if "has_token" in expected:
        token = token_of(answer)
        return {"has_token": token is not None, "expires_in": token and token.expires_in}
    if "publish_id" in expected:
        return _job(answer)
    if "msg_id" in expected:
        sent = mass_send_of(answer)
        return {"msg_id": sent.msg_id, "msg_data_id": sent.data_id}
    if "ref_date" in expected:
        return _days(answer)
    if "func_ids" in expected:
        return _account(answer)
    return _articles(answer)


def _refused(answer: Object) -> Fields:
    refused = refusal_in(answer)
    if refused is None:
        return {}
    retry = RETRIES.get(meaning_of(refused).retry)
    return {"errcode": refused.code, "rid": refused.rid, "ip": refused.ip, "retry": retry}


def _job(answer: Object) -> Fields:
    job = job_of(answer)
    return {
        "publish_id": job.publish_id,
        "publish_status": job.status,
        "article_id": job.article_id,
        "urls": list(job.urls),
        "fail_idx": list(job.failed),
    }


def _days(answer: Object) -> Fields:
    rows = day_rows_of(answer)
    return {
        "msgid": [row.msgid for row in rows],
        "titles": [row.title for row in rows],
        "ref_date": [str(row.day) for row in rows],
        "stat_date": [str(row.counted_on) for row in rows],
        "int_page_read_user": [row.readers for row in rows],
    }


def _account(answer: Object) -> Fields:
    authorised, info = authorised_of(answer), account_info_of(answer)
    return {
        "nick_name": info.name,
        "user_name": info.original_id,
        "appid": authorised.appid,
        "authorizer_appid": authorised.appid,
        "expires_in": authorised.expires_in,
        "func_ids": list(authorised.rights),
    }


def _articles(answer: Object) -> Fields:
    """A list has its times in a list, one publication alone."""
    if "item" not in answer:
        one = article_of(answer)
        return _news((one,)) | {"create_time": _seconds(one.created), "update_time": _seconds(one.updated)}
    listing = listing_of(answer)
    return _news(listing.publications) | {
        "total_count": listing.total,
        "item_count": listing.count,
        "article_ids": [each.article_id for each in listing.publications],
        "create_time": [_seconds(each.created) for each in listing.publications],
        "update_time": [_seconds(each.updated) for each in listing.publications],
    }


def _news(publications: tuple[Publication, ...]) -> Fields:
    news = [one for each in publications for one in each.news]
    return {
        "titles": [one.title for one in news],
        "authors": [one.author for one in news],
        "urls": [one.url for one in news],
        "is_deleted": [one.is_deleted for one in news],
    }


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _plain(field: str, value: object) -> object:
    """Ids as text, texts squeezed, numbers as numbers, lists in order."""
    if isinstance(value, list | tuple):
        return [_plain(field, each) for each in value]
    if isinstance(value, str) and field in TEXTS:
        return squeeze_markup(value)
    return str(value) if field.endswith(("_id", "_ids", "msgid")) and field != "func_ids" else value
