"""crawler.extract.linked: entries of JSON-LD, however it is nested, and nothing of what is broken."""

import json

import pytest

from crawler.extract.document import parse
from crawler.extract.linked import MOST_ENTRIES, linked_entries, texts


def entries(*scripts: str) -> list[object]:
    inside = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    tree = parse(f"<html><head>{inside}</head><body><p>文</p></body></html>")
    assert tree is not None
    return [entry.get("name") for entry in linked_entries(tree)]


def test_entries_stand_in_lists_graphs_and_as_the_video_of_a_page() -> None:
    nested = {"name": "页", "@graph": [{"name": "图", "video": {"name": "片"}}], "author": {"name": "人"}}

    assert entries(json.dumps([{"name": "一"}, nested]), '{"name": "二",}') == ["一", "页", "图", "片", "二"]


@pytest.mark.parametrize("script", ["", "null", "{", '{"name": "a" "b"}', "[" * 5000, "<!-- -->"])
def test_what_is_broken_declares_nothing(script: str) -> None:
    assert entries(script) == []


def test_a_flood_of_entries_is_cut() -> None:
    assert len(entries(json.dumps([{"name": str(n)} for n in range(1000)]))) == MOST_ENTRIES


def test_texts_are_those_of_a_value_or_of_a_list() -> None:
    assert list(texts([" a  b ", 1, None, {"x": 1}, "c"])) == ["a b", "c"]
    assert list(texts(None)) == []
