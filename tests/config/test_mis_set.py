"""Every command × everything an operator can mis-set: one line a fault, exit code 2, no traceback, nothing made."""

import ctypes
import io
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from config.cli import main
from indexer.accounts import User
from indexer.items import Item, Move, State
from indexer.records.database import Database
from indexer.review import desk

READS = (
    ("status",),
    ("units", "list"),
    ("units", "suspend", "x", "--why", "y"),
    ("users", "list"),
    ("users", "unlock", "x"),
    ("index", "check"),
    ("index", "publish"),
    ("reindex",),
    ("push", "http://a.example/1", "--channel", "x"),
    ("crawl", "--channel", "x"),
)
MAKES = (
    ("web", "--port", "0"),
    ("crawl",),
    ("users", "add", "x", "--role", "editor", "--password-stdin"),
    ("units", "import", "list.yaml", "--yes"),
)
UP = ("up", "--no-demo", "--port", "0")  # starts processes of its own, so it is not tried with everything
LONG_RUNNING = (("web", "--port", "0"), UP, ("crawl",), ("crawl", "--once"))
CHECKS = ("units", "check")
WHITELIST = (
    'units: [{name: 示例馆, system: 区, district: 海淀区, channels: [{kind: site, address: "http://h.example/"}]}]\n'
)

DROP_FROM_BOUNDING_SET = 24  # prctl(2)
OVERRIDE_RIGHTS, READ_ANYTHING, LOW_PORTS = 1, 2, 10  # capabilities(7), by which root passes every check
FIRST_FREE_PORT = int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text())

Refusal = Callable[..., str]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.yaml").write_text(WHITELIST, encoding="utf-8")


@pytest.fixture
def refusal(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Refusal:
    """Run `carnival …` (port 0: a free one), hold it to exit code 2 and one line on stderr, and give that line."""

    def carnival(*words: str) -> str:
        given = [free_port() if word == "0" else word for word in words]
        monkeypatch.setattr(sys, "argv", ["carnival", *given])
        monkeypatch.setattr(sys, "stdin", io.StringIO("a long example passphrase\n"))
        with pytest.raises(SystemExit) as stop:
            main()
        said = capfd.readouterr()
        assert (stop.value.code, said.out) == (2, ""), said.err
        (line,) = said.err.splitlines()
        assert line.endswith((".", "?"))  # what to do is a sentence
        return line

    return carnival


@pytest.fixture
def refusal_without_rights() -> Refusal:
    """The same in a process to which rights and low ports apply, though it may run as root."""

    def carnival(*words: str) -> str:
        command = [sys.executable, "-m", "config", *words]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=False, preexec_fn=drop_privileges
        )
        assert (done.returncode, done.stdout) == (2, ""), done.stderr
        (line,) = done.stderr.splitlines()
        return line

    return carnival


