"""Calls with a credential: opened as they leave, asked once more where a platform refused a token.

No source, and nothing of Scrapy, ever holds a secret or a token.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from config.settings import Settings
from crawler.credentials.filling import Credential
from crawler.credentials.keyring import Keyring
from crawler.exchange import Answer, Ask
from crawler.guard import send_once
from crawler.platforms import ledger
from crawler.platforms.port import Fetched, PlatformRefused, Tools, Verdict, Way, opened
from crawler.platforms.tokens import Token, Tokens
from crawler.platforms.troubles import trouble_in
from crawler.platforms.ways import ways
from indexer.base.ids import ChannelId
from indexer.catalogue.platform_words import PlatformCase
from indexer.connections.records import CREDENTIAL, Connection, ConnectionState
from indexer.records import connections
from indexer.records.database import Database

log = structlog.get_logger()

ENDS = {Verdict.ENDED: ConnectionState.EXPIRED, Verdict.WITHDRAWN: ConnectionState.WITHDRAWN}
ENDING_CASES = {
    PlatformCase.AUTHORISATION_ENDED: ConnectionState.EXPIRED,
    PlatformCase.AUTHORISATION_WITHDRAWN: ConnectionState.WITHDRAWN,
}


class Caller:
    """Sends requests that name a credential: a connection's, or one that an operator set."""

    def __init__(
        self, settings: Settings, database: Database, *, clock: Callable[[], datetime], tokens: Tokens | None = None
    ) -> None:
        self._settings, self._database, self._clock = settings, database, clock
        self._keyring = Keyring(settings, database)
        self._tokens = tokens or Tokens(settings, database, clock=clock)

    def send(self, ask: Ask) -> Answer:
        """Return whatever the address answers, a redirect too. Blocks: the reactor calls it in a thread.

        Each one that names a call counts on its account's quota. Raises PlatformRefused, FetchRefused,
        CredentialUnusable.
        """
        if not ask.credential.startswith(CREDENTIAL):
            return send_once(ask, self._settings, keys=self._keyring.credential)
        connection = self._connection(ChannelId(ask.credential.removeprefix(CREDENTIAL)))
        way = ways()[connection.platform]
        answer, token = self._sent(ask, way, connection)
        if token is not None and way.verdict(answer) is Verdict.TOKEN_REFUSED:
            self._tokens.drop(token)
            answer, _ = self._sent(ask, way, connection)
        self._heed(way.verdict(answer), ask, way, connection)
        return answer

    def _connection(self, channel: ChannelId) -> Connection:
        with self._database.reading() as tx:
            found = connections.connection(tx, channel)
        if found and found.state is ConnectionState.CONNECTED and self._is_over(found):
            self._end(found, ConnectionState.EXPIRED)
            found = replace(found, state=ConnectionState.EXPIRED)
        match found.state if found else ConnectionState.DISCONNECTED:
            case ConnectionState.CONNECTED if found:
                return found
            case ConnectionState.EXPIRED:
                raise PlatformRefused(trouble_in(PlatformCase.AUTHORISATION_ENDED, code="到期"))
            case ConnectionState.WITHDRAWN:
                raise PlatformRefused(trouble_in(PlatformCase.AUTHORISATION_WITHDRAWN))
            case _:
                raise PlatformRefused(trouble_in(PlatformCase.NO_CONNECTION))

    def _is_over(self, connection: Connection) -> bool:
        """Whether the authorisation has ended by its own term: then its platform is not asked any more."""
        return connection.expires_at is not None and connection.expires_at <= self._clock()

    def _sent(self, ask: Ask, way: Way, connection: Connection) -> tuple[Answer, Token | None]:
        """The answer, and the token that it was asked with; None where the connection's secret itself is it."""
        token = self._token(way, connection)
        secret = token.value if token else opened(self._settings, connection.sealed)
        self._count(connection.account, ask.call, way)
        filled = Credential(name=ask.credential, hosts=way.hosts, place=way.place, field=way.field, secret=secret)
        return send_once(ask, self._settings, keys=lambda _: filled), token

    def _token(self, way: Way, connection: Connection) -> Token | None:
        name = way.token_name(connection)
        if not name:
            return None
        tools = self.tools(way)
        try:
            return self._tokens.token(
                name, lambda: way.fetch(connection, opened(self._settings, connection.sealed), tools)
            )
        except PlatformRefused as refused:
            self._end(connection, ENDING_CASES.get(PlatformCase(refused.trouble.case)))
            raise

    def tools(self, way: Way) -> Tools:
        """Return what a way may use while it fetches a token or tries a connection."""

        def token(name: str, fetch: Callable[[], Fetched]) -> str:
            return self._tokens.token(name, fetch).value

        return Tools(
            settings=self._settings,
            database=self._database,
            clock=self._clock,
            send=lambda ask: send_once(ask, self._settings),
            count=lambda account, call: self._count(account, call, way),
            token=token,
        )

    def _count(self, account: str, call: str, way: Way) -> None:
        """Count a call of an account that is about to be made. Raises PlatformRefused where its quota is spent."""
        if not call:
            return
        caller, most = ledger.account_caller(account), way.quotas[call]
        with self._database.transaction() as tx:
            if not ledger.count(tx, caller, call, most=most, now=self._clock()):
                raise PlatformRefused(
                    trouble_in(PlatformCase.QUOTA_SPENT, call=call, code=f"采集程序一天最多用 {most} 次")
                )

    def _heed(self, verdict: Verdict, ask: Ask, way: Way, connection: Connection) -> None:
        """Note what an answer says of the authorisation; the source says it to the unit."""
        self._end(connection, ENDS.get(verdict))
        if verdict is Verdict.SPENT and ask.call:
            with self._database.transaction() as tx:
                caller = ledger.account_caller(connection.account)
                ledger.spend(tx, caller, ask.call, most=way.quotas[ask.call], now=self._clock())

    def _end(self, connection: Connection, state: ConnectionState | None) -> None:
        """Note that an authorisation ended at the platform, unless a person connected anew meanwhile."""
        if state is None:
            return
        with self._database.transaction() as tx:
            held = connections.connection(tx, connection.channel)
            if held == connection:
                connections.save(tx, replace(connection, state=state))
                log.info("connection_ended", channel=connection.channel, state=state)
