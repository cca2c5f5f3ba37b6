"""Run a child that prints one line of JSON, and watch how much memory it and its own children take together."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
LOOK_SECONDS = 0.1
PROC = Path("/proc")


def run(module: str, *arguments: str, given: object) -> dict[str, Any]:
    """Return what the module printed, and `peak_mb`: the most that its processes held at one time, resident.

    Pages that processes share count for each of them. Raises RuntimeError with its last words where it failed.
    """
    command = [sys.executable, "-m", module, *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:  # type: ignore[call-overload]
        peak, ended = [0.0], threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, peak, ended), daemon=True)
        watch.start()
        output, words = process.communicate(json.dumps(given))
        ended.set()
        watch.join()
    if process.returncode:
        raise RuntimeError(f"{module} ended with {process.returncode}: {words[-2000:]}")
    return {**json.loads(output.splitlines()[-1]), "peak_mb": peak[0]}


def _watch(pid: int, peak: list[float], ended: threading.Event) -> None:
    while not ended.wait(LOOK_SECONDS):
        peak[0] = max(peak[0], sum(resident_mb(each) for each in family(pid)))


def family(pid: int) -> Sequence[int]:
    """Return the process and all below it that run now."""
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += _children(found[-1])
    return found


def _children(pid: int) -> list[int]:
    try:
        return [
            int(each) for file in (PROC / str(pid) / "task").glob("*/children") for each in file.read_text().split()
        ]
    except OSError:  # it ended just now
        return []


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process in MB; 0 where it has ended."""
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)
