"""What all tests share: no network beyond loopback, a database of their own, and builders of records."""

import logging
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
import structlog

from config.words import ChannelKind, WhitelistStatus
from indexer.base.ids import ChannelId, UnitId
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate, Item
from indexer.people.accounts import User
from indexer.people.rights import Role
from indexer.records import channels, items, people, understood
from indexer.records.database import Database
from indexer.review import desk
from indexer.review.records import Decision, Move
from indexer.understanding.results import Finding, Tag
from indexer.whitelist.records import Channel, Unit
from tests.lending import Lender
from tests.loopback import _loopback_only  # noqa: F401
from tests.mirror import plugin as mirror
from tests.postgres import EMPTY, Server, running
from tests.real import summary
from tests.skips import pytest_addoption, pytest_runtest_makereport  # noqa: F401
from tests.small_model import small_model  # noqa: F401

os.environ["HF_HUB_OFFLINE"] = "1"  # read when the hub's client is imported: no test asks for a model
hypothesis.settings.register_profile("carnival", deadline=None)  # how long a case takes is the machine's business
hypothesis.settings.load_profile("carnival")
NOW = datetime(2026, 9, 17, 2, 0, tzinfo=UTC)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of captured rows, and what tests recorded as `printed`: lines of a table of their own."""
    summary.print_captured_rows(terminalreporter)
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for line in dict(report.user_properties).get("printed", ()):
            terminalreporter.write_line(line)


def pytest_configure(config: pytest.Config) -> None:
    """Join the questions of the mirror to the run."""
    config.pluginmanager.register(mirror, "mirror")


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


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this test process."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def _on_postgres(postgres: Server) -> Lender:
    """Lends databases after all migrations."""
    name = postgres.make(like=EMPTY)
    Database.open(postgres.url(name)).close()
    return Lender(postgres, like=name)


@pytest.fixture
def records_on() -> str:
    """Where `database` lies: on SQLite; tests/indexer has each of its tests run on `postgresql` as well."""
    return "sqlite"


@pytest.fixture
def make_records(records_on: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Make new records and give their address; on SQLite the first are `records/carnival.db` of the test's folder.

    is_migrated=False: a database without any table, on SQLite not even its folder.
    """
    made: list[str] = []
    lent: list[str] = []

    def on_sqlite(*, is_migrated: bool = True) -> str:
        path = tmp_path / f"records{len(made) or ''}" / "carnival.db"
        made.append(path.name)
        if is_migrated:
            path.parent.mkdir()
            shutil.copy(request.getfixturevalue("_migrated"), path)  # with its mode
        return f"sqlite:///{path}"

    def on_postgresql(*, is_migrated: bool = True) -> str:
        if is_migrated:
            lent.append(request.getfixturevalue("_on_postgres").lend())
            return server.url(lent[-1])
        made.append(server.make(like=EMPTY))
        return server.url(made[-1])

    if records_on == "sqlite":
        yield on_sqlite
        return
    server: Server = request.getfixturevalue("postgres")
    yield on_postgresql
    for name in made:
        server.drop(name)
    for name in lent:
        request.getfixturevalue("_on_postgres").take_back(name)


@pytest.fixture
def records_url(make_records: Callable[[], str]) -> str:
    """The address of new records with all migrations done."""
    return make_records()


@pytest.fixture
def database(records_url: str) -> Iterator[Database]:
    """New records with all migrations done, at `records_url`."""
    opened = Database.open(records_url)
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

    def make(
        *, tags: tuple[Tag, ...] = (), findings: tuple[Finding, ...] = (), vector: bytes | None = None, **fields: object
    ) -> Item:
        taken = take_in(database, make_candidate(**fields), now=NOW)
        assert taken.item is not None
        with database.transaction() as tx:
            item = items.item(tx, taken.item)
            assert item is not None
            understood.save(
                tx,
                item.id,
                item.latest,
                tags=tags,
                findings=findings,
                vector=vector,
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


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A command that runs in this process sets logs up for itself: afterwards they are as they were."""
    root, was_set_up = logging.getLogger(), structlog.is_configured()
    handlers, level = root.handlers[:], root.level
    yield
    if not was_set_up and structlog.is_configured():
        structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level
