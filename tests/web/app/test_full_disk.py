"""A decision on a full disk, or with the records gone: a page that says so, nothing decided, nothing half-written."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.catalogue.items import Item
from indexer.people.rights import Role
from indexer.records import decisions, outbox, people
from indexer.records.database import Database, RecordsDown
from indexer.review.records import State

DECISION = {"version": "1", "move": "approve", "state": "pending", "why": "", "reason": ""}


@contextmanager
def full_disk(records: Path) -> Iterator[None]:
    """No file of this process grows beyond the present length of the log: a real write fails, without a mount."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (records.with_name("carnival.db-wal").stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return tmp_path / "records" / "carnival.db"


def test_a_decision_on_a_full_disk_is_a_page_in_words_and_no_decision(
    desk_client: FlaskClient,
    database: Database,
    make_item: Callable[..., Item],
    stored: Callable[..., Item],
    records: Path,
) -> None:
    item = make_item()

    with full_disk(records):
        answer = desk_client.post(f"/review/items/{item.id}/decide", data=DECISION)

    assert answer.status_code == 503
    assert "没有保存，什么都没有改变" in answer.text
    assert (stored(item.id).state, stored(item.id).public) == (State.PENDING, None)
    with database.reading() as tx:
        assert (decisions.of_item(tx, item.id), outbox.depth(tx)) == ([], 0)

    assert desk_client.post(f"/review/items/{item.id}/decide", data=DECISION).status_code == 302
    assert stored(item.id).state is State.APPROVED


@pytest.mark.parametrize("path", ["/sign-in", "/review/batch", "/review/items/{item}/undo"])
def test_no_form_gives_a_fault_of_ours_on_a_full_disk(
    desk_client: FlaskClient, make_item: Callable[..., Item], records: Path, path: str
) -> None:
    item = make_item()
    data = {
        "move": "reject",
        "chosen": f"{item.id}@1@pending",
        "confirmed": "1",
        "words": "理由",
        "decision": "unknown",
        "why": "理由",
        "reason": "",
        "name": "编辑甲",
        "password": "x" * 12,
    }

    with full_disk(records):
        answer = desk_client.post(path.format(item=item.id), data=data)

    assert answer.status_code in (302, 401, 503)


@pytest.mark.parametrize("path", ["/units/unit-a", "/api/items/{item}", "/items/{item}", "/review/"])
def test_records_that_went_away_are_a_page_in_words(
    desk_client: FlaskClient, make_item: Callable[..., Item], records: Path, path: str
) -> None:
    item = make_item()
    records.rename(records.with_name("elsewhere.db"))

    answer = desk_client.get(path.format(item=item.id))

    assert answer.status_code == 503
    assert "暂时无法保存" in answer.text


def test_a_decision_into_a_deleted_file_is_not_taken_for_made(
    desk_client: FlaskClient, make_item: Callable[..., Item], records: Path
) -> None:
    item = make_item()
    records.unlink()

    assert desk_client.post(f"/review/items/{item.id}/decide", data=DECISION).status_code == 503


def test_records_on_a_disk_that_is_really_full_stay_whole(small_disk: Path, fill: Callable[[Path], Path]) -> None:
    database = Database.open(f"sqlite:///{small_disk / 'carnival.db'}")
    ballast = fill(small_disk)

    with pytest.raises(RecordsDown, match=r"the disk is full\. Nothing was written"):
        _add_people(database)
    ballast.unlink()

    with database.transaction() as tx:
        people.add_user(tx, "后来的人", role=Role.EDITOR, unit=None, password_hash="none")
    with database.reading() as tx:
        assert people.by_name(tx, "后来的人") is not None
        assert people.by_name(tx, "人0") is None
    database.close()


def _add_people(database: Database) -> None:
    with database.transaction() as tx:
        for number in range(200):
            people.add_user(tx, f"人{number}", role=Role.EDITOR, unit=None, password_hash="x" * 3000)
