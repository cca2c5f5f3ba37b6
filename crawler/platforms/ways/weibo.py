"""Weibo by the authorisation of an account's owner (path C): the access token is what the connection keeps."""

from crawler.exchange import OK, Answer
from crawler.guard import FetchRefused
from crawler.platforms.fields import NotAnAnswer
from crawler.platforms.port import Fetched, PlatformRefused, Tools, Verdict, Way, Wish, opened, platform_trouble
from crawler.platforms.weibo import calls
from crawler.platforms.weibo.answers import read_answer
from crawler.platforms.weibo.errors import WeiboError, trouble_of
from crawler.platforms.weibo.oauth import Granted, granted, name_in, token_ask, user_ask
from indexer.catalogue.platform_words import PlatformCase
from indexer.connections.desk import SEALED
from indexer.connections.records import Connection, Platform
from indexer.connections.weibo import RETURN_TO
from indexer.records.credentials import SecretPlace
from indexer.records.sealing import seal
from indexer.whitelist.weibo_accounts import uid_of

NAME_CHARS = 100
VERDICTS = {
    PlatformCase.AUTHORISATION_ENDED: Verdict.ENDED,
    PlatformCase.AUTHORISATION_WITHDRAWN: Verdict.WITHDRAWN,
}


class WeiboAccount(Way):
    """No token is fetched: a web application gets none to refresh with, its user authorises again (ACCESS.md)."""

    platform = Platform.WEIBO
    hosts = (calls.HOST,)
    place, field = SecretPlace.QUERY, "access_token"
    quotas = calls.QUOTAS

    def token_name(self, connection: Connection) -> str:
        """None: the secret itself is the token."""
        return ""

    def fetch(self, connection: Connection, secret: str, tools: Tools) -> Fetched:
        """Raises NotImplementedError: nobody asks."""
        raise NotImplementedError

    def connect(self, wish: Wish, tools: Tools) -> Connection:
        """Exchange the code that the owner came back with; the account must be the one that the channel registers."""
        found = _exchanged(wish, tools)
        name = _name(found, tools)
        held = uid_of(wish.channel)
        if not held:
            facts = {"name": name or "—", "uid": found.uid}
            raise PlatformRefused(platform_trouble(PlatformCase.UID_UNREGISTERED, **facts))
        if held != found.uid:
            raise PlatformRefused(platform_trouble(PlatformCase.FOREIGN_USER, code=f"uid {found.uid}"))
        return Connection(
            channel=wish.channel.id,
            platform=self.platform,
            account=found.uid,
            name=name,
            sealed=seal(tools.settings, found.token),
            expires_at=wish.at + found.lasts,
            who=wish.who,
            at=wish.at,
        )

    def verdict(self, answer: Answer) -> Verdict:
        """By the code of the answer."""
        try:
            error = read_answer(answer.body).error
        except NotAnAnswer:
            return Verdict.FINE
        return VERDICTS.get(error.case, Verdict.FINE) if error else Verdict.FINE


def _exchanged(wish: Wish, tools: Tools) -> Granted:
    """The token of the code. Raises PlatformRefused, FetchRefused."""
    key, secret = tools.settings.weibo_app_key, tools.settings.weibo_app_secret
    if not key or secret is None:
        raise PlatformRefused(platform_trouble(PlatformCase.APP_REFUSED, code="CARNIVAL_WEIBO_APP_KEY"))
    ask = token_ask(
        key=key,
        secret=secret.get_secret_value(),
        code=opened(tools.settings, wish.fields[SEALED]),
        return_to=wish.fields[RETURN_TO],
    )
    answer = tools.send(ask)
    match granted(answer.body):
        case Granted() as found:
            return found
        case WeiboError() as error:
            raise PlatformRefused(trouble_of(error, call="access_token"))
    raise PlatformRefused(platform_trouble(PlatformCase.BUSY, code=f"HTTP {answer.status}"))


def _name(found: Granted, tools: Tools) -> str:
    """What Weibo calls the account; empty where it does not say: the number decides, the name is for people."""
    try:
        answer = tools.send(user_ask(found.uid, found.token))
    except FetchRefused:
        return ""
    return name_in(answer.body)[:NAME_CHARS] if answer.status == OK else ""


WAY = WeiboAccount()
