"""Weibo by the authorisation of an account's owner (path C): the access token is what the connection keeps."""

from crawler.exchange import Answer
from crawler.platforms.fields import NotAnAnswer
from crawler.platforms.port import Fetched, Tools, Verdict, Way
from crawler.platforms.weibo import calls
from crawler.platforms.weibo.answers import read_answer
from indexer.catalogue.platform_words import PlatformCase
from indexer.connections.records import Connection, Platform
from indexer.records.credentials import SecretPlace

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

    def verdict(self, answer: Answer) -> Verdict:
        """By the code of the answer."""
        try:
            error = read_answer(answer.body).error
        except NotAnAnswer:
            return Verdict.FINE
        return VERDICTS.get(error.case, Verdict.FINE) if error else Verdict.FINE


WAY = WeiboAccount()
