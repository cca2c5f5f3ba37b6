"""WeChat by an account's own app id and secret (path A2): `stable_token`, which several may share."""

from datetime import timedelta

from crawler.exchange import OK, Answer
from crawler.platforms.fields import NotAnAnswer, parse
from crawler.platforms.port import Fetched, PlatformRefused, Tools, Verdict, Way, Wish, opened
from crawler.platforms.troubles import trouble_in
from crawler.platforms.wechat import calls
from crawler.platforms.wechat.answers import token_of
from crawler.platforms.wechat.errors import refusal_in, trouble_of
from crawler.platforms.wechat.verdicts import verdict_of
from indexer.catalogue.platform_words import PlatformCase
from indexer.connections.desk import CALLBACK_SEALED, SEALED
from indexer.connections.records import Connection, Platform
from indexer.records.credentials import SecretPlace


class WechatAccount(Way):
    """In normal mode the platform repeats the token that is valid, and renews it in its last five minutes."""

    platform = Platform.WECHAT
    hosts = (calls.HOST,)
    place, field = SecretPlace.QUERY, "access_token"
    quotas = calls.QUOTAS

    def token_name(self, connection: Connection) -> str:
        """By the account: whichever channel it serves."""
        return f"wechat:{connection.account}"

    def fetch(self, connection: Connection, secret: str, tools: Tools) -> Fetched:
        """Ask for the token that is valid; none is forced."""
        tools.count(connection.account, calls.TOKEN)
        return token_in(tools.send(calls.token_ask(connection.account, secret)))

    def connect(self, wish: Wish, tools: Tools) -> Connection:
        """Fetch a token with what was entered: that says whether all of it is right, our address included."""
        connection = Connection(
            channel=wish.channel.id,
            platform=self.platform,
            account=wish.fields["account"],
            sealed=wish.fields[SEALED],
            callback_sealed=wish.fields.get(CALLBACK_SEALED, ""),
            who=wish.who,
            at=wish.at,
        )
        self.fetch(connection, opened(tools.settings, connection.sealed), tools)
        return connection

    def verdict(self, answer: Answer) -> Verdict:
        """By the code of the answer."""
        return verdict_of(answer)


def token_in(answer: Answer, *, name: str = "access_token", call: str = calls.TOKEN) -> Fetched:
    """Return the token of an answer. name: of the field that holds it. Raises PlatformRefused where there is none."""
    try:
        said = parse(answer.body) if answer.status == OK else {}
    except NotAnAnswer:
        said = {}
    if (refused := refusal_in(said)) is not None:
        raise PlatformRefused(trouble_of(refused, call=call))
    if (token := token_of(said, name=name)) is None:
        raise PlatformRefused(trouble_in(PlatformCase.BUSY, code=f"HTTP {answer.status}", call=call))
    return Fetched(value=token.value, lasts=timedelta(seconds=token.expires_in))


WAY = WechatAccount()
