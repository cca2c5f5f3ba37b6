"""config.command.processes: children are kept running, and none outlives its parent."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.command.processes import ChildEnded, Family


def family() -> Family:
    return Family(os.environ)


def test_a_command_that_ends_at_once_every_time_stops_the_family() -> None:
    with family() as children:
        children.start("nonsense", "no-such-command")

        with pytest.raises(ChildEnded, match="nonsense ended 4 times"):
            children.watch(lambda: False)


def test_no_child_is_left_when_the_family_ends() -> None:
    with family() as children:
        child = children.start("waiting", "no-such-command")

    assert child.process.poll() is not None
    assert children.children == []


def test_run_gives_the_exit_code_of_its_command() -> None:
    with family() as children:
        assert children.run("--version") == 0
        assert children.run("no-such-command") == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_killed_parent_takes_its_child_with_it(tmp_path: Path) -> None:
    waits = tmp_path / "waits.py"
    waits.write_text("import sys; print('child', flush=True); sys.stdin.readline()", encoding="utf-8")
    parent_code = (
        "import subprocess, sys\n"
        f"command = [sys.executable, '-m', 'config.command.child', {str(waits)!r}]\n"
        "subprocess.Popen(command, stdin=subprocess.PIPE).wait()"
    )
    parent = subprocess.Popen([sys.executable, "-c", parent_code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "child\n"

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    # The child holds the other end of the pipe: it closes only when the child is gone too.
    assert parent.stdout.read() == ""
    parent.stdout.close()
