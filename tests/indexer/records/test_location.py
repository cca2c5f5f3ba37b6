"""indexer.records.location: where the records are said to lie, checked before anything is made."""

from pathlib import Path

import pytest

from indexer.records.errors import RecordsMissing, RecordsRefused
from indexer.records.location import VARIABLE, Missing, check_file, engine_of, read_address, refusals


@pytest.mark.parametrize("url", ["", "no address", "mysql://a/b", "postgres://u:secret@h/n", "sqlite"])
def test_what_is_no_address_of_records_names_the_setting_and_no_password(url: str) -> None:
    with pytest.raises(RecordsRefused, match=VARIABLE) as refused:
        read_address(url, VARIABLE)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["sqlite:////data/carnival.db", "postgresql+psycopg://u:p@h/n"])
def test_both_kinds_of_address_are_read(url: str) -> None:
    assert read_address(url, VARIABLE).render_as_string(hide_password=False) == url


def test_a_driver_that_is_not_installed_is_named_with_the_remedy() -> None:
    address = read_address("postgresql+pg8000://h/n", VARIABLE)

    with pytest.raises(RecordsRefused, match=r"(?s)driver 'pg8000'.*pip install"):
        engine_of(address, VARIABLE)


def test_a_file_that_is_not_there_is_missing_only_where_nothing_is_made(tmp_path: Path) -> None:
    file = tmp_path / "carnival.db"

    check_file(file, Missing.FILE_MADE, VARIABLE)
    check_file(tmp_path / "gone" / "carnival.db", Missing.MADE, VARIABLE)
    with pytest.raises(RecordsMissing, match="no records"):
        check_file(file, Missing.REFUSED, VARIABLE)
    with pytest.raises(RecordsRefused, match="the folder"):
        check_file(tmp_path / "gone" / "carnival.db", Missing.FILE_MADE, VARIABLE)


def test_an_empty_file_holds_no_records_and_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()

    with pytest.raises(RecordsMissing):
        check_file(tmp_path / "empty", Missing.REFUSED, VARIABLE)
    with pytest.raises(RecordsRefused, match="is a folder"):
        check_file(tmp_path, Missing.MADE, VARIABLE)


def test_what_the_disk_says_while_opening_is_said_with_the_place(tmp_path: Path) -> None:
    address = read_address(f"sqlite:///{tmp_path}/carnival.db", VARIABLE)

    with pytest.raises(RecordsRefused, match="cannot be opened: Permission denied"), refusals(address, VARIABLE):
        raise PermissionError(13, "Permission denied")
