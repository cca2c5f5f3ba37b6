"""`carnival up`: start every service of the rooms in one terminal, keep them running, end them together."""

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from types import FrameType

import click
from filelock import FileLock, Timeout

from config.checks import check_own_files
from config.command.processes import Child, ChildEnded, Family
from config.command.service import FirstRun, Service, Start, running, services
from config.environment import without_strays
from config.errors import UNUSABLE
from config.folders import UP_LOCK, ready_data_folder
from config.settings import KNOWN, load_settings

READY_SECONDS, LOOK_SECONDS = 60.0, 0.1


class UpCommand(click.Command):
    """A command whose options are those of the services."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*(option for service in services() for option in service.options), *super().get_params(ctx)]


@click.command("up", cls=UpCommand)
def up_command(**options: object) -> None:
    """Start everything in this terminal: collector, worker, site and, in a new data folder, the demo campaign."""
    settings = load_settings()
    check_own_files(settings)
    start = Start(settings=settings, options=options)
    chosen = running(start)
    for service in chosen:
        service.check(start)
    data = ready_data_folder(settings)
    try:
        with FileLock(data / UP_LOCK, timeout=0):
            _serve(start, chosen)
    except Timeout:
        raise click.ClickException(
            f"{data} is in use by another `carnival up`. Stop that one, or set CARNIVAL_DATA_FOLDER to another folder."
        ) from None


def environment(start: Start, chosen: Sequence[Service]) -> dict[str, str]:
    """Return what the processes see: this process's environment, the data folder, and what the services add."""
    seen = without_strays(os.environ, known=KNOWN) | {"CARNIVAL_DATA_FOLDER": str(start.settings.data_folder)}
    for service in chosen:
        seen |= service.prepare(start)
    return seen


def _serve(start: Start, chosen: Sequence[Service]) -> None:
    seen = environment(start, chosen)
    stop = _stop_on_signals()
    with Family(seen) as family:
        for service in chosen:
            if words := service.command(start):
                child = family.start(service.name, *words)
                if (address := service.address(start)) is not None:
                    _wait_for(address, child, stop=stop)
            if (first := service.first_run(start)) is not None:
                _run_once(first, family, start)
        _greet(start)
        try:
            family.watch(lambda: bool(stop))
        except ChildEnded as ended:
            _stop_if_unusable(ended.code)
            raise click.ClickException(f"{ended}. Its last words stand above.") from ended


def _run_once(first: FirstRun, family: Family, start: Start) -> None:
    done = start.settings.data_folder / first.mark
    if done.exists():
        return
    if first.announced:
        click.echo(first.announced, err=True)
    if (code := family.run(*first.words)) != 0:
        _stop_if_unusable(code)
        raise click.ClickException(f"{first.failed} (exit code {code}); its words stand above")
    done.touch()


def _stop_if_unusable(code: int) -> None:
    """A child that cannot work as things are set has said so in its one line, which is then ours."""
    if code == UNUSABLE:
        sys.exit(UNUSABLE)


def _stop_on_signals() -> list[int]:
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    return received


def _wait_for(url: str, child: Child, *, stop: list[int]) -> None:
    """Until it answers, be it only that something is out of order: search may be down while the pages are there."""
    until = time.monotonic() + READY_SECONDS
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < until and not stop:
        try:
            with opener.open(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            pass  # not listening yet
        if (code := child.process.poll()) is not None:
            _stop_if_unusable(code)
            raise click.ClickException(f"carnival {child.name} ended with {code}. Its last words stand above.")
        time.sleep(LOOK_SECONDS)
    if stop:
        sys.exit(128 + stop[0])
    raise click.ClickException(
        f"{url} did not answer within {READY_SECONDS:.0f} s; the words of its process stand above"
    )


def _greet(start: Start) -> None:
    for service in reversed(services()):  # the site's words before those of what it leans on
        for line in service.greeting(start):
            click.echo(line)
    click.echo("Ctrl-C stops everything.")
