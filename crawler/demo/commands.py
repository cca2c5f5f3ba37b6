"""`carnival demo serve` and `carnival demo prepare`: the demo's simulator, and its campaign in the records."""

import json
import signal
import threading
from types import FrameType

import click
from rich.console import Console
from rich.progress import Progress

from config.checks import check_own_files
from config.command.listening import check_listener
from config.logs import set_up_logs
from config.settings import load_settings
from crawler.demo.campaign import HOST, PORT, SIGN_INS
from crawler.demo.prepare import STEPS, DemoFailed, counts, prepare
from crawler.demo.simulator import is_running, serve
from crawler.words import quoted
from indexer.commands.opening import open_or_make_records

PORT_OPTION = click.option(
    "--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Port of the simulator."
)


@click.group("demo")
def demo_command() -> None:
    """A made-up campaign of twelve units, to look at and to try things on."""


@demo_command.command("serve")
@PORT_OPTION
def serve_command(port: int) -> None:
    """Serve the demo units' sites, feeds and accounts on the loopback address until stopped."""
    check_listener(HOST, port, host_given_as="", port_given_as="--port")
    server = serve(port)

    def stop(_number: int, _frame: FrameType | None) -> None:
        # shutdown waits for the loop that this very thread runs, so another thread asks for it.
        threading.Thread(target=server.shutdown, daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    click.echo(f"demo units on http://{HOST}:{port}/", err=True)
    with server:
        server.serve_forever(poll_interval=0.1)


@demo_command.command("prepare")
@PORT_OPTION
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
def prepare_command(*, port: int, as_json: bool) -> None:
    """Import the demo units, collect the running simulator, decide on half of it. Safe to run again at any time."""
    settings = load_settings()
    set_up_logs(as_json=settings.log_json)
    check_own_files(settings)
    _need_simulator(port)
    database = open_or_make_records(settings)
    console, done = Console(stderr=True), {}
    try:
        with Progress(console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("demo campaign", total=len(STEPS))
            for step in prepare(settings, database, port=port):
                done[step.name] = step.count
                progress.update(task, advance=1, description=step.name)
    except DemoFailed as error:
        what = f"the demo campaign could not be read whole. Is `carnival demo serve --port {port}` running?"
        raise click.ClickException("\n".join([what, *map(quoted, str(error).splitlines())])) from error
    result = {"steps": done, "items": counts(database), "sign_ins": str(settings.data_folder / SIGN_INS)}
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else _text(done, counts(database)))


def _need_simulator(port: int) -> None:
    """Before anything is written: without the simulator nothing of the campaign could be read."""
    if not is_running(port):
        what = f"no demo simulator answers on {HOST}:{port}, and nothing was changed"
        raise click.ClickException(f"{what}. Start it by `carnival demo serve --port {port}`")


def _text(done: dict[str, int], states: dict[str, int]) -> str:
    steps = ", ".join(f"{count} {name}" for name, count in done.items())
    return f"{steps}\nitems: {', '.join(f'{count} {state}' for state, count in states.items() if count)}"
