"""`carnival web` and `carnival up` without search: they start, and say so."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.commands import web_command

WAIT_SECONDS, LOOK_SECONDS = 60.0, 0.1
Start = Callable[..., Path]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `carnival …` with a Meilisearch that never answers; gives the file of its words, stops it at the end."""
    running: list[subprocess.Popen[bytes]] = []
    with socket.socket() as silent:  # bound and never listening: nothing answers there
        silent.bind(("127.0.0.1", 0))
        seen = os.environ | {
            "CARNIVAL_DATA_FOLDER": str(tmp_path / "data"),
            "CARNIVAL_SEARCH_ENGINE": "meilisearch",
            "CARNIVAL_MEILISEARCH_URL": f"http://127.0.0.1:{silent.getsockname()[1]}",
        }

        def carnival(*words: str) -> Path:
            command = [sys.executable, "-m", "config", *words]
            with (tmp_path / "said").open("wb") as said:
                running.append(subprocess.Popen(command, env=seen, stdout=said, stderr=said))
            return tmp_path / "said"

        yield carnival
        for process in running:
            process.terminate()
            process.wait(timeout=WAIT_SECONDS)


@pytest.mark.parametrize("command", [("web",), ("up", "--no-demo")], ids=" ".join)
def test_a_search_that_does_not_answer_is_said_and_the_site_starts(command: tuple[str, ...], start: Start) -> None:
    port = free_port()

    said = start(*command, "--port", port)

    assert status(f"http://127.0.0.1:{port}/whitelist") == 200
    told = [line for line in said.read_text(encoding="utf-8").splitlines() if line.startswith("search index: ")]
    assert len(told) == 1
    assert "Check CARNIVAL_MEILISEARCH_URL" in told[0]


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def status(url: str) -> int:
    """The status of a page, as soon as anything answers."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own loopback address
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            assert time.monotonic() < until, "nothing answers"
            threading.Event().wait(LOOK_SECONDS)


@pytest.mark.parametrize("port", ["0", "70000", "http"])
def test_a_port_that_is_none_is_a_usage_error(port: str) -> None:
    done = CliRunner().invoke(web_command, ["--port", port])

    assert done.exit_code == 2
    assert "--port" in done.output
