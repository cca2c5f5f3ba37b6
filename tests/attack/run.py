"""`make attack`: hostile inputs against this tree, or with REF=… against an older commit laid out beside it.

Prints a table of what was tried and what held, and one line of figures. Exit code 1 where anything broke. The same
inputs on commit ad6c43c, the first version, must show that version's faults in public: else they measure nothing.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
GROUPS = (
    "markup",
    "races",
    "redirects",
    "answers",
    "in_public",
    "pictures",
    "stale",
    "restoring",
    "proxy",
    "bodies",
    "pushes",
    "callbacks",
    "returns",
    "addresses",
    "accounts",
)
ALONE = ("sockets",)  # its inputs are about time: nothing runs beside it
AT_ONCE, GROUP_SECONDS = 2, 240
FIRST_VERSION = "ad6c43c"
PUBLIC_FAULTS = ("1", "2", "3", "4", "5", "6", "7", "9")  # line 8 is no attack: `make fresh` shows it
SHOWN, WIDTH = 4, 160

Tried = dict[str, str | int | bool]


@dataclass
class Row:
    """One row of the table."""

    part: str
    tried: int = 0
    broken: int = 0
    saw: list[str] = field(default_factory=list)


@click.command()
@click.option("--ref", default="", help="A commit to attack in place of this tree.")
@click.option("--only", multiple=True, type=click.Choice(GROUPS + ALONE), help="Only this group; may be repeated.")
def main(ref: str, only: Sequence[str]) -> None:
    """Run all groups, one process each, so that one that fails does not end the others."""
    console, rows, began = Console(width=WIDTH), dict[str, Row](), time.monotonic()
    with tree(ref) as folder, ThreadPoolExecutor(AT_ONCE) as side_by_side:
        beside = [group for group in GROUPS if not only or group in only]
        alone = [group for group in ALONE if not only or group in only]
        for tries in [*side_by_side.map(run, [folder] * len(beside), beside), *(run(folder, group) for group in alone)]:
            for tried in tries:
                _count(rows, tried)
    table = Table("attack", "line", "tried", "held", "broke with")
    for kind, row in rows.items():
        table.add_row(kind, row.part, str(row.tried), str(row.tried - row.broken), "\n".join(row.saw[:SHOWN]))
    console.print(table)
    tried_in_all, broken = sum(row.tried for row in rows.values()), sum(row.broken for row in rows.values())
    what, seconds = f" on {ref}" if ref else "", time.monotonic() - began
    held = tried_in_all - broken
    console.print(f"attack{what}: {tried_in_all} tried, {held} held, {broken} broken, {seconds:.0f} s")
    sys.exit(_shown_faults(rows, console) if ref == FIRST_VERSION and not only else int(broken > 0))


def _shown_faults(rows: dict[str, Row], console: Console) -> int:
    """Say whether the first version's faults showed; the exit code: 1 where one did not."""
    shown = {row.part for row in rows.values() if row.broken}
    if missing := [part for part in PUBLIC_FAULTS if part not in shown]:
        console.print(f"the faults of lines {', '.join(missing)} did not show: for them these inputs measure nothing")
        return 1
    console.print(f"shows the faults of lines {', '.join(PUBLIC_FAULTS)}, as it must")
    return 0


def run(folder: Path, group: str) -> list[Tried]:
    """Run one group over the tree in `folder`; what it tried, and itself where it failed as a whole."""
    Console(stderr=True).print(f"[dim]{group} …[/dim]")
    command, environment = [sys.executable, "-m", f"tests.attack.{group}"], os.environ | {"PYTHONPATH": str(folder)}
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=GROUP_SECONDS, check=False
        )
        printed, fault = done.stdout, done.stderr.strip().splitlines()[-1:] if done.returncode else []
    except subprocess.TimeoutExpired as late:
        printed = late.stdout.decode() if isinstance(late.stdout, bytes) else late.stdout or ""
        fault = [f"did not end within {GROUP_SECONDS} s"]
    tries: list[Tried] = [json.loads(line) for line in printed.splitlines() if line.endswith("}")]
    whole: Tried = {"kind": group, "part": "", "what": "the whole group", "held": False, "count": 1, "broke": 1}
    return [*tries, *(whole | {"saw": words} for words in fault)]


def _count(rows: dict[str, Row], tried: Tried) -> None:
    row = rows.setdefault(str(tried["kind"]), Row(part=str(tried["part"])))
    row.tried += int(tried["count"])
    if not tried["held"]:
        row.broken += int(tried["broke"])
        row.saw.append(f"{tried['what']}: {tried['saw']}")


@contextmanager
def tree(ref: str) -> Iterator[Path]:
    """Give the folder of the code to attack: this one, or the commit's files with this tree's attacks in them."""
    if not ref:
        yield ROOT
        return
    with tempfile.TemporaryDirectory(prefix="carnival-ref-") as temporary:
        folder = Path(temporary)
        packed = subprocess.run(["git", "archive", ref], cwd=ROOT, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        shutil.rmtree(folder / "tests" / "attack", ignore_errors=True)
        shutil.copytree(ROOT / "tests" / "attack", folder / "tests" / "attack")
        _install(folder)
        words = [str(Path(sys.executable).with_name("pybabel")), "-q", "compile", "-d", "web/translations"]
        subprocess.run(words, cwd=folder, check=True)
        yield folder


def _install(folder: Path) -> None:
    """Say which commands the tree has, as pip would: those of the installed tree may lie elsewhere by now."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    told.mkdir()
    named = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (told / "METADATA").write_text(named, encoding="utf-8")
    lines = [
        line
        for group, points in project["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {place}" for name, place in points.items()))
    ]
    (told / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
