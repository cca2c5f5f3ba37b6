"""Tokens of platforms: fetched by one worker for all, renewed early, dropped only where they are still the same."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from config.settings import Settings
from crawler.platforms.port import Fetched, PlatformRefused
from crawler.platforms.tokens import LOOKS, Token, Tokens
from crawler.platforms.troubles import trouble_in
from crawler.wire import HostSilent
from indexer.catalogue.platform_words import PlatformCase
from indexer.records import tokens as records
from indexer.records.database import Database
from tests.conftest import NOW

NAME = "wechat:wx00000000000000ab"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Issuer:
    """Gives another token each time, and counts."""

    def __init__(self, lasts: timedelta = timedelta(hours=2)) -> None:
        self.issued, self.lasts = 0, lasts

    def __call__(self) -> Fetched:
        self.issued += 1
        return Fetched(value=f"token-{self.issued}", lasts=self.lasts)


@pytest.fixture(params=["sqlite", "postgresql"])
def records_on(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(settings: Settings, database: Database, clock: Clock) -> Tokens:
    return Tokens(settings, database, clock=clock, pause=lambda _: pytest.fail("nobody else fetches it"))


def test_a_token_is_fetched_once_and_kept_sealed(tokens: Tokens, database: Database) -> None:
    issuer = Issuer()

    values = [tokens.token(NAME, issuer).value for _ in range(3)]

    with database.reading() as tx:
        kept = records.token(tx, NAME)
    assert (values, issuer.issued) == (["token-1"] * 3, 1)
    assert kept is not None
    assert "token-1" not in kept.sealed


@pytest.mark.parametrize(("after", "value"), [(114, "token-1"), (115, "token-2")])
def test_it_is_renewed_five_minutes_before_its_end(tokens: Tokens, clock: Clock, after: int, value: str) -> None:
    issuer = Issuer()
    tokens.token(NAME, issuer)

    clock.now += timedelta(minutes=after)

    assert tokens.token(NAME, issuer).value == value


def test_one_that_ends_within_five_minutes_is_used_and_the_next_call_fetches_anew(tokens: Tokens) -> None:
    issuer = Issuer(timedelta(seconds=200))

    assert [tokens.token(NAME, issuer).value for _ in range(2)] == ["token-1", "token-2"]


def test_a_refused_token_is_dropped_only_where_it_is_still_the_same(tokens: Tokens, clock: Clock) -> None:
    issuer = Issuer()
    first = tokens.token(NAME, issuer)
    clock.now += timedelta(seconds=1)
    assert tokens.drop(first)
    second = tokens.token(NAME, issuer)

    assert not tokens.drop(first)
    assert tokens.token(NAME, issuer) == second


def test_after_a_fetch_that_failed_the_next_one_may_try_at_once(tokens: Tokens) -> None:
    def refused() -> Fetched:
        raise PlatformRefused(trouble_in(PlatformCase.SECRET_WRONG, code="40125"))

    with pytest.raises(PlatformRefused, match="AppSecret"):
        tokens.token(NAME, refused)

    assert tokens.token(NAME, Issuer()).value == "token-1"


def test_while_one_fetches_the_others_wait_and_get_the_same(settings: Settings, database: Database) -> None:
    begun, may_end, issuer = threading.Event(), threading.Event(), Issuer()

    def slow() -> Fetched:
        begun.set()
        assert may_end.wait(20)
        return issuer()

    def pause(_seconds: float) -> None:
        may_end.set()
        fetched.result(20)

    with ThreadPoolExecutor() as threads:
        fetched = threads.submit(Tokens(settings, database, clock=Clock()).token, NAME, slow)
        assert begun.wait(20)
        other = Tokens(settings, database, clock=Clock(), pause=pause).token(NAME, issuer)

    assert (fetched.result(), issuer.issued) == (other, 1)


def test_while_one_renews_it_the_others_use_the_one_that_still_lasts(
    settings: Settings, database: Database, clock: Clock, tokens: Tokens
) -> None:
    issuer = Issuer()
    first = tokens.token(NAME, issuer)
    clock.now += timedelta(minutes=116)

    def renewing() -> Fetched:
        assert tokens.token(NAME, issuer) == first
        return issuer()

    assert tokens.token(NAME, renewing).value == "token-2"


def test_who_waits_in_vain_is_told_and_nothing_is_fetched_twice(settings: Settings, database: Database) -> None:
    waits: list[float] = []
    waiting, issuer = Tokens(settings, database, clock=Clock(), pause=waits.append), Issuer()

    def slow() -> Fetched:
        with pytest.raises(HostSilent, match="下一轮"):
            waiting.token(NAME, issuer)
        return issuer()

    Tokens(settings, database, clock=Clock()).token(NAME, slow)

    assert (len(waits), issuer.issued) == (LOOKS, 1)


def test_many_workers_fetch_one_token(
    settings: Settings, records_url: str, database: Database, records_on: str
) -> None:
    issuer, lock, gate = Issuer(), threading.Lock(), threading.Barrier(8)

    def fetch() -> Fetched:
        with lock:
            return issuer()

    def work(_number: int) -> Token:
        own = Database.open(records_url)
        try:
            gate.wait(20)
            return Tokens(settings, own, clock=Clock()).token(NAME, fetch)
        finally:
            own.close()

    with ThreadPoolExecutor(8) as threads:
        got = set(threads.map(work, range(8)))

    assert (len(got), issuer.issued) == (1, 1)


def test_a_token_of_another_machine_without_the_key_is_said(
    settings: Settings, database: Database, tokens: Tokens, make_other: Callable[[], Settings]
) -> None:
    tokens.token(NAME, Issuer())

    with pytest.raises(PlatformRefused, match="本机打不开"):
        Tokens(make_other(), database, clock=Clock()).token(NAME, Issuer())


@pytest.fixture
def make_other(settings: Settings) -> Callable[[], Settings]:
    def make() -> Settings:
        folder = settings.data_folder / "other"
        folder.mkdir()
        return Settings(data_folder=folder)

    return make
