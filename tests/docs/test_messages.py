"""Words in 「…」 on a page are words that the program says: `…` stands for what differs from case to case."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.docs.pages import PAGES, ROOT, name

QUOTED = re.compile(r"「([^」]+)」")
CATALOGUE = ROOT / "web" / "translations" / "zh_Hans_CN" / "LC_MESSAGES" / "messages.po"
QUOTING = [page for page in PAGES if QUOTED.search(page.read_text(encoding="utf-8"))]


@cache
def said() -> str:
    """All texts of the program and of its translations, one a line; of an f-string its fixed parts."""
    texts = [
        node.value
        for room in ("config", "indexer", "crawler", "web")
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    with CATALOGUE.open("rb") as opened:
        texts += [form for message in read_po(opened) for form in _forms(message.string)]
    return "\n".join(" ".join(text.split()) for text in texts)


def _forms(string: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or ())


def unsaid(text: str) -> list[str]:
    """Return the quoted words that the program does not say."""
    quoted = {" ".join(words.split()) for words in QUOTED.findall(text)}
    return sorted(words for words in quoted if not all(part.strip() in said() for part in words.split("…")))


@pytest.mark.parametrize("page", QUOTING, ids=name)
def test_every_message_that_a_page_quotes_is_one(page: Path) -> None:
    assert unsaid(page.read_text(encoding="utf-8")) == []


def test_words_that_nothing_says_are_noticed() -> None:
    assert unsaid("「登记的网址不是订阅源：…」「没有人说过这句话」「Restore the last backup: …」") == [
        "没有人说过这句话"
    ]
