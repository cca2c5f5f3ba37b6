"""/healthz says which part does not serve, and says ok only where all do."""

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config.settings import Settings
from indexer.base import times
from indexer.catalogue.items import Item
from indexer.people.accounts import User
from indexer.records import heartbeats
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Move, State
from indexer.search.port import SearchIndex
from web.app.disk import DiskProbe
from web.app.site import EXTENSION
from web.public.health import ROBOTS


def asked(client: FlaskClient) -> tuple[int, dict[str, Any]]:
    answer = client.get("/healthz")
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.get_json()


@pytest.fixture
def public(make_item: Callable[..., Item], move: Callable[..., None]) -> Item:
    item = make_item()
    move(item, Move.APPROVE)
    return item


@pytest.mark.usefixtures("public")
def test_where_all_is_well_it_says_so(client: FlaskClient) -> None:
    status, said = asked(client)

    assert (status, said["status"]) == (200, "ok")
    assert (said["database"], said["disk"], said["index"], said["collector"], said["worker"]) == (
        "ok",
        "ok",
        "ok",
        "never",
        "never",
    )
    assert (said["items"], said["indexed"], said["waiting_for_index"]) == (1, 1, 0)


@pytest.mark.usefixtures("public")
def test_an_index_that_was_deleted_is_named(client: FlaskClient, settings: Settings) -> None:
    # In one step: behind an open writer tantivy may still merge files there.
    (settings.data_folder / "search").rename(settings.data_folder / "away")

    status, said = asked(client)

    assert (status, said["status"], said["index"], said["database"]) == (503, "down", "differs", "ok")


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize("damage", ["current.json", "meta.json"])
def test_an_index_that_is_damaged_is_named(client: FlaskClient, settings: Settings, damage: str) -> None:
    for file in (settings.data_folder / "search").rglob(damage):
        file.write_bytes(b"{")

    status, said = asked(client)

    assert (status, said["index"]) == (503, "down")


@pytest.mark.usefixtures("public")
def test_an_index_that_lacks_what_is_public_is_named(client: FlaskClient, index: SearchIndex, public: Item) -> None:
    index.remove([public.id])

    assert asked(client)[1]["index"] == "differs"


def test_what_the_outbox_still_has_to_tell_is_no_difference(
    client: FlaskClient, database: Database, make_item: Callable[..., Item], editor: User, now: datetime
) -> None:
    item = make_item()
    desk.decide(database, item=item.id, version=1, state=State.PENDING, move=Move.APPROVE, who=editor, why="", now=now)

    status, said = asked(client)

    assert (status, said["index"], said["waiting_for_index"]) == (200, "ok", 1)


def test_records_that_went_away_are_named(client: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "records" / "carnival.db").rename(tmp_path / "elsewhere.db")

    status, said = asked(client)

    assert (status, said["database"], said["index"]) == (503, "down", "down")


@pytest.mark.parametrize("part", [heartbeats.COLLECTOR, heartbeats.WORKER])
@pytest.mark.parametrize(
    ("ago", "how", "status"),
    [
        (timedelta(seconds=30), "ok", "ok"),
        (timedelta(hours=1), "silent", "degraded"),
        (-timedelta(days=1), "silent", "degraded"),
    ],
)
def test_a_collector_or_worker_that_is_silent_is_named_and_the_site_serves_on(
    client: FlaskClient, database: Database, part: str, ago: timedelta, how: str, status: str
) -> None:
    with database.transaction() as tx:
        heartbeats.beat(tx, part, at=times.now() - ago)

    code, said = asked(client)

    assert (code, said[part], said["status"]) == (200, how, status)


def test_a_disk_that_is_really_full_is_down_until_there_is_room(small_disk: Path, fill: Callable[[Path], Path]) -> None:
    probe = DiskProbe([small_disk])
    assert probe.state(now=0) == "ok"
    ballast = fill(small_disk)

    assert probe.state(now=10) == "down"
    ballast.unlink()
    assert probe.state(now=20) == "ok"


def test_a_read_only_disk_is_down(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    assert DiskProbe([small_disk]).state(now=0) == "down"


def test_a_folder_that_is_gone_is_down(tmp_path: Path) -> None:
    assert DiskProbe([tmp_path, tmp_path / "gone"]).state(now=0) == "down"


def test_a_disk_that_is_down_is_named_by_the_page(app: Flask, client: FlaskClient, settings: Settings) -> None:
    object.__setattr__(app.extensions[EXTENSION], "disk", DiskProbe([settings.data_folder / "gone"]))

    status, said = asked(client)

    assert (status, said["status"], said["disk"], said["index"]) == (503, "down", "down", "ok")


def test_the_disk_is_asked_at_most_every_few_seconds(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    probe = DiskProbe([folder], every_seconds=5)
    assert probe.state(now=100) == "ok"
    folder.rmdir()

    assert probe.state(now=104) == "ok"
    assert probe.state(now=105) == "down"


def test_the_probe_leaves_nothing_behind(tmp_path: Path) -> None:
    DiskProbe([tmp_path]).state(now=0)

    assert list(tmp_path.iterdir()) == []


def test_robots_are_kept_out_of_desks_and_searches(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text.startswith(ROBOTS)
    assert {line.partition(": ")[2] for line in ROBOTS.splitlines()} >= {"/review/", "/unit/", "/search"}
