"""Which steps there are, and who holds what they claimed."""

import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

from config.settings import Settings
from indexer.records.database import Database
from indexer.work.steps import is_gone, new_holder, steps_of

NAME = "from indexer.work.steps import new_holder; print(new_holder(), flush=True)"


def test_every_room_adds_its_steps(database: Database, tmp_path: Path) -> None:
    steps = steps_of(Settings(data_folder=tmp_path), database)

    assert [step.name for step in steps] == [
        "connections",
        "digest",
        "health",
        "inbox",
        "learn",
        "picture_sweep",
        "pictures",
        "platform_events",
        "publish",
        "reconcile",
        "trials",
        "understand",
    ]
    for step in steps:
        if step.waits():  # the sweep of pictures and the looks at channels have a first look, the day its digest
            step.do()
    assert not any(step.waits() for step in steps)


def test_a_holder_is_this_process_as_long_as_it_runs() -> None:
    assert new_holder() != new_holder()
    assert not is_gone(new_holder())


def test_a_process_that_has_ended_is_gone() -> None:
    ended = subprocess.run([sys.executable, "-c", NAME], check=True, capture_output=True, text=True).stdout.strip()

    assert is_gone(ended)


def test_a_process_that_was_killed_is_gone_before_its_parent_takes_note_of_it() -> None:
    with subprocess.Popen([sys.executable, "-c", f"{NAME}; input()"], stdin=PIPE, stdout=PIPE, text=True) as one:
        assert one.stdout is not None
        holder = one.stdout.readline().strip()
        while_it_runs = is_gone(holder)
        one.kill()
        os.waitid(os.P_PID, one.pid, os.WEXITED | os.WNOWAIT)

        assert (while_it_runs, is_gone(holder)) == (False, True)


def test_of_other_machines_and_unknown_names_nobody_is_gone() -> None:
    assert not is_gone("other.example/4026531836:1:abc")
    assert not is_gone("abc")
    assert not is_gone("")
