"""config.command.summaries: what is read from the source of a command is what the command says of itself."""

import subprocess
import sys
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from config.command.cli import GROUP, carnival
from config.command.summaries import summary_of

POINTS = sorted(entry_points(group=GROUP), key=lambda point: point.name)
SOURCE = '''
import click

@click.command("plain")
def plain() -> None:
    """Say one thing. Then
    another."""

@click.command("other", help="Another text.")
def told_elsewhere() -> None:
    """Say nothing."""

@click.command("hidden", hidden=True)
def hidden() -> None:
    """Say it to nobody."""

@click.command("silent")
def silent() -> None:
    pass

made = plain
'''


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_the_source_of_a_command_says_what_the_command_does(point: EntryPoint) -> None:
    command = carnival.get_command(carnival.make_context("carnival", ["x"], resilient_parsing=True), point.name)

    assert command is not None
    assert summary_of(point) == command.get_short_help_str()


def test_a_list_of_commands_imports_none_of_them() -> None:
    ask = (
        "import sys; from click.testing import CliRunner; from config.command.cli import carnival;"
        "said = CliRunner().invoke(carnival, ['--help']).output;"
        "print('understand' in said, sorted({'crawler', 'indexer', 'web', 'numpy'} & {*sys.modules}))"
    )

    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)

    assert answer.stdout.split(maxsplit=1)[0] == "True"
    assert "numpy" not in answer.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("plain", "Say one thing"),
        ("told_elsewhere", None),
        ("hidden", None),
        ("silent", None),
        ("made", None),
        ("missing", None),
    ],
)
def test_where_the_source_does_not_tell_the_command_is_asked(
    name: str, said: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "commands_of_a_test.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert summary_of(EntryPoint(name, f"commands_of_a_test:{name}", GROUP)) == said


def test_a_module_that_is_not_there_says_nothing() -> None:
    assert summary_of(EntryPoint("a", "no_such_module:a", GROUP)) is None
