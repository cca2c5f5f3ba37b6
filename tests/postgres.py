"""A PostgreSQL server of the tests' own, in a folder of its own, on a socket in that folder; both go when tests end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

PROGRAMS = Path("/usr/lib/postgresql")  # where Debian's packages put each version's
USERS = ("postgres", "nobody")  # whom the server runs as where tests run as root, which it refuses to do
EMPTY = "template1"  # PostgreSQL's own: a database without tables
INITDB = "--username=carnival --auth=trust --encoding=UTF8 --locale=C --no-sync"
# What a crash would lose is of no worth here: nothing waits for the disk.
OPTIONS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
# The server ends and its folder goes when the other end of standard input is closed: when the tests end, however.
SERVE = """
"$0" initdb --silent --pgdata="$FOLDER/data" --options="$INITDB" >"$FOLDER/log" 2>&1 &&
"$0" start --silent --wait --pgdata="$FOLDER/data" --log="$FOLDER/log" --options="$OPTIONS" &&
echo started || tail -n 1 "$FOLDER/log"
read -r _
"$0" stop --silent --mode=immediate --pgdata="$FOLDER/data"
cd / && rm -rf "$FOLDER"
"""


@dataclass(slots=True)
class Server:
    """A running server; folder: of its socket."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, name: str) -> str:
        """Return the address of one of its databases, as CARNIVAL_DATABASE_URL takes it."""
        return f"postgresql+psycopg://carnival@/{name}?host={self.folder}"

    def make(self, *, like: str) -> str:
        """Make a database that is a copy of another one, to which nobody is connected; return its name."""
        name = f"carnival{next(self._numbers)}"
        with self.connect("postgres") as connection:
            # Half the time of the strategy that PostgreSQL 15 made the default.
            strategy = "STRATEGY file_copy" if connection.info.server_version >= 150000 else ""
            made = SQL("CREATE DATABASE {} TEMPLATE {} " + strategy)
            connection.execute(made.format(Identifier(name), Identifier(like)))
        return name

    def drop(self, name: str) -> None:
        """Delete a database, whoever is connected to it."""
        with self.connect("postgres") as connection:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def connect(self, name: str) -> psycopg.Connection:
        """Return a connection of somebody else's, which begins no transaction by itself."""
        return psycopg.connect(host=str(self.folder), dbname=name, user="carnival", autocommit=True)


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, give it, and end it. Raises LookupError where none is installed: `make test-needs` does it."""
    folder = Path(tempfile.mkdtemp(prefix="carnival-postgres-"))
    user = _user()
    os.chown(folder, user.pw_uid, user.pw_gid)
    with _started(["/bin/sh", "-c", SERVE, str(program("pg_ctl"))], folder=folder, user=user) as process:
        if "started" not in (said := _first_line(process)):
            raise RuntimeError(f"PostgreSQL did not start: {said}")
        yield Server(folder)


def _first_line(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline() if process.stdout else ""


def _started(command: Sequence[str], *, folder: Path, user: pwd.struct_passwd) -> subprocess.Popen[str]:
    options = " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())
    is_root = os.geteuid() == 0
    return subprocess.Popen(
        command,
        cwd=folder,
        env={"PATH": os.defpath, "FOLDER": str(folder), "INITDB": INITDB, "OPTIONS": f"{options} -k {folder}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests: the server ends when they have ended
        user=user.pw_uid if is_root else None,
        group=user.pw_gid if is_root else None,
        extra_groups=() if is_root else None,
    )


def _user() -> pwd.struct_passwd:
    """Whom the server runs as: root it refuses to be."""
    if os.geteuid():
        return pwd.getpwuid(os.geteuid())
    known = {one.pw_name: one for one in pwd.getpwall()}
    return next(known[name] for name in USERS if name in known)


def program(name: str) -> Path:
    """Return one of the server's programs, of the newest version that is installed. Raises LookupError."""
    found = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1]
    if on_path := shutil.which(name):
        return Path(on_path)
    raise LookupError(f"PostgreSQL's {name} is not installed. `make test-needs` installs it.")
