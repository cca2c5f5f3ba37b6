"""Measured: a fresh clone to a working site (`make up`, install included), and a later start.

Run by `make start-times`. Prints a table and one line of figures; exits 1 where a bound is missed.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
FIRST_SECONDS, LATER_SECONDS = 180.0, 5.0
READY = "Ctrl-C stops everything."


def free_port() -> str:
    """Return a port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def start(folder: Path, *, port: str, demo_port: str) -> tuple[float, int]:
    """Run `make up` until it says that it serves; return the seconds and the bytes of the first page; stop it."""
    seen = os.environ | {"CARNIVAL_PORT": port, "CARNIVAL_DEMO_PORT": demo_port}
    for name in ("CARNIVAL_DATA_FOLDER", "VIRTUAL_ENV"):
        seen.pop(name, None)
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "up"], cwd=folder, env=seen, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    try:
        if not any(READY in line for line in process.stdout):
            raise SystemExit(f"make up ended with {process.wait()} before it served")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            size = len(answer.read())
        return time.monotonic() - began, size
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


def main() -> None:
    """Clone HEAD to a new folder, start twice, compare with the bounds."""
    console = Console()
    table = Table("start", "seconds", "bound", "first page, bytes")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
        ports = {"port": free_port(), "demo_port": free_port()}
        first, first_bytes = start(folder, **ports)
        later, later_bytes = start(folder, **ports)
    table.add_row("fresh clone", f"{first:.1f}", f"{FIRST_SECONDS:.0f}", str(first_bytes))
    table.add_row("later", f"{later:.1f}", f"{LATER_SECONDS:.0f}", str(later_bytes))
    console.print(table)
    console.print(f"start-times: first {first:.1f} s, later {later:.1f} s")
    sys.exit(first > FIRST_SECONDS or later > LATER_SECONDS)


if __name__ == "__main__":
    main()
