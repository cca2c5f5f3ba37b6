"""config.command.child: the command line of a process that ends with this one."""

import subprocess
import sys

from config.command import child


def test_a_child_is_the_command_itself() -> None:
    command = child.carnival_command("--version")

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout.startswith("carnival, version ")


def test_a_process_takes_the_place_of_its_starter() -> None:
    starter = subprocess.Popen(
        [sys.executable, "-m", "config.command.child", "-c", "import os; print(os.getpid())"], stdout=subprocess.PIPE
    )

    said, _ = starter.communicate(timeout=60)

    assert int(said) == starter.pid
