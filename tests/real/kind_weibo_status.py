"""One row of kind `weibo_status`: one status as the collector understands it (shared/fixtures/README.md)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.platforms.weibo.answers import read_answer
from crawler.platforms.weibo.statuses import Status
from tests.real.comparing import differing, is_same_time, squeeze_markup

EQUAL = ("id", "idstr", "images", "video", "retweeted_id", "retweeted_images", "is_long_text", "deleted", "hidden")
TEXTS = ("created_at_raw", "user", "retweeted_user")


def compare(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Return what differs, each line beginning with the field's name; empty where the row is met.

    A null that the row names is compared for time, author and original alone: there it says that the payload has none.
    """
    answer = read_answer(path.read_bytes())
    if len(answer.statuses) != 1:
        return [f"id: got {len(answer.statuses)} statuses, wanted one"]
    given = fields(answer.statuses[0])
    lines = [
        differing(name, given[name], expected[name])
        for name in EQUAL
        if expected.get(name) is not None and str(given[name]) != str(expected[name])
    ]
    lines += [
        differing(name, given[name], expected[name])
        for name in TEXTS
        if expected.get(name) is not None and squeeze_markup(given[name] or "") != squeeze_markup(expected[name])
    ]
    nulls = ("created_at", "user", "retweeted_id")
    lines += [
        differing(name, given[name], None)
        for name in nulls
        if name in expected and expected[name] is None and given[name] is not None
    ]
    return lines + _time(given, expected) + _text(given, expected)


def fields(status: Status) -> dict[str, Any]:
    """Return what the collector made of a status, by the names of the rows."""
    original = status.reposted
    return {
        "id": status.id,
        "idstr": status.number,
        "created_at": status.created_at.isoformat() if status.created_at else None,
        "created_at_raw": status.created_at_raw,
        "user": status.user or None,
        "text": status.text,
        "images": len(status.pictures),
        "video": status.video is not None,
        "retweeted_id": original.id if original else None,
        "retweeted_user": original.user if original else None,
        "retweeted_images": len(original.pictures) if original else None,
        "is_long_text": status.is_long,
        "deleted": status.is_deleted,
        "hidden": status.is_hidden,
    }


def _time(given: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    wanted = expected.get("created_at")
    if wanted is None or is_same_time(given["created_at"], wanted):
        return []
    return [differing("created_at", given["created_at"], wanted)]


def _text(given: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    wanted = expected.get("text_contains")
    if wanted is None or squeeze_markup(wanted) in squeeze_markup(given["text"]):
        return []
    return [differing("text_contains", given["text"], wanted)]