def drop_privileges() -> None:
    process = ctypes.CDLL(None)
    for capability in (OVERRIDE_RIGHTS, READ_ANYTHING, LOW_PORTS):
        process.prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def listener() -> Iterator[str]:
    """A port on which something listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield str(taken.getsockname()[1])


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """The file of good records in `data`."""
    (tmp_path / "data").mkdir()
    Database.open(f"sqlite:///{tmp_path / 'data' / 'carnival.db'}").close()
    return tmp_path / "data" / "carnival.db"


# Where the records are


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


# The data folder


@pytest.mark.parametrize("words", [*MAKES, UP], ids=" ".join)
@pytest.mark.parametrize(
    ("folder", "what"),
    [
        ("list.yaml", "list.yaml is or lies in a file"),
        ("list.yaml/data", "list.yaml/data is or lies in a file"),
        ("/proc/data", "the folder /proc/data cannot be made"),
    ],
)
def test_a_data_folder_that_cannot_be_is_named(
    words: tuple[str, ...], folder: str, what: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", folder)

    assert refusal(*words).startswith(f"environment: CARNIVAL_DATA_FOLDER: {what}")


@pytest.mark.parametrize("words", READS, ids=" ".join)
@pytest.mark.parametrize("folder", ["list.yaml", "/proc/data", "daat"])
def test_a_mistyped_data_folder_is_named_and_not_made_by_what_only_reads(
    words: tuple[str, ...], folder: str, refusal: Refusal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", folder)
    before = sorted(tmp_path.rglob("*"))

    line = refusal(*words)

    assert line.startswith(f"CARNIVAL_DATA_FOLDER: there are no records at {folder}/carnival.db. Correct")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "words", [("web",), ("up", "--no-demo"), ("crawl",), ("units", "import", "list.yaml", "--yes")]
)
def test_a_read_only_data_folder_is_named(
    words: tuple[str, ...], refusal_without_rights: Refusal, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir(mode=0o500)

    line = refusal_without_rights(*words)

    assert line.startswith("environment: CARNIVAL_DATA_FOLDER: the folder data cannot be written to.")


# The files that a deployment reads


@pytest.mark.parametrize("words", [*LONG_RUNNING, CHECKS, ("demo", "prepare")], ids=" ".join)
@pytest.mark.parametrize("name", ["POLICY", "TAXONOMY", "EDITIONS", "UNITS"])
@pytest.mark.parametrize(
    ("content", "what"), [(None, "cannot be read: No such file"), ("- surprise\n", "is no mapping of keys to values")]
)
def test_a_bad_or_missing_file_is_named_before_work_begins(
    words: tuple[str, ...],
    name: str,
    content: str | None,
    what: str,
    refusal: Refusal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(f"CARNIVAL_{name}_FILE", "mine.yaml")
    if content:
        (tmp_path / "mine.yaml").write_text(content, encoding="utf-8")

    line = refusal(*words)

    assert line.startswith("mine.yaml:")
    assert what in line
    assert not (tmp_path / "data").exists()


# Names and values of settings


@pytest.mark.parametrize("words", [*READS, *MAKES, UP, CHECKS, ("demo", "prepare")], ids=" ".join)
def test_a_mistyped_variable_is_named_with_the_nearest_right_one(
    words: tuple[str, ...], refusal: Refusal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FODLER", "elsewhere")

    line = refusal(*words)

    assert line == "environment: CARNIVAL_DATA_FODLER: is no setting. Did you mean `CARNIVAL_DATA_FOLDER`?"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"CARNIVAL_PROT=9000\n", ".env: CARNIVAL_PROT: is no setting. Did you mean `CARNIVAL_PORT`?"),
        (b"A=1\nthis is no setting\n", ".env:2: is no line `NAME=value`. Correct or remove it."),
        ("CARNIVAL_SITE_NAME=云端".encode("gbk"), ".env:1: is not in UTF-8 from this line on. Save"),
    ],
)
@pytest.mark.parametrize("words", [("status",), ("web",), ("up",)], ids=" ".join)
def test_an_environment_file_that_cannot_be_read_is_named(
    words: tuple[str, ...], content: bytes, line: str, refusal: Refusal, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_bytes(content)

    assert refusal(*words).startswith(line)


def test_an_environment_file_without_the_right_to_read_it_is_named(
    refusal_without_rights: Refusal, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("CARNIVAL_PORT=9000\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0)

    assert refusal_without_rights("status") == ".env: cannot be read: Permission denied. Check the path."


@pytest.mark.parametrize(
    ("variable", "value", "what"),
    [
        ("CARNIVAL_DEMO_PORT", "abc", "'abc' is no whole number"),
        ("CARNIVAL_MEILISEARCH_URL", "127.0.0.1:7700", "'127.0.0.1:7700' is no web address"),
        ("CARNIVAL_EMBEDDER", "nano", "'nano' is not known here"),
    ],
)
def test_a_wrong_value_is_named_by_its_variable(
    variable: str, value: str, what: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)

    assert refusal("up").startswith(f"environment: {variable}: {what}")


# Where the site listens


@pytest.mark.parametrize("command", ["web", "up"])
def test_a_port_that_is_taken_is_named(command: str, refusal: Refusal, listener: str, tmp_path: Path) -> None:
    line = refusal(command, "--port", listener)

    assert line == (
        f"command line: --port: port {listener} is taken. Stop what listens there, or choose another by --port."
    )
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", [("web",), ("up",), ("up", "--no-demo")], ids=" ".join)
def test_a_port_of_the_environment_that_is_taken_is_named_by_its_variable(
    command: tuple[str, ...], refusal: Refusal, listener: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_PORT", listener)

    assert refusal(*command).startswith(f"environment: CARNIVAL_PORT: port {listener} is taken.")


@pytest.mark.parametrize("words", [("demo", "serve", "--port"), ("up", "--port", "0", "--demo-port")], ids=" ".join)
def test_a_port_of_the_simulator_that_is_taken_is_named(
    words: tuple[str, ...], refusal: Refusal, listener: str
) -> None:
    assert f"port {listener} is taken." in refusal(*words, listener)


@pytest.mark.parametrize("command", ["web", "up"])
@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1", "a" * 70, "*"])
def test_a_host_that_is_no_address_of_this_machine_is_named(
    command: str, host: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_HOST", host)

    line = refusal(command, "--port", "0")

    assert line.startswith(f"environment: CARNIVAL_HOST: '{host}' is no address of this machine.")


@pytest.mark.skipif(
    int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text()) <= 80,
    reason="here everyone may listen on 80",
)
@pytest.mark.parametrize("command", ["web", "up"])
def test_a_port_kept_for_root_is_named(command: str, refusal_without_rights: Refusal) -> None:
    line = refusal_without_rights(command, "--port", "80")

    assert line.startswith("command line: --port: port 80 is kept for root. Choose one from 1024 on")


# Search and models


@pytest.fixture
def nobody_answers(
    database: Database,
    make_item: Callable[..., Item],
    make_user: Callable[..., User],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An approved item of which a Meilisearch that is not there has to be told."""
    item, seen = make_item().id, State.PENDING
    desk.decide(database, item=item, version=1, state=seen, move=Move.APPROVE, who=make_user(), why="", now=now)
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", "records")
    monkeypatch.setenv("CARNIVAL_SEARCH_ENGINE", "meilisearch")
    monkeypatch.setenv("CARNIVAL_MEILISEARCH_URL", f"http://127.0.0.1:{free_port()}")


