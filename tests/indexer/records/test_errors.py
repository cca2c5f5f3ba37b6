"""indexer.records.errors: what an error of the database means: for good, for now, or the statement's own."""

import sqlite3

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from indexer.records.errors import LASTING, PASSING, RecordsDown, RecordsRefused, trouble_of


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("told by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize("code", PASSING)
def test_what_may_pass_says_what_to_look_at(code: int) -> None:
    trouble = trouble_of(sqlite_error(code), place="/data/carnival.db", is_writing=True)

    assert isinstance(trouble, RecordsDown)
    assert "/data/carnival.db" in str(trouble)


@pytest.mark.parametrize("code", LASTING)
def test_damage_is_for_good_and_names_the_restore(code: int) -> None:
    trouble = trouble_of(sqlite_error(code), place="x", is_writing=False)

    assert isinstance(trouble, RecordsRefused)
    assert "carnival restore" in str(trouble)


def test_the_kinds_of_one_trouble_are_that_trouble() -> None:
    assert isinstance(trouble_of(sqlite_error(sqlite3.SQLITE_IOERR_FSYNC), place="x", is_writing=True), RecordsDown)


@pytest.mark.parametrize(("writing", "is_trouble"), [(True, True), (False, False)])
def test_a_reading_that_may_not_write_is_no_trouble(*, writing: bool, is_trouble: bool) -> None:
    found = trouble_of(sqlite_error(sqlite3.SQLITE_READONLY), place="x", is_writing=writing)

    assert (found is not None) is is_trouble


def test_a_fault_of_the_statement_is_none_of_the_database() -> None:
    assert trouble_of(sqlite_error(sqlite3.SQLITE_CONSTRAINT), place="x", is_writing=True) is None


def test_a_server_that_does_not_answer_is_told_by_its_first_line() -> None:
    down = trouble_of(OperationalError("s", {}, Exception("refused\nmore")), place="pg", is_writing=True)

    assert isinstance(down, RecordsDown)
    assert "refused" in str(down)
    assert "more" not in str(down)
    assert trouble_of(IntegrityError("s", {}, Exception("twice")), place="pg", is_writing=True) is None


def test_a_lost_connection_is_tried_again() -> None:
    lost = OperationalError("s", {}, Exception("x"), connection_invalidated=True)

    assert "lost the connection" in str(trouble_of(lost, place="pg", is_writing=True))
