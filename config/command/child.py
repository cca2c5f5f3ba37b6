"""Runs a command that ends when its parent does, however the parent ends: no orphan keeps the port."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # Linux, prctl(2); the setting survives execve


def carnival_command(*words: str) -> list[str]:
    """Return the command line of `carnival …` for a process that shall end with this one."""
    return [sys.executable, "-m", "config.command.child", "-m", "config", *words]


def main() -> None:
    """Replace this process by the command in its arguments; on systems without prctl only a clean stop ends it."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the setting took hold
            sys.exit(1)
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])  # noqa: S606 - our own interpreter, no shell


if __name__ == "__main__":
    main()
