"""What the component asks WeChat: for its own token, for accounts that authorised it, for who they are."""

import dataclasses
import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta

from config.settings import Settings
from crawler.credentials.filling import Credential
from crawler.exchange import Answer, Ask
from crawler.guard import send_once
from crawler.platforms.fields import NotAnAnswer, Object, number, parse, text
from crawler.platforms.port import Fetched, PlatformRefused, Verdict, platform_trouble
from crawler.platforms.tokens import Token, Tokens
from crawler.platforms.ways.wechat import token_in
from crawler.platforms.wechat import component
from crawler.platforms.wechat.accounts import AccountInfo, Authorised, account_info_of, authorised_of
from crawler.platforms.wechat.errors import refusal_in, trouble_of
from crawler.platforms.wechat.verdicts import verdict_of
from indexer.catalogue.platform_words import PlatformCase
from indexer.records import tokens
from indexer.records.credentials import SecretPlace
from indexer.records.database import Database
from indexer.records.sealing import unseal

TOKEN_CALL = "api_component_token"  # noqa: S105 - the name of a call
EXCHANGED = timedelta(hours=1)  # how long what a code brought is kept for whoever comes with the same code
CODE_LASTS = timedelta(minutes=10)  # of a code for sending a person, where the answer does not say


class ComponentCalls:
    """The component of this deployment. All raise PlatformRefused with a trouble, FetchRefused where nobody answers."""

    def __init__(
        self, settings: Settings, database: Database, *, clock: Callable[[], datetime], tokens: Tokens | None = None
    ) -> None:
        self._settings, self._database, self._clock = settings, database, clock
        self._tokens = tokens or Tokens(settings, database, clock=clock)

    @property
    def appid(self) -> str:
        """The component's app id."""
        if not self._settings.wechat_component_appid:
            raise PlatformRefused(platform_trouble(PlatformCase.NO_COMPONENT))
        return self._settings.wechat_component_appid

    def pre_auth_code(self) -> Fetched:
        """Return a code with which one person may be sent to authorise."""
        said = self._said(component.pre_auth_code(self.appid))
        code, lasts = text(said.get("pre_auth_code")), number(said.get("expires_in"))
        if not code:
            raise PlatformRefused(platform_trouble(PlatformCase.BUSY, code="没有预授权码"))
        return Fetched(value=code, lasts=timedelta(seconds=lasts) if lasts and lasts > 0 else CODE_LASTS)

    def exchange(self, code: str) -> Authorised:
        """Return whose account a code is of, with its tokens.

        A code counts once, and comes twice: with the person and by an event. Whoever is first leaves what it brought
        for the other.
        """
        kept = self._tokens.token(f"authorised:{_digest(code)}", lambda: self._exchanged(code))
        found = json.loads(kept.value)
        return Authorised(**found | {"rights": tuple(found["rights"])})

    def renew(self, account: str, refresh_token: str) -> Authorised:
        """Return a new token of an account, with the refresh token that counts from now on."""
        ask = component.renew(self.appid, account=account, refresh_token=refresh_token)
        return _with_token(authorised_of(self._said(ask)), ask.call)

    def account_info(self, account: str) -> AccountInfo:
        """Return who an account is."""
        return account_info_of(self._said(component.account_info(self.appid, account=account)))

    def _exchanged(self, code: str) -> Fetched:
        ask = component.query_auth(self.appid, code=code)
        found = _with_token(authorised_of(self._said(ask)), ask.call)
        if not (found.appid and found.refresh_token):
            raise PlatformRefused(platform_trouble(PlatformCase.BUSY, code="没有授权账号"))
        return Fetched(value=json.dumps(dataclasses.asdict(found)), lasts=EXCHANGED)

    def _said(self, ask: Ask) -> Object:
        """What a call answers; a refused token is fetched anew, once."""
        token = self._token()
        answer = self._sent(ask, token)
        if verdict_of(answer) is Verdict.TOKEN_REFUSED:
            self._tokens.drop(token)
            answer = self._sent(ask, self._token())
        return _object(answer, ask.call)

    def _sent(self, ask: Ask, token: Token) -> Answer:
        filled = Credential(
            name=token.name,
            hosts=(component.HOST,),
            place=SecretPlace.QUERY,
            field=component.TOKEN_FIELD,
            secret=token.value,
        )
        return send_once(ask, self._settings, keys=lambda _: filled)

    def _token(self) -> Token:
        return self._tokens.token(f"component:{self.appid}", self._fetched)

    def _fetched(self) -> Fetched:
        secret = self._settings.wechat_component_secret
        if secret is None:
            raise PlatformRefused(platform_trouble(PlatformCase.NO_COMPONENT))
        ask = component.component_token(self.appid, secret=secret.get_secret_value(), ticket=self._ticket())
        answer = send_once(ask, self._settings)
        return token_in(answer, name=component.TOKEN_FIELD, call=TOKEN_CALL)

    def _ticket(self) -> str:
        with self._database.reading() as tx:
            kept = tokens.token(tx, ticket_name(self.appid))
        if kept is None or kept.expires_at <= self._clock():
            raise PlatformRefused(platform_trouble(PlatformCase.NO_TICKET))
        if (value := unseal(self._settings, kept.sealed)) is None:
            raise PlatformRefused(platform_trouble(PlatformCase.CANNOT_OPEN))
        return value


def ticket_name(appid: str) -> str:
    """Return the name of a component's ticket among the tokens."""
    return f"ticket:{appid}"


def account_token_name(account: str) -> str:
    """Return the name of the token of an account that authorised the component."""
    return f"authorizer:{account}"


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()[:40]


def _with_token(found: Authorised, call: str) -> Authorised:
    if not (found.token and found.expires_in and found.expires_in > 0):
        raise PlatformRefused(platform_trouble(PlatformCase.BUSY, code="没有令牌", call=call))
    return found


def _object(answer: Answer, call: str) -> Object:
    try:
        said = parse(answer.body)
    except NotAnAnswer as error:
        raise PlatformRefused(platform_trouble(PlatformCase.BUSY, code=f"HTTP {answer.status}", call=call)) from error
    if (refused := refusal_in(said)) is not None:
        raise PlatformRefused(trouble_of(refused, call=call))
    return said
