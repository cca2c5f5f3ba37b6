"""`carnival up`: the demo campaign on first run, then collecting and serving until stopped."""

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

import click
from filelock import FileLock, Timeout

from config.checks import check_own_files
from config.environment import without_strays
from config.errors import UNUSABLE, setting_refused
from config.folders import ready_data_folder
from config.listening import check_listener
from config.processes import Child, ChildEnded, Family
from config.settings import KNOWN, Settings, load_settings

DEMO_HOST = "127.0.0.1"
DEMO_MARK, DEMO_DONE, SIGN_INS, LOCK = "demo-port", "demo-prepared", "demo-sign-ins.json", "up.lock"
WHITELIST_DONE = "whitelist-imported"
DEMO_OPERATOR, DEMO_CONTACT = "示例科普活动组委会（演示）", "contact@carnival.example"
READY_SECONDS, LOOK_SECONDS = 60.0, 0.1
PORT = click.IntRange(1, 65535)


@click.command("up")
@click.option("--demo/--no-demo", default=None, help="With the demo campaign; by default only in a new data folder.")
@click.option("--port", type=PORT, help="Port of the site; else CARNIVAL_PORT, else 8080.")
@click.option("--demo-port", type=PORT, help="Port of the demo's simulator; else CARNIVAL_DEMO_PORT, else 8790.")
def up_command(*, demo: bool | None, port: int | None, demo_port: int | None) -> None:
    """Start everything in this terminal: collector, site and, in a new data folder, the demo campaign."""
    settings = load_settings()
    check_own_files(settings)
    port_given_as = "--port" if port else "CARNIVAL_PORT"
    port = port or settings.port
    check_listener(settings.host, port, host_given_as="CARNIVAL_HOST", port_given_as=port_given_as)
    data = ready_data_folder(settings)
    try:
        with FileLock(data / LOCK, timeout=0):
            wanted = demo_port or settings.demo_port
            _serve(
                settings,
                port=port,
                demo=demo_port_of(data, wanted=wanted) if wants_demo(settings, asked=demo) else None,
            )
    except Timeout:
        raise click.ClickException(
            f"{data} is in use by another `carnival up`. Stop that one, or set CARNIVAL_DATA_FOLDER to another folder."
        ) from None


def wants_demo(settings: Settings, *, asked: bool | None) -> bool:
    """Tell whether the demo campaign runs: as asked; else where it ran before, or where everything is new.

    Records elsewhere (`CARNIVAL_DATABASE_URL`) may be a real campaign's: there it runs only if asked.
    """
    if asked is not None:
        return asked
    data = settings.data_folder
    is_new = settings.database_url is None and not (data / "carnival.db").exists()
    return (data / DEMO_MARK).exists() or is_new


def demo_port_of(data: Path, *, wanted: int) -> int:
    """Return the simulator's port: the one of the first run, since it is part of the demo's addresses."""
    mark = data / DEMO_MARK
    if not mark.exists():
        mark.write_text(f"{wanted}\n", encoding="ascii")
    try:
        return int(mark.read_text(encoding="ascii"))
    except ValueError as error:
        what, do = f"{mark} holds no port", "Write the port of the demo's first run in it."
        raise setting_refused("CARNIVAL_DATA_FOLDER", what, do) from error


def environment(settings: Settings, *, port: int, demo: int | None) -> dict[str, str]:
    """Return what the children see: this process's environment, the port, and the demo's host let through the guard."""
    own = without_strays(os.environ, known=KNOWN)
    seen = {**own, "CARNIVAL_PORT": str(port), "CARNIVAL_DATA_FOLDER": str(settings.data_folder)}
    if demo:
        hosts = [*settings.private_hosts, f"{DEMO_HOST}:{demo}"]
        seen |= {"CARNIVAL_PRIVATE_HOSTS": json.dumps(hosts), "CARNIVAL_CRAWL_DELAY_SECONDS": "0"}
        if not settings.operator_name and not settings.operator_contact:
            seen |= {"CARNIVAL_OPERATOR_NAME": DEMO_OPERATOR, "CARNIVAL_OPERATOR_CONTACT": DEMO_CONTACT}
    return seen


def _serve(settings: Settings, *, port: int, demo: int | None) -> None:
    if demo:
        check_listener(DEMO_HOST, demo, host_given_as="", port_given_as="--demo-port")
    stop = _stop_on_signals()
    address = f"http://{settings.host}:{port}"
    with Family(environment(settings, port=port, demo=demo)) as family:
        if demo:
            simulator = family.start("demo serve", "demo", "serve", "--port", str(demo))
            _wait_for(f"http://{DEMO_HOST}:{demo}/", simulator, stop=stop)
            _prepare_demo(family, settings, port=demo)
        elif not (settings.data_folder / WHITELIST_DONE).exists():
            _import_whitelist(family, settings)
        site = family.start("web", "web", "--port", str(port))
        # Not /healthz: that would wait for an index that only the collector mends.
        _wait_for(f"{address}/robots.txt", site, stop=stop)
        family.start("crawl", "crawl")
        _greet(settings, address=address)
        try:
            family.watch(lambda: bool(stop))
        except ChildEnded as ended:
            _stop_if_unusable(ended.code)
            raise click.ClickException(f"{ended}. Its last words stand above.") from ended


def _prepare_demo(family: Family, settings: Settings, *, port: int) -> None:
    done = settings.data_folder / DEMO_DONE
    if done.exists():
        return
    click.echo("First run: the collector reads the demo campaign …", err=True)
    if (code := family.run("demo", "prepare", "--port", str(port))) != 0:
        _stop_if_unusable(code)
        raise click.ClickException(f"the demo campaign could not be prepared (exit code {code}); its words stand above")
    done.touch()


def _import_whitelist(family: Family, settings: Settings) -> None:
    if (code := family.run("units", "import", str(settings.units_file), "--yes")) != 0:
        _stop_if_unusable(code)
        raise click.ClickException(f"the whitelist {settings.units_file} was not imported (exit code {code})")
    (settings.data_folder / WHITELIST_DONE).touch()


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


def _greet(settings: Settings, *, address: str) -> None:
    click.echo(f"\n{settings.site_name}: {address}/\nReview desk and unit desk: {address}/sign-in")
    sign_ins = settings.data_folder / SIGN_INS
    if sign_ins.exists():
        _show_sign_ins(sign_ins)
    click.echo("Ctrl-C stops everything.")


def _show_sign_ins(file: Path) -> None:
    try:
        passwords: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        click.echo(f"{file} is damaged; `carnival users add` makes accounts", err=True)
        return
    click.echo("Demo sign-ins:")
    for name, password in passwords.items():
        click.echo(f"  {name:<12} {password}")
