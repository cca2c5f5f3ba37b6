"""`carnival demo prepare`: the whole campaign, also where an earlier try was killed."""

import json
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.prepare import EDITION, STEPS, counts
from crawler.demo.simulator import serve
from indexer.base.times import now
from indexer.catalogue.items import ItemKind
from indexer.commands.status import difference
from indexer.people.rights import Role
from indexer.people.sign_in import sign_in
from indexer.records import channels, clusters, decisions, people, understood
from indexer.records.database import Database
from indexer.review.records import State
from indexer.search.tantivy.index import TantivyIndex
from tests.serving import served

WAIT_SECONDS, LOOK_SECONDS = 60.0, 0.05
ITEMS = 65


@dataclass(frozen=True)
class Prepared:
    """A data folder after a killed try and two whole ones; results: what these two printed."""

    folder: Path
    database: Database
    results: tuple[dict[str, Any], dict[str, Any]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    folder = tmp_path_factory.mktemp("demo")
    with serve(0) as server, served(server):
        database = Database.open(f"sqlite:///{folder / 'carnival.db'}")
        _kill_midway(folder, server.server_port, database)
        results = (_prepare(folder, server.server_port), _prepare(folder, server.server_port))
        yield Prepared(folder, database, results)
        database.close()


def start(folder: Path, port: int) -> subprocess.Popen[str]:
    """Start `carnival demo prepare`."""
    command = [sys.executable, "-m", "config", "demo", "prepare", "--json", "--port", str(port)]
    environment = {**os.environ, "CARNIVAL_DATA_FOLDER": str(folder)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _prepare(folder: Path, port: int) -> dict[str, Any]:
    process = start(folder, port)
    output, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    found: dict[str, Any] = json.loads(output)
    return found


def _kill_midway(folder: Path, port: int, database: Database) -> None:
    """Kill the first try as soon as some items are in."""
    process, until = start(folder, port), time.monotonic() + WAIT_SECONDS
    while _held(database) < 5:
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < until, "no item came in"
        threading.Event().wait(LOOK_SECONDS)
    process.kill()
    process.communicate()


def _held(database: Database) -> int:
    with database.reading() as tx:
        return len(understood.all_latest(tx, after=None, limit=100))


def test_after_a_kill_every_item_is_there_once(prepared: Prepared) -> None:
    assert _held(prepared.database) == ITEMS


def test_about_half_is_approved_and_half_waits(prepared: Prepared) -> None:
    states = prepared.results[0]["items"]

    assert 28 <= states[State.APPROVED] <= 36
    assert 20 <= states[State.PENDING] <= 30
    assert (states[State.REJECTED], states[State.HELD]) == (2, 1)


def test_preparing_again_changes_nothing(prepared: Prepared) -> None:
    first, again = prepared.results

    assert again["items"] == first["items"]
    assert (again["steps"]["collected"], again["steps"]["decided"], again["steps"]["published"]) == (0, 0, 0)


def test_each_decision_names_the_policy_and_a_reason(prepared: Prepared) -> None:
    with prepared.database.reading() as tx:
        made = decisions.recent(tx, limit=100)

    assert {decision.who for decision in made} == {"demo-policy"}
    assert [decision for decision in made if not decision.why] == []


def test_the_index_holds_what_is_approved(prepared: Prepared) -> None:
    assert not difference(prepared.database, TantivyIndex(prepared.folder / "search"))


def test_videos_and_activities_are_among_them(prepared: Prepared) -> None:
    with prepared.database.reading() as tx:
        kinds = [item.kind for item, _ in understood.all_latest(tx, after=None, limit=100)]

    assert (kinds.count(ItemKind.VIDEO), kinds.count(ItemKind.ACTIVITY)) == (5, 5)


def test_the_three_channels_of_one_story_are_one_cluster(prepared: Prepared) -> None:
    with prepared.database.reading() as tx:
        story = next(
            item for item, version in understood.all_latest(tx, after=None, limit=100) if "圆缺" in version.title
        )
        members = clusters.members(tx, story.cluster)

    assert len({member.channel for member in members}) == 3


def test_the_sign_ins_work_and_only_their_owner_reads_the_file(prepared: Prepared) -> None:
    file = prepared.folder / "demo-sign-ins.json"
    passwords = json.loads(file.read_text(encoding="utf-8"))

    people_in = [sign_in(prepared.database, name, password, now=now()) for name, password in passwords.items()]

    assert {person.role for person in people_in} == {Role.EDITOR, Role.UNIT, Role.ADMIN}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_policy_has_an_account_so_that_nobody_else_takes_its_name(prepared: Prepared) -> None:
    with prepared.database.reading() as tx:
        policy = people.by_name(tx, "demo-policy")

    assert policy is not None


def test_without_its_simulator_it_says_what_to_start_and_makes_nothing(tmp_path: Path) -> None:
    with socket.socket() as taken:  # bound and never listening: nothing answers there
        taken.bind(("127.0.0.1", 0))
        process = start(tmp_path / "data", taken.getsockname()[1])
        _output, errors = process.communicate(timeout=120)

    assert process.returncode == 1
    assert "carnival demo serve --port" in errors
    assert not (tmp_path / "data").exists()


def test_another_server_on_the_port_is_not_taken_for_the_simulator(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler) as other, served(other):
        process = start(tmp_path / "data", other.server_port)
        _output, errors = process.communicate(timeout=120)

    assert process.returncode == 1
    assert "no demo simulator answers" in errors
    assert not (tmp_path / "data").exists()


def test_without_its_simulator_a_prepared_campaign_keeps_its_addresses(prepared: Prepared) -> None:
    before = _addresses(prepared.database)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        process = start(prepared.folder, taken.getsockname()[1])
        process.communicate(timeout=120)

    assert process.returncode == 1
    assert _addresses(prepared.database) == before


def _addresses(database: Database) -> dict[str, str | None]:
    with database.reading() as tx:
        return {channel.id: channel.address for channel in channels.channels(tx)}


def test_the_steps_are_told_in_the_order_in_which_they_are_made() -> None:
    assert list(STEPS) == ["units", "collected", "pushed", "pictures", "understood", "decided", "published"]
    assert EDITION.starts <= EDITION.ends


def test_an_empty_catalogue_counts_nothing(database: Database) -> None:
    assert sum(counts(database).values()) == 0
