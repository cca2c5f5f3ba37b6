"""README.md: begins with two commands, and every fenced command in it runs."""

import os
import re
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ (.+)$", "\n".join(re.findall(r"```console\n(.*?)```", README, re.S)), re.M)
READY = "Ctrl-C stops everything."


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def up(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Run `make up` in a new data folder; give the address and what it printed, then stop it as Ctrl-C does."""
    port = free_port()
    seen = os.environ | {
        "CARNIVAL_DATA_FOLDER": str(tmp_path / "data"),
        "CARNIVAL_PORT": port,
        "CARNIVAL_DEMO_PORT": free_port(),
    }
    process = subprocess.Popen(
        ["make", "up"], cwd=ROOT, env=seen, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        if READY in line:
            break
    try:
        yield f"http://127.0.0.1:{port}", printed
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)
        process.stdout.close()


def test_readme_begins_with_exactly_two_commands() -> None:
    head = README.split("```")[1]

    assert COMMANDS == ["make up", "make test"]
    assert head.strip().splitlines() == ["console", "$ make up", "$ make test"]


def test_the_map_has_at_most_25_lines() -> None:
    (drawing,) = re.findall(r"```text\n(.*?)```", README, re.S)

    assert len(drawing.splitlines()) <= 25
    for name in re.findall(r"\b[a-z]+/(?=\s)|[a-z_]+\.py", drawing):
        assert list(ROOT.rglob(name.rstrip("/"))), f"the map names {name}, which is not there"


def test_every_link_leads_to_a_file() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", README)

    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_make_up_serves_the_demo_and_prints_its_sign_ins(up: tuple[str, str]) -> None:
    address, printed = up

    with urllib.request.urlopen(f"{address}/", timeout=10) as answer:  # noqa: S310 - our own loopback address
        page = answer.read().decode()

    assert f"{address}/" in printed
    assert re.search(r"demo-editor +\S{8,}", printed)
    assert "示例" in page


def test_make_test_reaches_the_tests() -> None:
    # Collecting only, and only this folder: the command runs whole, down to pytest, and does not start itself again.
    seen = os.environ | {"PYTEST_ADDOPTS": "--collect-only -q -p no:cacheprovider"}
    seen.pop("PYTEST_XDIST_WORKER", None)

    command = ["make", "test", "TESTS=tests/docs"]
    result = subprocess.run(command, cwd=ROOT, env=seen, capture_output=True, text=True, timeout=600)

    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
