"""`carnival demo …` as it is typed: serving until it is stopped, and what is said where nothing can be prepared."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.demo.campaign import HOST
from crawler.demo.commands import demo_command
from crawler.demo.simulator import is_running

WAIT_SECONDS, LOOK_SECONDS = 30.0, 0.02


@pytest.fixture
def port() -> int:
    """A free one."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """The commands set up signals and logs of their process, which here is that of the tests."""
    signals = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for number, handler in signals.items():
        signal.signal(number, handler)
    root.handlers[:] = handlers
    root.setLevel(level)


def test_the_simulator_answers_until_it_is_told_to_stop(port: int) -> None:
    answered = threading.Event()

    def stop_once_it_answers() -> None:
        for _ in range(int(WAIT_SECONDS / LOOK_SECONDS)):
            if is_running(port):
                answered.set()
                break
            threading.Event().wait(LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    other = threading.Thread(target=stop_once_it_answers)
    other.start()
    done = CliRunner().invoke(demo_command, ["serve", "--port", str(port)])
    other.join()

    assert answered.is_set()
    assert (done.exit_code, done.stderr) == (0, f"demo units on http://{HOST}:{port}/\n")
    assert not is_running(port)


def test_a_port_that_is_taken_is_said_with_the_option_that_chooses_another() -> None:
    with socket.create_server((HOST, 0)) as taken:
        done = CliRunner().invoke(demo_command, ["serve", "--port", str(taken.getsockname()[1])])

    assert done.exit_code == 2
    assert "is taken" in done.stderr
    assert "--port" in done.stderr


def test_without_a_simulator_nothing_is_prepared_and_it_is_said_what_to_start(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARNIVAL_DATA_FOLDER", str(tmp_path / "data"))

    done = CliRunner().invoke(demo_command, ["prepare", "--port", str(port)])

    assert done.exit_code == 1
    assert f"no demo simulator answers on {HOST}:{port}, and nothing was changed" in done.stderr
    assert f"Start it by `carnival demo serve --port {port}`" in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_a_usage_error(port: str) -> None:
    assert CliRunner().invoke(demo_command, ["serve", "--port", port]).exit_code == 2
