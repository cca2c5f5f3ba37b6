"""docs/operate.md, “When Meilisearch is unwell”: what each page and each command says, with each such server."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from config.settings import SearchEngine, Settings
from indexer.catalogue.items import Item
from indexer.commands import status as commands
from indexer.commands.search import search_command
from indexer.people.accounts import User
from indexer.records import outbox
from indexer.records.database import Database
from indexer.review.records import Decision, Move
from indexer.search import factory
from indexer.search.meilisearch import tasks
from indexer.search.meilisearch.index import MeilisearchIndex
from tests.simulators.unwell import RAW, address, said
from web.app.factory import create_app
from web.app.limits import limiter

TABLE = said()
BY_WORDS = ("/search?q=月球", "/feed.atom?q=月球", "/api/items?q=月球")
WITHOUT = ("/", "/search?topic=it", "/suggest?q=月球", "/sign-in", "/feed.atom", "/units")
COMMANDS: Sequence[tuple[click.Command, Sequence[str]]] = (
    (commands.index_group, ["publish"]),
    (commands.index_group, ["check"]),
    (commands.reindex_command, []),
)
TOLD = "search index: Meilisearch does not answer as it should: ", "search index: Meilisearch did not finish "
SLOW = ("hangs", "sends a byte at a time", "sends its headers so")
RESTS, EMPTY = "现在不能按词查找", "找到 0 条"


@pytest.fixture(params=list(TABLE))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def settings(kind: str, tmp_path: Path, records_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """With such a server, for this process and for commands."""
    with ExitStack() as opened:
        url = address(kind, opened)
        for name, value in (
            ("DATA_FOLDER", str(tmp_path / "data")), ("DATABASE_URL", records_url),
            ("SEARCH_ENGINE", "meilisearch"), ("MEILISEARCH_URL", url), ("MEILISEARCH_KEY", "key"),
        ):  # fmt: skip
            monkeypatch.setenv(f"CARNIVAL_{name}", value)
        monkeypatch.setattr(tasks, "MOST_SECONDS", 0.1)
        if kind in SLOW:
            monkeypatch.setattr(factory, "MeilisearchIndex", _hasty)
        yield Settings()


def _hasty(url: str, key: str | None, **_: object) -> MeilisearchIndex:
    """An index whose server is not waited for as long as it really is."""
    return MeilisearchIndex(url, key, seconds=0.2)


@pytest.fixture
def public(
    database: Database, kind: str, make_item: Callable[..., Item], make_user: Callable[..., User],
    move_on: Callable[..., Decision], now: datetime,
) -> Item:  # fmt: skip
    """A public piece; what forgot its index was told of it before, the others were not."""
    item = make_item()
    move_on(item, Move.APPROVE, who=make_user())
    if kind == "forgot its index":
        with database.transaction() as tx:
            rows = outbox.claim_waiting(tx, holder="test", now=now, limit=10)
            outbox.done(tx, [row for row, _ in rows], holder="test")
    return item


def test_every_kind_of_server_has_its_row() -> None:
    assert {len(row) for row in TABLE.values()} == {2 + len(COMMANDS)}
    assert set(RAW) < set(TABLE)
    assert len(TABLE) == 15 + 1


def test_every_page_says_what_the_table_says(
    settings: Settings, database: Database, public: Item, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "enabled", False)
    client = create_app(settings, database=database).test_client()
    by_words, without, *_ = TABLE[kind]

    answers = {page: client.get(page) for page in (*BY_WORDS, *WITHOUT)}

    assert {answers[page].status_code for page in BY_WORDS} == {by_words}
    assert {answers[page].status_code for page in WITHOUT} == {without}
    assert (RESTS if by_words == 503 else EMPTY) in answers[BY_WORDS[0]].text
    assert ("Retry-After" in answers[BY_WORDS[0]].headers) is (by_words == 503)
    assert public.id in answers["/"].text


def test_every_command_ends_as_the_table_says(settings: Settings, database: Database, public: Item, kind: str) -> None:
    assert settings.search_engine is SearchEngine.MEILISEARCH

    results: list[Result] = [CliRunner().invoke(command, arguments) for command, arguments in COMMANDS]

    assert [_code(result) for result in results] == TABLE[kind][2:]
    assert [_said(result) for result in results if _code(result) == 2 and not _said(result).startswith(TOLD)] == []
    with database.reading() as tx:
        assert bool(outbox.depth(tx)) is (TABLE[kind][2] != 0)


def _said(result: Result) -> str:
    """What it says of why it ended, in one line."""
    [line] = result.stderr.removeprefix("Error: ").splitlines()
    return line


def _code(result: Result) -> int:
    """The exit code; a refusal prints itself at the edge of the program."""
    return int(getattr(result.exception, "exit_code", result.exit_code))


def test_a_search_on_the_command_line_says_what_a_page_says(
    settings: Settings, database: Database, public: Item, kind: str
) -> None:
    result = CliRunner().invoke(search_command, ["月球"])

    assert _code(result) == (2 if TABLE[kind][0] == 503 else 0)
    assert _said(result).startswith(TOLD) if _code(result) else "found     0" in result.stdout
