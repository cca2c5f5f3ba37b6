"""One row of kind `weibo_api`: an answer of Weibo as the collector understands it (shared/fixtures/README.md)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.platforms.weibo.answers import WeiboAnswer, read_answer
from crawler.platforms.weibo.errors import Retry
from tests.real.comparing import differing, squeeze_markup

NO_RETRY = False  # how the rows say that nothing may be called again by itself


def compare(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Return what differs, each line beginning with the field's name; empty where the row is met."""
    given = fields(read_answer(path.read_bytes()))
    wanted = {name: value for name, value in expected.items() if name in given and value is not None}
    return [differing(name, given[name], value) for name, value in wanted.items() if not _is_met(given[name], value)]


def fields(answer: WeiboAnswer) -> dict[str, Any]:
    """Return what the collector made of an answer, by the names of the rows."""
    error, limits = answer.error, answer.limits
    return {
        "error_code": error.code if error else None,
        "error": error.error if error else None,
        "request": error.request if error else None,
        "retry": (NO_RETRY if error.retry is Retry.NEVER else error.retry.value) if error else None,
        "count": len(answer.statuses),
        "ids": [status.id for status in answer.statuses],
        "retweets": sum(status.is_repost for status in answer.statuses),
        "long_texts": sum(status.is_long for status in answer.statuses),
        "videos": [status.id for status in answer.statuses if status.video],
        "total_number": answer.total_number,
        "since_id": answer.since_id,
        "max_id": answer.max_id,
        "ok": answer.ok,
        "has_long_text": bool(answer.whole_text),
        "long_text_length": len(answer.whole_text),
        "user_limit": limits.user_limit if limits else None,
        "remaining_user_hits": limits.remaining_user_hits if limits else None,
        "reset_time_in_seconds": limits.reset_seconds if limits else None,
    }


def _is_met(got: object, wanted: object) -> bool:
    if isinstance(wanted, list) and isinstance(got, list):
        return [str(one) for one in wanted] == got
    if isinstance(wanted, str):
        return squeeze_markup(str(got)) == squeeze_markup(wanted)
    return str(got) == str(wanted) if isinstance(got, str) else got == wanted
