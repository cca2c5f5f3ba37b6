"""Every command × everything an operator can mis-set: one line a fault, exit code 2, no traceback, nothing made."""

import ctypes
import io
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.command.cli import main
from indexer.records.database import Database
from tests.config.mis_set.commands import Refusal, free_port

WHITELIST = (
    'units: [{name: 示例馆, system: 区, district: 海淀区, channels: [{kind: site, address: "http://h.example/"}]}]\n'
)

DROP_FROM_BOUNDING_SET = 24  # prctl(2)
OVERRIDE_RIGHTS, READ_ANYTHING, LOW_PORTS = 1, 2, 10  # capabilities(7), by which root passes every check


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
