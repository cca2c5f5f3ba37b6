"""config.command.cli: one group whose commands join by entry point."""

import inspect
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points

import click
import pytest
from click.testing import CliRunner

from config.command.cli import GROUP, carnival

NAMES = sorted(point.name for point in entry_points(group=GROUP))


def test_help_lists_every_command() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "config", "--help"], capture_output=True, text=True, timeout=60, check=True
    )

    assert [name for name in NAMES if f"  {name} " not in result.stdout] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_a_help_line(name: str) -> None:
    command = carnival.get_command(click.Context(carnival), name)

    assert command is not None
    assert command.get_short_help_str()


def groups(command: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    """The words after `carnival` of every group below it, itself included."""
    if isinstance(command, click.Group):
        yield path
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below is not None
            yield from groups(below, *path, name)


GROUPS = list(groups(carnival))


def test_there_are_groups_below_the_first() -> None:
    assert {(), ("units",), ("users",), ("index",), ("demo",)} <= set(GROUPS)


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("path", GROUPS, ids=" ".join)
def test_a_help_list_shows_the_whole_first_sentence_of_each_command(path: tuple[str, ...], columns: int) -> None:
    group: click.Command = carnival
    for name in path:
        assert isinstance(group, click.Group)
        group = group.commands.get(name) or carnival.get_command(click.Context(carnival), name)  # type: ignore[assignment]

    said = CliRunner().invoke(carnival, [*path, "--help"], terminal_width=columns, max_content_width=columns)

    assert isinstance(group, click.Group)
    shown = "".join(said.stdout.split())
    listed = [group.get_command(click.Context(group), name) for name in group.list_commands(click.Context(group))]
    sentences = [inspect.cleandoc(each.help or "").split("\n\n")[0].split(". ")[0] for each in listed if each]
    assert "..." not in said.stdout.split("Commands:")[1]
    assert [sentence for sentence in sentences if "".join(sentence.rstrip(".").split()) not in shown] == []
