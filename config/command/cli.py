"""The `carnival` command: one group, whose commands join by entry point."""

import sys
from importlib.metadata import entry_points

import click

from config.command.summaries import first_sentence, summary_of
from config.errors import UNUSABLE

GROUP = "carnival.commands"


class JoinedGroup(click.Group):
    """Loads a command only when it is called, so that `carnival --help` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *(point.name for point in entry_points(group=GROUP))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if (own := super().get_command(ctx, cmd_name)) is not None:
            return _with_whole_lines(own)
        for point in entry_points(group=GROUP, name=cmd_name):
            command = point.load()
            if not isinstance(command, click.Command):
                raise TypeError(f"entry point {point.value} is no click command")
            return _with_whole_lines(command)
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what click would, by what stands in the commands' source: to import them all takes seconds."""
        told = {point.name: summary_of(point) for point in entry_points(group=GROUP)}
        rows = []
        for name in self.list_commands(ctx):
            if (summary := told.get(name)) is not None:
                rows.append((name, summary))
            elif (command := self.get_command(ctx, name)) is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(formatter.width)))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _with_whole_lines(command: click.Command) -> click.Command:
    """The command, and those below it, with its first sentence in help lists: click cuts a long one short by `...`."""
    if command.short_help is None and command.help:
        command.short_help = first_sentence(command.help)
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _with_whole_lines(below)
    return command


@click.group(cls=JoinedGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cloud-carnival")
def carnival() -> None:
    """Collect, check, review and serve what the campaign's whitelisted channels publish."""


def main() -> None:
    """Run the command line; a `Refused` ends it by click's own way, what the machine refuses in one line too."""
    try:
        carnival(prog_name="carnival")
    except OSError as error:
        # Of the machine, not of the program: a full disk, a file that may not be read.
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"{place}{error.strerror or error}. Check the place and its rights.", err=True)
        sys.exit(UNUSABLE)
