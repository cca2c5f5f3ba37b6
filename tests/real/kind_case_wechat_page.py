"""Rows of kind `case_wechat_page`: as `wechat_page`, and the fields of the small cases."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.real import cases, kind_page, kind_wechat_page


def compare(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Return what differs, each line beginning with the field's name; empty where the row is met."""
    answer = kind_page.read(path, expected)
    return kind_wechat_page.compare_answer(answer, expected) + cases.compare_answer(answer, expected)
