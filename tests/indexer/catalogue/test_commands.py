"""`carnival evidence`: what a version was read from, checked against its hash."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.base.ids import ItemId
from indexer.catalogue.commands import evidence_command
from indexer.catalogue.evidence import EvidenceStore, Received
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import NOT_ASKED, Candidate
from indexer.records.database import Database
from indexer.whitelist.records import Channel


@pytest.fixture
def store(database: Database, records_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EvidenceStore:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", records_url)
    return EvidenceStore(tmp_path)


@pytest.fixture
def item(
    database: Database,
    channel: Channel,
    store: EvidenceStore,
    make_candidate: Callable[..., Candidate],
    now: datetime,
) -> ItemId:
    """An item of two versions, with evidence of each."""
    for text, body in (("第一稿。" * 9, b"first"), ("第二稿。" * 9, b"second")):
        received = Received(url="http://a.example/1.html", body=body, at=now, headers={"content-type": "text/html"})
        with store.prepared(received) as evidence:
            made = take_in(database, make_candidate(text=text), now=now, evidence=evidence).item
    assert made is not None
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(evidence_command, list(arguments))


def test_each_version_is_shown_with_what_it_was_read_from(item: ItemId) -> None:
    rows = json.loads(run(item, "--json").stdout)

    assert [(row["version"], row["size"], row["damage"]) for row in rows] == [(1, 5, None), (2, 6, None)]
    assert rows[0]["url"] == "http://a.example/1.html"
    assert "as received" in run(item).stdout


def test_a_page_that_was_pushed_as_a_file_has_no_status_of_a_site(
    database: Database, item: ItemId, store: EvidenceStore, make_candidate: Callable[..., Candidate], now: datetime
) -> None:
    pushed = Received(url="http://a.example/1.html", body=b"third", at=now, status=NOT_ASKED, headers={})
    with store.prepared(pushed) as evidence:
        take_in(database, make_candidate(text="第三稿。" * 9), now=now, evidence=evidence)

    rows = json.loads(run(item, "--json").stdout)

    assert [row["status"] for row in rows] == [200, 200, None]
    assert run(item).stdout.count("pushed as a file") == 1


def test_the_page_of_a_version_is_written_as_it_was_received_and_over_no_file(item: ItemId, tmp_path: Path) -> None:
    first, newest = tmp_path / "first.html", tmp_path / "newest.html"

    assert run(item, "--version", "1", "--output", str(first)).exit_code == 0
    assert run(item, "--output", str(newest)).exit_code == 0
    again = run(item, "--output", str(newest))

    assert (first.read_bytes(), newest.read_bytes(), again.exit_code) == (b"first", b"second", 1)


def test_damage_is_said_and_ends_with_one(item: ItemId, store: EvidenceStore) -> None:
    for path in store.folder.glob("??/*.gz"):
        path.write_bytes(b"")

    done = run(item, "--json")

    assert done.exit_code == 1
    assert all("does not hold the bytes" in row["damage"] for row in json.loads(done.stdout))


@pytest.mark.parametrize(
    ("arguments", "words"), [(["nothing"], "no item 'nothing'"), (["--version", "3"], "version 3")]
)
def test_what_is_not_there_is_named(item: ItemId, arguments: list[str], words: str) -> None:
    done = run(*([item, *arguments] if arguments[0].startswith("--") else arguments))

    assert done.exit_code == 1
    assert words in done.output
