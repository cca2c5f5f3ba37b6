"""`carnival search`: the hits that a reader would see, what may be meant, and why."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from config.settings import load_settings
from indexer.base import times
from indexer.catalogue.items import Item
from indexer.commands.search import MEANS, search_command
from indexer.people.accounts import User
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search.factory import open_index
from indexer.search.port import Meant
from indexer.search.publish import publish


@pytest.fixture
def item(
    database: Database,
    records_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    move_on: Callable[..., Decision],
) -> Item:
    """A public item that search knows of, in the deployment that commands open."""
    (tmp_path / "records").mkdir(exist_ok=True)
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "records"))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)
    made = make_item(title="银杏什么时候变黄", text="秋天的银杏。")
    move_on(made, Move.APPROVE, who=make_user())
    publish(database, open_index(load_settings()), now=times.now())
    return made


def told(*words: str) -> Any:  # noqa: ANN401  # foreign JSON
    return json.loads(CliRunner().invoke(search_command, [*words, "--json"]).stdout)


def test_hits_are_told_in_their_order_with_why_where_that_is_asked(item: Item) -> None:
    plain, explained = told("银杏"), told("银杏", "--explain")

    assert plain["hits"] == [{"place": 1, "item": item.id, "version": 1, "title": "银杏什么时候变黄"}]
    assert explained["hits"][0].items() >= {"stands": "the whole query stands in the title", "share": 1.0}.items()
    assert explained["read"] == {"words": ["银杏"], "must": [], "without": [], "is_sentence": False}


def test_what_finds_nothing_is_told_with_what_may_be_meant(item: Item) -> None:
    shown = CliRunner().invoke(search_command, ["银杳"])

    assert told("yinx bianh")["total"] == 0
    assert told("银杳")["meant"] == [{"text": "银杏", "why": "mistyped"}]
    assert "meant?    银杏  (mistyped)" in shown.stdout.splitlines()


def test_lines_say_how_it_was_read_and_what_each_hit_scores(item: Item) -> None:
    lines = CliRunner().invoke(search_command, ["银杏 -火星", "--explain"]).stdout.splitlines()

    assert lines[:2] == ["read as   银杏 | without 火星", "found     1"]
    assert lines.pop(2) == "meaning   words alone: CARNIVAL_SEARCH_BY_MEANING is off"
    assert lines[2].split() == ["1", item.id, "银杏什么时候变黄"]
    assert lines[3].startswith("     score ")
    assert lines[3].endswith("the whole query stands in the title, 100% of the pairs of characters")


def test_why_meaning_had_no_part_is_told(item: Item, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "公园里的树叶到了秋天会是什么颜色"
    off = told(question, "--explain")
    monkeypatch.setenv("CARNIVAL_SEARCH_BY_MEANING", "true")  # and the index was built without vectors
    lines = CliRunner().invoke(search_command, [question, "--explain"]).stdout.splitlines()

    assert off["meaning"] == "off"
    assert told("银杏", "--explain")["meaning"] == "unasked"
    assert lines[2] == f"meaning   {MEANS[Meant.MISSING]}"
    assert [one["item"] for one in off["hits"]] == [item.id] == [lines[3].split()[1]]
