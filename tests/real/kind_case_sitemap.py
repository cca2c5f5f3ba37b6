"""Rows of kind `case_sitemap`: as `sitemap`; what its first address does not state must be absent."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.real import kind_sitemap
from tests.real.comparing import differing
from tests.real.reading import answer_of


def compare(path: Path, expected: Mapping[str, Any]) -> list[str]:
    """Return what the reading misses of the row, empty where it is met."""
    answer = answer_of(path, expected)
    first = answer["entries"][0] if answer and answer["entries"] else {}
    filled = [differing(field, first[field], "nothing") for field in expected.get("absent") or () if first.get(field)]
    return kind_sitemap.compare_answer(answer, expected) + filled