@pytest.mark.parametrize("words", [("index", "publish"), ("index", "check"), ("reindex",)], ids=" ".join)
def test_a_meilisearch_that_does_not_answer_is_named(
    words: tuple[str, ...], refusal: Refusal, nobody_answers: None
) -> None:

    line = refusal(*words)

    assert line.startswith("search index: Meilisearch does not answer as it should:")
    assert "Check CARNIVAL_MEILISEARCH_URL and CARNIVAL_MEILISEARCH_KEY." in line


@pytest.mark.parametrize("words", [("crawl",), ("crawl", "--once")], ids=" ".join)
def test_a_model_whose_package_is_missing_is_named(
    words: tuple[str, ...], refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_EMBEDDER", "sentence_transformers")
    monkeypatch.setattr("indexer.embeddings.factory.PACKAGE", "no_such_package")

    line = refusal(*words)

    assert line.startswith("CARNIVAL_EMBEDDER: sentence_transformers needs a package that is not installed.")


# What is no refusal


def test_a_name_far_from_every_setting_costs_one_line_of_warning(
    records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_XYZZY", "1")
    monkeypatch.setenv("CARNIVAL_FIXTURES", "/nowhere")
    monkeypatch.setenv("CARNIVAL_TEST_ANYTHING", "1")
    done = subprocess.run(
        [sys.executable, "-m", "config", "users", "list"], capture_output=True, text=True, timeout=60, check=False
    )

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "environment: CARNIVAL_XYZZY: is no setting, and is not used; docs/settings.md lists those there are"
    ]
