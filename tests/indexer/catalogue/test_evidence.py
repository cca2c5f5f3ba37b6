"""indexer.catalogue.evidence: bytes are kept as received, once, whole or not at all."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.base.ids import ItemId
from indexer.catalogue import evidence
from indexer.catalogue.evidence import EvidenceDamaged, EvidenceStore, Received, settle, write_all
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Evidence
from indexer.records.database import Database
from indexer.whitelist.records import Channel

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)
HEADERS = {"content-type": "text/html; charset=gbk", "set-cookie": "visitor=1", "x-odd": "a\0\ud800b"}
PAGE = Received(url="http://a.example/1.html", body="网页".encode("gbk") * 5000, at=NOW, headers=HEADERS)

OTHER = replace(PAGE, body=b"another page")


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path)


def kept(store: EvidenceStore, received: Received = PAGE, *, version: int = 1) -> Evidence:
    with store.prepared(received) as prepared:
        return prepared.keep(ItemId("item"), version)


def left(store: EvidenceStore) -> list[str]:
    return sorted(path.name for path in store.folder.rglob("*") if path.is_file())


def test_what_is_kept_comes_back_byte_by_byte(store: EvidenceStore) -> None:
    row = kept(store)

    assert store.read(row) == PAGE.body
    assert (row.size, row.status, row.received_at) == (len(PAGE.body), 200, NOW)
    assert store.path(row.sha256).stat().st_size < row.size / 10
    assert left(store) == [store.path(row.sha256).name]


def test_of_the_headers_no_cookie_is_kept_and_nothing_that_cannot_be_stored(store: EvidenceStore) -> None:
    assert kept(store).headers == {"content-type": "text/html; charset=gbk", "x-odd": "a\ufffd\ufffdb"}


def test_the_same_bytes_are_kept_once(store: EvidenceStore) -> None:
    with store.prepared(PAGE) as one, store.prepared(PAGE) as other:
        rows = [prepared.keep(ItemId("item"), version) for version, prepared in enumerate((one, other, one), 1)]

    assert {row.sha256 for row in rows} == {rows[0].sha256}
    assert left(store) == [f"{rows[0].sha256}.gz"]


def test_what_nobody_keeps_leaves_nothing(store: EvidenceStore) -> None:
    with store.prepared(PAGE) as prepared:
        assert left(store) == []
        write_all([prepared])
        assert left(store) != []

    assert left(store) == []


def test_of_many_each_is_written_once_and_its_folder_is_waited_for_once(
    store: EvidenceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[Path] = []
    monkeypatch.setattr(evidence, "sync", waited.append)
    with store.prepared(PAGE) as one, store.prepared(PAGE) as same, store.prepared(OTHER) as other:
        write_all([one, same, other])
        assert len(left(store)) == 2
        rows = [each.keep(ItemId(f"item-{number}"), 1) for number, each in enumerate((one, same, other))]
        settle([one, same, other])
        settle([one, same, other])

    assert [store.read(row) for row in rows] == [PAGE.body, PAGE.body, OTHER.body]
    assert sorted(waited) == sorted({store.path(row.sha256).parent for row in rows})


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda path: path.unlink(), "is not there"),
        (lambda path: path.write_bytes(path.read_bytes()[:40]), "cannot be unpacked"),
        (lambda path: path.write_bytes(b"no gzip"), "cannot be unpacked"),
        (lambda path: path.write_bytes(gzip.compress(b"another page")), "does not hold the bytes"),
        (lambda path: path.write_bytes(gzip.compress(PAGE.body + b" ")), "does not hold the bytes"),
    ],
    ids=["gone", "cut", "no gzip", "another", "longer"],
)
def test_damage_is_named(store: EvidenceStore, damage: object, words: str) -> None:
    row = kept(store)
    assert callable(damage)
    damage(store.path(row.sha256))

    with pytest.raises(EvidenceDamaged, match=words):
        store.read(row)


def test_an_answer_that_brings_nothing_new_is_not_written_even_beside_the_store(
    store: EvidenceStore, database: Database, channel: Channel, make_candidate: Callable[..., Candidate]
) -> None:
    with store.prepared(PAGE) as prepared:
        take_in(database, make_candidate(channel=channel.id), now=NOW, evidence=prepared)
    there = left(store)
    other = replace(PAGE, body=PAGE.body + b" ")

    with store.prepared(other) as prepared:
        take_in(database, make_candidate(channel=channel.id), now=NOW, evidence=prepared)
        unchanged = left(store)
        take_in(database, make_candidate(channel=channel.id, title="改过的标题"), now=NOW, evidence=prepared)

    assert (len(there), unchanged, len(left(store))) == (1, there, 2)
