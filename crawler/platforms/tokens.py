"""Tokens of platforms, each fetched by one worker for all: the others wait for it, or use the one that still lasts."""

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from config.settings import Settings
from crawler.platforms.port import Fetched, opened
from crawler.wire import HostSilent
from indexer.records import tokens
from indexer.records.database import Database
from indexer.records.sealing import seal
from indexer.records.tokens import SealedToken
from indexer.work.steps import new_holder

log = structlog.get_logger()

EARLY = timedelta(minutes=5)  # before its end a token is renewed; until then WeChat takes both (ACCESS.md)
LOOKS, LOOK_SECONDS = 80, 0.25  # at a token that another one fetches: 20 s, longer than one request may take


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An opened token. fetched_at: tells it from a newer one of the same name."""

    name: str
    value: str = dataclasses.field(repr=False)
    fetched_at: datetime


class Tokens:
    """Opens and fetches tokens. pause: waits between two looks; no transaction is open meanwhile."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        clock: Callable[[], datetime],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings, self._database, self._clock, self._pause = settings, database, clock, pause

    def token(self, name: str, fetch: Callable[[], Fetched]) -> Token:
        """Return the token of a name that lasts, fetched by this worker or by another.

        Raises what `fetch` raises; HostSilent where another one fetched it and did not end in time.
        """
        holder = new_holder()  # of this call: another thread of the process waits for it as well
        for _ in range(LOOKS):
            found = self._kept(name, lasts=EARLY)
            if found is not None:
                return found
            if self._claim(name, holder):
                # Another one may have fetched it between our look and our claim.
                return self._kept(name, lasts=EARLY) or self._fetched(name, fetch, holder)
            if (old := self._kept(name, lasts=timedelta(0))) is not None:
                return old
            self._pause(LOOK_SECONDS)
        raise HostSilent("另一个采集进程正在取得平台的凭据，还没有取到。不用处理：下一轮自动再试")

    def drop(self, token: Token) -> bool:
        """Forget a token that the platform refused; one that another worker fetched since then stays."""
        with self._database.transaction() as tx:
            is_mine = tokens.drop(tx, token.name, fetched_at=token.fetched_at)
        log.info("token_dropped", token=token.name, was_newest=is_mine)
        return is_mine

    def _kept(self, name: str, *, lasts: timedelta) -> Token | None:
        """The token that is kept, if it lasts that long. Raises PlatformRefused where this machine cannot open it."""
        with self._database.reading() as tx:
            kept = tokens.token(tx, name)
        if kept is None or kept.expires_at - self._clock() <= lasts:
            return None
        return Token(name=name, value=opened(self._settings, kept.sealed), fetched_at=kept.fetched_at)

    def _claim(self, name: str, holder: str) -> bool:
        with self._database.transaction() as tx:
            return tokens.claim_fetch(tx, name, holder=holder, now=self._clock())

    def _fetched(self, name: str, fetch: Callable[[], Fetched], holder: str) -> Token:
        """Fetch it, and keep it for all. Whatever goes wrong, the next one may try at once."""
        is_kept = False
        try:
            got, at = fetch(), self._clock()
            kept = SealedToken(
                name=name, sealed=seal(self._settings, got.value), expires_at=at + got.lasts, fetched_at=at
            )
            with self._database.transaction() as tx:
                tokens.keep(tx, kept)
            is_kept = True
        finally:
            if not is_kept:
                with self._database.transaction() as tx:
                    tokens.give_up(tx, name, holder=holder)
        log.info("token_fetched", token=name, seconds=int(got.lasts.total_seconds()))
        return Token(name=name, value=got.value, fetched_at=at)
