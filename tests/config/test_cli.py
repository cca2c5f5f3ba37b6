"""config.cli: one group whose commands join by entry point."""

import subprocess
import sys
from importlib.metadata import entry_points

import click
import pytest

from config.cli import GROUP, carnival

NAMES = sorted(point.name for point in entry_points(group=GROUP))


def test_help_lists_every_command() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "config", "--help"], capture_output=True, text=True, timeout=60, check=True
    )

    assert [name for name in [*NAMES, "up"] if f"  {name} " not in result.stdout] == []


@pytest.mark.parametrize("name", [*NAMES, "up"])
def test_every_command_has_a_help_line(name: str) -> None:
    command = carnival.get_command(click.Context(carnival), name)

    assert command is not None
    assert command.get_short_help_str()
