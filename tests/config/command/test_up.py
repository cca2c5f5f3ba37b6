"""config.command.up: what is refused before anything starts, and what the processes see."""

import contextlib
import io
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from config.command.service import Service, Start
from config.command.up import environment, up_command
from config.settings import Settings


class Known(Service):
    """One that names a variable."""

    def prepare(self, start: Start) -> dict[str, str]:
        return {"CARNIVAL_SITE_NAME": "示例"}


def test_a_second_up_on_the_same_folder_is_refused_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path))

    with FileLock(tmp_path / "up.lock"):
        result = CliRunner().invoke(up_command, [])

    assert result.exit_code == 1
    assert "in use by another `carnival up`" in result.output


def test_a_taken_port_is_refused_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]

        result = CliRunner().invoke(up_command, ["--no-demo", "--port", str(port)])

    assert result.exit_code == 2
    assert f"command line: --port: port {port} is taken." in result.output
    assert not (tmp_path / "carnival.db").exists()


def test_the_options_are_those_of_the_services() -> None:
    shown = CliRunner().invoke(up_command, ["--help"]).output

    assert [name for name in ("--port", "--demo / --no-demo", "--demo-port") if name not in shown] == []


def test_processes_see_what_the_services_add_and_no_name_that_was_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_SOMETHING_ELSE", "1")
    monkeypatch.setenv("CARNIVAL_ICP_NUMBER", "一号")
    start = Start(settings=Settings(data_folder=tmp_path), options={})

    seen = environment(start, [Service("crawl"), Known("web")])

    names = ("CARNIVAL_SOMETHING_ELSE", "CARNIVAL_ICP_NUMBER", "CARNIVAL_SITE_NAME", "CARNIVAL_DATA_FOLDER")
    assert [seen.get(name) for name in names] == [None, "一号", "示例", str(tmp_path)]


@pytest.fixture
def signals() -> Iterator[None]:
    """Whatever `up` sets, what was set before comes back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_up_takes_the_whitelist_in_serves_and_ends_at_a_signal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signals: None
) -> None:
    port, said = free_port(), io.StringIO()
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path))

    class Terminal(io.StringIO):
        """Asks for the end once everything is said to run, as a person would."""

        def write(self, text: str) -> int:
            said.write(text)
            if "Ctrl-C" in text:
                os.kill(os.getpid(), signal.SIGTERM)
            return len(text)

    with contextlib.redirect_stdout(Terminal()):
        up_command.main(["--no-demo", "--port", str(port)], standalone_mode=False)

    assert f"http://127.0.0.1:{port}/sign-in" in said.getvalue()
    assert (tmp_path / "whitelist-imported").exists()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
