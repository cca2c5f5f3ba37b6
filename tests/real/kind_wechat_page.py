"""One row of kind `wechat_page`: the reading of a captured WeChat page (shared/fixtures/README.md)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.extract.body.blocks import squeeze
from tests.real import kind_page


def compare(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Return what differs, each line beginning with the field's name; empty where the row is met."""
    return compare_answer(kind_page.read(path, expected), expected)


def compare_answer(answer: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """Return what any answer of the shape of `carnival extract --json` misses."""
    if answer["state"] != expected["state"]:
        return [f"state: got {answer['state']!r}, wanted {expected['state']!r}"]
    if expected["state"] != "ok":
        return [f"text: got {answer['text'][:60]!r}, wanted nothing"] if answer["text"] else []
    lines: list[str] = [
        line
        for check in (kind_page.title, kind_page.author, kind_page.published, kind_page.text, _title_begins, _account)
        for line in check(answer, expected)
    ]
    return lines + _media(answer, expected)


def _title_begins(answer: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    begins = expected.get("title_begins")
    if begins is None or squeeze(answer.get("title") or "").startswith(squeeze(begins)):
        return []
    return [f"title_begins: got {answer.get('title')!r}, wanted {begins!r}"]


def _account(answer: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    wanted = expected.get("account")
    if wanted is None or squeeze(answer.get("account") or "") == squeeze(wanted):
        return []
    return [f"account: got {answer.get('account')!r}, wanted {wanted!r}"]


def _media(answer: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    lines = []
    for field, kind in (("images", "image"), ("videos", "video")):
        got = sum(medium["kind"] == kind for medium in answer["media"])
        if expected.get(field) is not None and got != expected[field]:
            lines.append(f"{field}: got {got}, wanted {expected[field]}")
    return lines
