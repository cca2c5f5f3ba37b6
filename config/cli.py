"""The `carnival` command: one group, whose commands join by entry point."""

import sys
from importlib.metadata import entry_points

import click

from config.errors import ConfigRefused
from config.up import up_command

GROUP = "carnival.commands"
REFUSED, USAGE = 1, 2


class JoinedGroup(click.Group):
    """Loads a command only when it is called, so that `carnival --help` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *(point.name for point in entry_points(group=GROUP))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if (own := super().get_command(ctx, cmd_name)) is not None:
            return own
        for point in entry_points(group=GROUP, name=cmd_name):
            command = point.load()
            if not isinstance(command, click.Command):
                raise TypeError(f"entry point {point.value} is no click command")
            return command
        return None


@click.group(cls=JoinedGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cloud-carnival")
def carnival() -> None:
    """Collect, check, review and serve what the campaign's whitelisted channels publish."""


carnival.add_command(up_command)


def main() -> None:
    """Run the command line; a bad configuration prints one line per fault on stderr and exits with 2."""
    try:
        carnival(prog_name="carnival")
    except ConfigRefused as refused:
        for problem in refused.problems:
            click.echo(str(problem), err=True)
        sys.exit(USAGE)
