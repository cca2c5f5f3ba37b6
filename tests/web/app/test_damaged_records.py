"""Somebody wrote into the record file by hand: what no decision explains is simply not public, and no page breaks."""

# ruff: noqa: S608 - statements of somebody who writes into the file by hand

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.base.ids import ClusterId, ItemId, UnitId
from indexer.catalogue.items import Item, ItemKind
from indexer.records import items
from indexer.records.database import Database
from indexer.review.records import Move
from indexer.search.port import Entry, SearchIndex
from indexer.search.rebuild import rebuild
from tests.facets import entry

APPROVED, WAITING = "批准过的文字", "还在等待的文字"
QUERIES = ("", "?q=" + quote("月球"), "?unit=unit-a&order=newest", "?lang=en")
UNLOCK = "DROP TRIGGER decisions_no_{change}; "
FORGED = (
    "INSERT INTO decisions (id, item, version, move, before, after, public_before, public_after, who, why, at, rules)"
    " VALUES ('forged', '{item}', {version}, '{move}', 'pending', 'approved', NULL, {version}, '甲', '',"
    " '2026-09-17 02:00:00', '[]')"
)
DAMAGES = {
    "public without any decision": "UPDATE items SET public = 1, state = 'approved' WHERE id = '{item}'",
    "public in a state that shows nothing": "UPDATE items SET public = 1 WHERE id = '{item}'",
    "a version that nobody approved": "UPDATE items SET public = 2 WHERE id = '{approved}'",
    "a version that is not there": "UPDATE items SET public = 7, state = 'approved' WHERE id = '{approved}'",
    "a state of no kind": "UPDATE items SET state = 'odd' WHERE id = '{approved}'",
    "decisions taken out": UNLOCK.format(change="delete") + "DELETE FROM decisions WHERE item = '{approved}'",
    "a decision that is no approval": "UPDATE items SET public = 1, state = 'approved' WHERE id = '{item}'; "
    + FORGED.replace("{move}", "hold"),
    "an approval written into a hold": UNLOCK.format(change="update")
    + "UPDATE decisions SET move = 'hold' WHERE item = '{approved}'",
    "a unit that is gone": "DELETE FROM units",
    "a channel that is gone": "DELETE FROM channels",
}


@pytest.fixture
def approved(make_item: Callable[..., Item], move: Callable[..., None]) -> Item:
    """An approved item; its newer version waits and was never approved."""
    item = make_item(url="http://a.example/approved.html", title="月球车", text=f"月球{APPROVED}")
    move(item, Move.APPROVE)
    make_item(url="http://a.example/approved.html", title="月球车", text=f"月球{APPROVED}改")
    return item


@pytest.fixture
def waiting(make_item: Callable[..., Item]) -> Item:
    return make_item(url="http://a.example/waiting.html", title="月球车等", text=f"月球{WAITING}")


@pytest.fixture(params=DAMAGES)
def damaged(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    database: Database,
    index: SearchIndex,
    approved: Item,
    waiting: Item,
    now: datetime,
) -> str:
    """Records written into by hand, and an index that wrongly holds everything; gives what was written."""
    with database.reading() as tx:
        newest = [items.version(tx, item.id, item.latest) for item in (approved, waiting)]
    index.put([_entry(version.item, version.title, version.text, now) for version in newest if version])
    script = wanted = DAMAGES[request.param]
    for name, value in {"item": waiting.id, "approved": approved.id, "version": "1"}.items():
        script = script.replace(f"{{{name}}}", value)
    with closing(sqlite3.connect(tmp_path / "records" / "carnival.db")) as raw:
        raw.executescript(script)
    return wanted


def _entry(item: str, title: str, text: str, now: datetime) -> Entry:
    return entry(
        item=ItemId(item),
        version=1,
        title=title,
        text=text,
        unit=UnitId("unit-a"),
        unit_name="示例馆",
        kind=ItemKind.ARTICLE,
        cluster=ClusterId(item),
        published=now,
    )


def addresses(app: Flask, ids: list[str]) -> Iterator[str]:
    known = {"item": ids, "unit": ["unit-a"], "name": [f"{'0' * 64}-480.jpg"]}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint.partition(".")[0] in ("public", "api"):
            name = next(iter(rule.arguments), None)
            for value in known[name] if name else [""]:
                path = adapter.build(rule.endpoint, {name: value} if name else {})
                yield from (path + query for query in QUERIES)


def test_no_public_page_breaks_and_none_shows_what_no_decision_explains(
    app: Flask, client: FlaskClient, approved: Item, waiting: Item, damaged: str
) -> None:
    hit, words = (approved, APPROVED) if "{approved}" in damaged or "{" not in damaged else (waiting, WAITING)

    answers = {path: client.get(path) for path in addresses(app, [approved.id, waiting.id])}

    assert len(answers) > 40
    broken = {path: one.status_code for path, one in answers.items() if one.status_code >= 500}
    assert set(broken) - {path for path in broken if path.startswith("/healthz")} == set()
    assert client.get(f"/api/items/{hit.id}").status_code == client.get(f"/items/{hit.id}").status_code == 404
    assert [path for path, one in answers.items() if words in one.get_data(as_text=True)] == []
    assert [path for path, one in answers.items() if f"{APPROVED}改" in one.get_data(as_text=True)] == []


def test_an_index_built_anew_leaves_out_what_no_decision_explains(
    database: Database, index: SearchIndex, approved: Item, damaged: str
) -> None:
    list(rebuild(database, index))

    assert dict(index.held()) in ({}, {approved.id: 1} if "{item}" in damaged else {})
