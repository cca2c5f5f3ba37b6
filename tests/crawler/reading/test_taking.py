"""crawler.reading.taking: what many channels bring at one moment is taken in together, each with its own outcome."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.exchange import Answer
from crawler.reading import taking as room
from crawler.reading.taking import A_BATCH, Taking
from indexer.catalogue.evidence import EvidenceStore
from indexer.catalogue.intake import Arrival, Outcome, Taken, take_in_all
from indexer.catalogue.items import Candidate
from indexer.records import evidence
from indexer.records.database import Database
from indexer.whitelist.records import Channel
from tests.simulators.answers import NOW

PAGE = Answer(url="http://a.example/list/", body="网页".encode(), headers={})


@pytest.fixture
def piece(channel: Channel, make_candidate: Callable[..., Candidate]) -> Callable[..., Candidate]:
    """Build a candidate of the channel; host: where it lies, by default on the channel's."""
    return lambda number=1, host=channel.hosts[0]: make_candidate(
        channel=channel.id, url=f"http://{host}/{number}.html"
    )


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many candidates each transaction had."""
    sizes: list[int] = []

    def counted(database: Database, arrived: list[Arrival], **others: int) -> object:
        sizes.append(len(arrived))
        return take_in_all(database, arrived, **others)

    monkeypatch.setattr(room, "take_in_all", counted)
    return sizes


def outcomes(taken: list[Taken | BaseException]) -> list[Outcome]:
    return [one.outcome for one in taken if isinstance(one, Taken)]


def test_what_comes_at_one_moment_is_one_transaction(
    database: Database, piece: Callable[..., Candidate], batches: list[int]
) -> None:
    pieces = [piece(number) for number in range(A_BATCH + 2)]

    async def two_channels() -> tuple[list[Taken | BaseException], list[Taken | BaseException]]:
        taking = Taking(database, clock=lambda: NOW)
        return await asyncio.gather(taking.take(pieces[:20]), taking.take(pieces[20:]))

    first, second = asyncio.run(two_channels())

    assert batches == [A_BATCH, 2]
    assert outcomes(first + second) == [Outcome.NEW_ITEM] * (A_BATCH + 2)


def test_the_same_piece_twice_in_a_batch_is_one_item(
    database: Database, piece: Callable[..., Candidate], batches: list[int]
) -> None:
    taking = Taking(database, clock=lambda: NOW)

    first, second = asyncio.run(taking.take([piece(), piece()]))

    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert (first.outcome, second.outcome) == (Outcome.NEW_ITEM, Outcome.UNCHANGED)
    assert first.item == second.item
    assert batches == [2]


def test_a_channel_that_is_read_alone_waits_for_nobody(
    database: Database, piece: Callable[..., Candidate], batches: list[int]
) -> None:
    taking = Taking(database, clock=lambda: NOW, seconds=3600.0, company=lambda: 1)

    taken = asyncio.run(taking.take([piece(), piece(2)]))

    assert outcomes(taken) == [Outcome.NEW_ITEM] * 2
    assert batches == [2]


def test_one_that_is_refused_and_one_that_fails_cost_the_others_nothing(
    database: Database, piece: Callable[..., Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = piece(), piece(2)
    foreign = piece(host="b.example")

    def stumble(records: Database, arrived: list[Arrival], **others: int) -> object:
        if any(one.candidate is bad for one in arrived):
            raise LookupError("over this one")
        return take_in_all(records, arrived, **others)

    monkeypatch.setattr(room, "take_in_all", stumble)

    first, second, third = asyncio.run(Taking(database, clock=lambda: NOW).take([good, bad, foreign]))

    assert outcomes([first, third]) == [Outcome.NEW_ITEM, Outcome.REFUSED]
    assert str(second) == "over this one"


def test_the_answer_is_kept_once_with_all_that_are_new_of_it(
    database: Database, piece: Callable[..., Candidate], tmp_path: Path
) -> None:
    store = EvidenceStore(tmp_path / "data")
    pieces = [piece(number) for number in range(3)]

    taken = asyncio.run(Taking(database, clock=lambda: NOW, store=store).take(pieces, PAGE))

    kept = [path for path in store.folder.rglob("*") if path.is_file()]
    items = [one.item for one in taken if isinstance(one, Taken) and one.item]
    with database.reading() as tx:
        rows = [row for item in items for row in evidence.of_item(tx, item)]
    assert len(kept) == 1
    assert [store.read(row) for row in rows] == [PAGE.body] * 3


def test_of_what_is_refused_or_unchanged_nothing_is_kept(
    database: Database, piece: Callable[..., Candidate], tmp_path: Path
) -> None:
    store = EvidenceStore(tmp_path / "data")
    asyncio.run(Taking(database, clock=lambda: NOW).take([piece()]))

    taken = asyncio.run(Taking(database, clock=lambda: NOW, store=store).take([piece(), piece(host="b.example")], PAGE))

    assert outcomes(taken) == [Outcome.UNCHANGED, Outcome.REFUSED]
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []
