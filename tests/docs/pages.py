"""The pages of this project, and what stands in them."""

import re
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES: Sequence[Path] = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])  # decisions stay as written
FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def name(page: Path) -> str:
    """Return the page's path in the project, for the ids of tests."""
    return str(page.relative_to(ROOT))


def fenced(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language, in their order."""
    return [block for _, marked, block in FENCE.findall(text) if marked == language]


def code_spans(text: str) -> list[str]:
    """Return what stands between single backticks, outside of fenced blocks."""
    return re.findall(r"`([^`]+)`", FENCE.sub("", text))
