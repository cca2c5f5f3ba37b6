"""Where the records are: a wrong address, a damaged file, another program's."""

import sqlite3
from pathlib import Path

import pytest

from tests.config.mis_set.commands import MAKES, READS, UP, Refusal


@pytest.mark.parametrize("words", [*READS, *MAKES], ids=" ".join)
@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("records.db", "is no database address"),
        ("postgresql://u:p@h:port/x", "is no database address"),
        ("mongodb://h/x", "'mongodb' is no database"),
        ("mysql://h/x", "'mysql' is no database"),
        ("sqlite+other:///x.db", "is no database address"),
        ("postgresql+pg8000://u:hunter2@h/x", "the driver 'pg8000' is not installed"),
    ],
)
def test_a_database_address_of_no_use_names_the_variable(
    words: tuple[str, ...], url: str, what: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", url)

    line = refusal(*words)

    assert line.startswith(f"CARNIVAL_DATABASE_URL: {what}")
    assert "hunter2" not in line


@pytest.mark.parametrize("words", [*READS, *MAKES], ids=" ".join)
def test_a_missing_folder_in_the_database_address_is_named_and_not_made(
    words: tuple[str, ...], refusal: Refusal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", f"sqlite:///{tmp_path}/missing/carnival.db")

    assert str(tmp_path / "missing") in refusal(*words)
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize("words", [*READS, *MAKES], ids=" ".join)
@pytest.mark.parametrize(
    "content", [b"no database at all\n" * 100, b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_record_file_is_named_with_what_helps(
    words: tuple[str, ...], content: bytes, refusal: Refusal, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "carnival.db").write_bytes(content)

    line = refusal(*words)

    assert line.startswith("CARNIVAL_DATA_FOLDER: The records data/carnival.db are ")
    assert "backup" in line
    assert (tmp_path / "data" / "carnival.db").read_bytes() == content


@pytest.mark.parametrize("words", [*READS, *MAKES], ids=" ".join)
def test_records_of_a_newer_program_are_left_alone(words: tuple[str, ...], refusal: Refusal, records: Path) -> None:
    with sqlite3.connect(records) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    assert "was written by a newer version of this program" in refusal(*words)


@pytest.mark.parametrize("words", [*READS, *MAKES], ids=" ".join)
def test_a_folder_in_the_place_of_the_records_is_named(
    words: tuple[str, ...], refusal: Refusal, tmp_path: Path
) -> None:
    (tmp_path / "data" / "carnival.db").mkdir(parents=True)

    assert "data/carnival.db is a folder" in refusal(*words)


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("mongodb://h/x", "CARNIVAL_DATABASE_URL: 'mongodb' is no database"),
        ("sqlite:///list.yaml", "CARNIVAL_DATABASE_URL: The records list.yaml are no SQLite database"),
        ("sqlite:///missing/x.db", "CARNIVAL_DATABASE_URL: the folder missing is not there"),
    ],
)
@pytest.mark.parametrize("last", [False, True], ids=["first run", "later"])
def test_what_a_process_of_up_refuses_is_the_one_line_that_up_says(
    url: str, what: str, last: bool, refusal: Refusal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATABASE_URL", url)
    (tmp_path / "data").mkdir()
    if last:  # the whitelist is in, so the site is the first to start
        (tmp_path / "data" / "whitelist-imported").touch()

    assert refusal(*UP).startswith(what)


def test_a_port_of_the_demo_that_cannot_be_read_is_named(refusal: Refusal, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "demo-port").write_text("once upon a time", encoding="utf-8")

    assert refusal("up", "--port", "0").startswith("environment: CARNIVAL_DATA_FOLDER: data/demo-port holds no port.")


@pytest.mark.parametrize("content", [b"", b"too short", b"\xff" * 64])
def test_a_session_key_that_is_none_is_named(content: bytes, refusal: Refusal, records: Path) -> None:
    (records.parent / "secret-key").write_bytes(content)

    line = refusal("web", "--port", "0")

    assert line.startswith("environment: CARNIVAL_DATA_FOLDER: data/secret-key holds no key. Delete it")
