"""`carnival simulate …`: other people's platforms on loopback, so that a connection can be tried without an account.

The simulators are no part of the program that is installed: they lie in `tests/` of a checkout, and are loaded from it.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import click

from config.command.listening import check_listener
from config.errors import Refused

ROOT = Path(__file__).resolve().parents[2]
MODULE = "tests.simulators.command"
HOST, PORT, PORTS = "127.0.0.1", 8791, 4  # the simulators' own page has the first port, the services the next


class NoCheckout(Refused):
    """The simulators are not there; the text says where to get them."""


class Simulators(Protocol):
    """What the module offers (tests/simulators/command.py)."""

    def run(self, kind: str, first_port: int, say: object) -> None:
        """Simulate until stopped."""


def load(root: Path = ROOT) -> Simulators:
    """Return the simulators of the checkout at `root`. Raises NoCheckout."""
    if not (root / Path(*MODULE.split("."))).with_suffix(".py").is_file():
        raise NoCheckout(
            f"The simulators are not in {root}: they come with a checkout, not with an installed package."
            " Clone the repository, run `make install` in it, and use its .venv/bin/carnival."
        )
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    return cast(Simulators, import_module(MODULE))


@click.group("simulate")
def simulate_group() -> None:
    """Start simulated platforms on the loopback address, to try a connection without an account. From a checkout."""


def _port(command: click.Command) -> click.Command:
    option = click.Option(
        ["--port"],
        type=click.IntRange(1, 65535 - PORTS),
        default=PORT,
        show_default=True,
        help="First port; the services take it and the next ones.",
    )
    command.params.append(option)
    return command


def _run(kind: str, port: int) -> None:
    simulators = load()
    for each in range(port, port + PORTS):
        check_listener(HOST, each, host_given_as="", port_given_as="--port")
    simulators.run(kind, port, click.echo)


@simulate_group.command("wechat")
def wechat_command(port: int) -> None:
    """Three public accounts, articles, albums, callbacks, and a third-party platform that they can authorise."""
    _run("wechat", port)


@simulate_group.command("weibo")
def weibo_command(port: int) -> None:
    """Three accounts of Weibo, and an app that they can let in."""
    _run("weibo", port)


@simulate_group.command("sites")
def sites_command(port: int) -> None:
    """A unit's site of each form: a list of links, a feed, a sitemap, JSON."""
    _run("sites", port)


for _command in (wechat_command, weibo_command, sites_command):
    _port(_command)
