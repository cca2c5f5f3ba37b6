"""WeChat through our third-party platform, which an account authorised (path A3): its calls count on the account."""

from dataclasses import replace
from datetime import timedelta

from crawler.exchange import Answer
from crawler.platforms.port import Fetched, PlatformRefused, Tools, Verdict, Way, Wish, opened, platform_trouble
from crawler.platforms.wechat import calls
from crawler.platforms.wechat.authorised import account_of_code
from crawler.platforms.wechat.authorising import ComponentCalls, account_token_name
from crawler.platforms.wechat.verdicts import verdict_of
from indexer.catalogue.platform_words import PlatformCase
from indexer.connections.binding import bound, keep_beside, likeness_of
from indexer.connections.desk import SEALED
from indexer.connections.records import Connection, Platform
from indexer.records import connections
from indexer.records.credentials import SecretPlace
from indexer.records.sealing import seal
from indexer.whitelist.wechat_accounts import Likeness


class WechatComponent(Way):
    """The connection's secret is the refresh token; with each new token may come another one, which is kept."""

    platform = Platform.COMPONENT
    hosts = (calls.HOST,)
    place, field = SecretPlace.QUERY, "access_token"
    quotas = calls.QUOTAS

    def token_name(self, connection: Connection) -> str:
        """By the account."""
        return account_token_name(connection.account)

    def fetch(self, connection: Connection, secret: str, tools: Tools) -> Fetched:
        """Ask for a new token with the refresh token."""
        component = ComponentCalls(tools.settings, tools.database, clock=tools.clock)
        got = component.renew(connection.account, secret)
        if got.refresh_token and got.refresh_token != secret:
            _keep(connection, got.refresh_token, tools)
        return Fetched(value=got.token, lasts=timedelta(seconds=got.expires_in or 0))

    def connect(self, wish: Wish, tools: Tools) -> Connection:
        """Exchange the code that a person brought back. An account that is not the channel's own is refused."""
        component = ComponentCalls(tools.settings, tools.database, clock=tools.clock)
        found = account_of_code(component, opened(tools.settings, wish.fields[SEALED]))
        if likeness_of(wish.channel, found) is Likeness.OTHER:
            raise PlatformRefused(platform_trouble(PlatformCase.FOREIGN_USER, code=f"{found.name} {found.original_id}"))
        with tools.database.transaction() as tx:
            keep_beside(tx, tools.settings, wish.channel, found, now=wish.at)
            return bound(tx, tools.settings, wish.channel, found, who=wish.who, now=wish.at)

    def verdict(self, answer: Answer) -> Verdict:
        """By the code of the answer."""
        return verdict_of(answer)


def _keep(connection: Connection, refresh_token: str, tools: Tools) -> None:
    """Keep the refresh token that counts from now on, unless the account authorised anew meanwhile."""
    with tools.database.transaction() as tx:
        held = connections.connection(tx, connection.channel)
        if held is not None and held.sealed == connection.sealed:
            connections.save(tx, replace(held, sealed=seal(tools.settings, refresh_token)))


WAY = WechatComponent()
