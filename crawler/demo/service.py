"""The demo campaign as `carnival up` runs it: its simulator, and on the first run its pieces in the records."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from config.command.listening import check_listener
from config.command.service import FirstRun, Service, Stage, Start
from config.errors import setting_refused
from crawler.demo.campaign import HOST, SIGN_INS

PORT_MARK, DONE_MARK = "demo-port", "demo-prepared"  # files in the data folder
OPERATOR, CONTACT = "示例科普活动组委会（演示）", "contact@carnival.example"
OPTIONS = (
    click.Option(
        ["--demo/--no-demo"], default=None, help="With the demo campaign; by default only in a new data folder."
    ),
    click.Option(
        ["--demo-port"],
        type=click.IntRange(1, 65535),
        help="Port of the demo's simulator; else CARNIVAL_DEMO_PORT, else 8790.",
    ),
)


class Demo(Service):
    """`carnival demo serve`, in place of the deployment's own whitelist."""

    instead_of = ("whitelist",)
    options = OPTIONS

    def runs(self, start: Start) -> bool:
        """Tell whether the demo runs: as asked; else where it ran before, or where everything is new.

        Records elsewhere (`CARNIVAL_DATABASE_URL`) may be a real campaign's: there it runs only if asked.
        """
        asked, data = start.options.get("demo"), start.settings.data_folder
        if asked is not None:
            return bool(asked)
        is_new = start.settings.database_url is None and not (data / "carnival.db").exists()
        return (data / PORT_MARK).exists() or is_new

    def prepare(self, start: Start) -> Mapping[str, str]:
        """Keep the port for later runs; let the simulator through the guard, and name an operator where none is set."""
        port, settings = demo_port(start), start.settings
        check_listener(HOST, port, host_given_as="", port_given_as="--demo-port")
        (settings.data_folder / PORT_MARK).write_text(f"{port}\n", encoding="ascii")
        hosts = [*settings.private_hosts, f"{HOST}:{port}"]
        seen = {"CARNIVAL_PRIVATE_HOSTS": json.dumps(hosts), "CARNIVAL_CRAWL_DELAY_SECONDS": "0"}
        if settings.operator_name or settings.operator_contact:
            return seen
        return {**seen, "CARNIVAL_OPERATOR_NAME": OPERATOR, "CARNIVAL_OPERATOR_CONTACT": CONTACT}

    def command(self, start: Start) -> Sequence[str]:
        return ("demo", "serve", "--port", str(demo_port(start)))

    def address(self, start: Start) -> str:
        return f"http://{HOST}:{demo_port(start)}/"

    def first_run(self, start: Start) -> FirstRun:
        return FirstRun(
            words=("demo", "prepare", "--port", str(demo_port(start))),
            mark=DONE_MARK,
            failed="the demo campaign could not be prepared",
            announced="First run: the collector reads the demo campaign …",
        )

    def greeting(self, start: Start) -> Sequence[str]:
        file = start.settings.data_folder / SIGN_INS
        return _sign_ins(file) if file.exists() else ()


def demo_port(start: Start) -> int:
    """Return the simulator's port: the one of the first run, since it is part of the demo's addresses.

    Raises ConfigRefused where the file that holds it was damaged.
    """
    mark = start.settings.data_folder / PORT_MARK
    if not mark.exists():
        given = start.options.get("demo_port")
        return given if isinstance(given, int) else start.settings.demo_port
    try:
        return int(mark.read_text(encoding="ascii"))
    except ValueError as error:
        what, do = f"{mark} holds no port", "Write the port of the demo's first run in it."
        raise setting_refused("CARNIVAL_DATA_FOLDER", what, do) from error


def _sign_ins(file: Path) -> Sequence[str]:
    try:
        passwords: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        click.echo(f"{file} is damaged; `carnival users add` makes accounts", err=True)
        return ()
    return ("Demo sign-ins:", *(f"  {name:<12} {password}" for name, password in passwords.items()))


DEMO = Demo("demo serve", stage=Stage.BEFORE_THE_SITE)
