"""What all tests share: no network beyond loopback, a database of their own, and builders of records."""

import errno
import ipaddress
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.accounts import Role, User
from indexer.intake import take_in
from indexer.items import (
    Candidate,
    Channel,
    ChannelId,
    ChannelKind,
    Decision,
    Finding,
    Item,
    Move,
    Tag,
    Unit,
    UnitId,
    WhitelistStatus,
)
from indexer.records import channels, items, people
from indexer.records.database import Database
from indexer.review import desk
from tests.real.summary import pytest_terminal_summary  # noqa: F401  (the table of captured rows)

NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets beyond loopback answer as on a machine without network, whatever the test runs on."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: tuple[str, int]) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise OSError(errno.ENETUNREACH, f"tests may not reach {address[0]}")
        connect(self, address)

    def guarded_look_up(host: str | bytes | None, *args: object, **named: object) -> object:
        if host is not None and not _is_local_name(host.decode() if isinstance(host, bytes) else host):
            raise socket.gaierror(socket.EAI_NONAME, f"tests may not look up {host!r}")
        return look_up(host, *args, **named)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


@pytest.fixture
def now() -> datetime:
    """One fixed moment in the campaign."""
    return NOW


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database after all migrations: copied, since to migrate anew takes ten times as long."""
    path = tmp_path_factory.mktemp("migrated") / "carnival.db"
    Database.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def database(tmp_path: Path, _migrated: Path) -> Iterator[Database]:
    """A new SQLite database with all migrations done, at `records/carnival.db` of the test's folder."""
    path = tmp_path / "records" / "carnival.db"
    path.parent.mkdir()
    shutil.copy(_migrated, path)  # with its mode
    opened = Database.open(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def make_unit() -> Callable[..., Unit]:
    """Build a unit; named arguments replace its fields."""
    unit = Unit(id=UnitId("unit-a"), name="示例科技馆", short_name="示例馆", system="科技馆之城", district="海淀区")
    return lambda **fields: replace(unit, **fields)


@pytest.fixture
def make_channel() -> Callable[..., Channel]:
    """Build an approved channel of that unit on `a.example`."""
    channel = Channel(
        id=ChannelId("channel-a"),
        unit=UnitId("unit-a"),
        kind=ChannelKind.SITE,
        name="示例馆网站",
        source="feed",
        address="http://a.example/feed.xml",
        hosts=("a.example",),
        status=WhitelistStatus.APPROVED,
        licence="示例授权书",
    )
    return lambda **fields: replace(channel, **fields)


@pytest.fixture
def make_candidate() -> Callable[..., Candidate]:
    """Build a candidate of that channel; give `url` for another article."""
    candidate = Candidate(
        channel=ChannelId("channel-a"),
        url="http://a.example/art/1.html",
        title="月球车如何过夜",
        text="月球的夜晚长达十四个地球日，月球车要在零下一百多摄氏度里休眠。",
    )
    return lambda **fields: replace(candidate, **fields)


@pytest.fixture
def channel(database: Database, make_unit: Callable[..., Unit], make_channel: Callable[..., Channel]) -> Channel:
    """The approved channel, saved with its unit."""
    with database.transaction() as tx:
        channels.save_unit(tx, make_unit())
        channels.save_channel(tx, make_channel())
    return make_channel()


@pytest.fixture
def make_item(database: Database, channel: Channel, make_candidate: Callable[..., Candidate]) -> Callable[..., Item]:
    """Take in a candidate with these fields and note it as understood; gives the pending item."""

    def make(*, tags: tuple[Tag, ...] = (), findings: tuple[Finding, ...] = (), **fields: object) -> Item:
        taken = take_in(database, make_candidate(**fields), now=NOW)
        assert taken.item is not None
        with database.transaction() as tx:
            item = items.item(tx, taken.item)
            assert item is not None
            items.save_understanding(
                tx,
                item.id,
                item.latest,
                tags=tags,
                findings=findings,
                vector=None,
                embedder="none",
                cluster=item.cluster,
                at=NOW,
            )
        return item

    return make


@pytest.fixture
def make_user(database: Database) -> Callable[..., User]:
    """Save a person, by default an editor, and return them; they have no password that signs in."""

    def make(name: str = "编辑甲", *, role: Role = Role.EDITOR, unit: UnitId | None = None) -> User:
        with database.transaction() as tx:
            return people.add_user(tx, name, role=role, unit=unit, password_hash="none")

    return make


@pytest.fixture
def move_on(database: Database) -> Callable[..., Decision]:
    """Make a move on an item as it stands at this moment; named arguments are those of `desk.decide`."""

    def make(item: Item, move: Move, *, who: User, why: str = "示例", now: datetime = NOW) -> Decision:
        with database.reading() as tx:
            found = items.item(tx, item.id)
        assert found is not None
        return desk.decide(
            database,
            item=item.id,
            version=found.latest,
            state=found.state,
            move=move,
            who=who,
            why=why,
            now=now,
        )

    return make


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder that is a disk of its own, of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root and the right to mount")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def fill() -> Callable[[Path], Path]:
    """Write a file into a folder until its disk is full; gives the file."""

    def until_full(folder: Path) -> Path:
        ballast = folder / "ballast"
        with ballast.open("wb", buffering=0) as out, suppress(OSError):
            while out.write(b"x" * 4096):
                pass
        return ballast

    return until_full


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_local_name(host: str) -> bool:
    """Numbers are not looked up at all, so any may pass: the connection to them is what is refused."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host in ("", "localhost", socket.gethostname())
    return True
