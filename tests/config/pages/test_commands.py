"""config.pages.commands: every command and option stands in docs/commands.md with its own words."""

from pathlib import Path

import click

from config.pages.commands import commands, render

PAGE = Path(__file__).parents[3] / "docs" / "commands.md"


def test_the_page_is_what_the_commands_say_of_themselves() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: python -m config.pages.commands > docs/commands.md"


def test_every_command_and_every_option_has_words_of_its_own() -> None:
    silent = [name for name, command in commands() if not command.help]
    options = [
        f"{name} {one.name}"
        for name, command in commands()
        for one in command.get_params(click.Context(command))
        if isinstance(one, click.Option) and not one.help
    ]

    assert (silent, options) == ([], [])


def test_a_group_comes_before_its_commands_and_both_names_of_a_switch_are_shown() -> None:
    names = [name for name, _ in commands()]

    assert names[0] == "carnival"
    assert names.index("carnival units") < names.index("carnival units approve")
    assert "- `--demo / --no-demo`: " in render()
