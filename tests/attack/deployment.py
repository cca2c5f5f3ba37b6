"""A deployment in a folder of its own, driven as its people drive it: by commands, by forms, by a look at its file."""

import contextlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "config"]
PASSWORD = "示例口令-只用于攻击测试"
EDITOR, COLLEAGUE = "editor-one", "editor-two"
WAIT_SECONDS, LOOK_SECONDS, COMMAND_SECONDS = 60.0, 0.1, 180.0


class Deployment:
    """The commands of the tree that is attacked, over one data folder; `settings` are CARNIVAL_ variables."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder / "data"
        self.environment = os.environ | {
            "CARNIVAL_DATA_FOLDER": str(self.folder),
            "CARNIVAL_CRAWL_DELAY_SECONDS": "0",
            **{f"CARNIVAL_{name.upper()}": value for name, value in settings.items()},
        }

    def carnival(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run one command to its end, whatever it ends with."""
        return subprocess.run(
            [*COMMAND, *arguments],
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )

    def must(self, *arguments: str, typed: str = "") -> str:
        """Run one command that has to succeed and return what it printed. Raises RuntimeError with its words."""
        done = self.carnival(*arguments, typed=typed)
        if done.returncode:
            raise RuntimeError(f"carnival {' '.join(arguments)} ended with {done.returncode}: {done.stderr[-400:]}")
        return done.stdout

    def add_editors(self) -> None:
        """Make two accounts that review."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in (EDITOR, COLLEAGUE):
            self.must("users", "add", name, "--role", "editor", "--password-stdin", typed=PASSWORD)

    def whitelist(self, channels: Sequence[Mapping[str, Any]]) -> None:
        """Import approved channels, each of a unit of its own; the first editor answers for them."""
        units = [
            {
                "id": f"unit-{channel['id']}",
                "name": f"攻击单位{channel['id']}",
                "short_name": f"单位{channel['id']}",
                "system": "科技馆之城",
                "district": "海淀区",
                "channels": [{"kind": "site", "status": "approved", "licence": "示例授权", **channel}],
            }
            for channel in channels
        ]
        file = self.folder.parent / "units.yaml"
        file.write_text(json.dumps({"version": 1, "units": units}, ensure_ascii=False), encoding="utf-8")
        self.must("units", "import", str(file), "--yes", "--approve-as", EDITOR)

    def crawl(self, *, collect_only: bool = False) -> list[dict[str, Any]]:
        """Read every channel once; what each brought."""
        more = ["--collect-only"] if collect_only else []
        done = self.carnival("crawl", "--all", "--json", *more)
        return list(json.loads(done.stdout)) if done.stdout.strip().startswith("[") else []

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the record file itself, beside whatever runs."""
        with contextlib.closing(sqlite3.connect(f"file:{self.folder / 'carnival.db'}?mode=ro", uri=True)) as raw:
            return raw.execute(query, values).fetchall()

    def titles(self) -> dict[str, str]:
        """Return the id of every item by the title of its newest version."""
        query = "SELECT v.title, i.id FROM items i JOIN versions v ON v.item = i.id AND v.number = i.latest"
        return {title: item for title, item in self.rows(query)}

    @contextlib.contextmanager
    def serving(self) -> Iterator[str]:
        """Run `carnival web` on a free port; gives its address. Ends it afterwards."""
        port = free_port()
        process = subprocess.Popen(
            [*COMMAND, "web", "--port", str(port)],
            env=self.environment | {"CARNIVAL_PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=(self.folder.parent / "web.log").open("ab"),
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/robots.txt")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def site_channel(name: str, host: str, path: str = "/list.html") -> dict[str, Any]:
    """Return a channel for `whitelist`: a site whose list page is `path` and names its articles in `ul.news`."""
    channel = {"id": name, "name": f"网站{name}", "source": "site", "address": f"http://{host}{path}"}
    return channel | {"hosts": [host], "options": {"list": "ul.news"}}


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own loopback address
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(LOOK_SECONDS)
    raise RuntimeError(f"{url} did not answer within {WAIT_SECONDS:.0f} s")
