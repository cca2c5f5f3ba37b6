"""The port to platforms that are asked by a token: what each way into one says of itself.

A way is a file in `crawler/platforms/ways` that sets `WAY`; nothing else names it. It is found by the `Platform` of a
connection (indexer/connections/records.py), and `calling.Caller` does the rest: it opens the connection, has its token
fetched by one worker for all, fills it in, and asks once more where the platform refuses it.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from config.settings import Settings
from crawler.exchange import Answer, Ask
from crawler.platforms.troubles import trouble_in
from indexer.catalogue.platform_words import PlatformCase
from indexer.catalogue.troubles import Trouble
from indexer.connections.records import Connection, Platform
from indexer.records.credentials import SecretPlace
from indexer.records.database import Database
from indexer.records.sealing import unseal
from indexer.whitelist.records import Channel

platform_trouble = trouble_in  # what ways raise; sources, which are pure, take it from where it lies


class PlatformRefused(Exception):
    """A call that is not made, or that the platform refuses; the text is the trouble's words for its unit."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(str(trouble))


def opened(settings: Settings, sealed: str) -> str:
    """Return a secret that was sealed. Raises PlatformRefused where this machine has not the key for it."""
    if (secret := unseal(settings, sealed)) is None:
        raise PlatformRefused(trouble_in(PlatformCase.CANNOT_OPEN))
    return secret


class Verdict(StrEnum):
    """What an answer says of the authorisation, whatever it says of the call.

    token_refused: this token counts no more, a new one may. ended, withdrawn: no token will, until a person acts.
    spent: the account's calls of this name are used up for the day.
    """

    FINE = "fine"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - the name of a verdict
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    SPENT = "spent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A token as the platform gave it. lasts: from now on."""

    value: str = dataclasses.field(repr=False)
    lasts: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a way may use while it fetches a token.

    send: makes one guarded request and returns its answer, of any status; raises FetchRefused. count: counts a call of
    an account before it is made, (account, call); raises PlatformRefused where its quota is spent. token: the token of
    a name, fetched by the function given where there is none that lasts (a component's own, say).
    """

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    send: Callable[[Ask], Answer]
    count: Callable[[str, str], None]
    token: Callable[[str, Callable[[], Fetched]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A connection that a person asked for. fields: what they entered or brought back; secrets in it are sealed."""

    channel: Channel
    fields: Mapping[str, str]
    who: str
    at: datetime


class Way(Protocol):
    """One way into a platform.

    hosts: the only ones that get the token. place, field: where in a request it stands. quotas: most calls of an
    account a day, by name; those of the source that asks are the same.
    """

    platform: Platform
    hosts: tuple[str, ...]
    place: SecretPlace
    field: str
    quotas: Mapping[str, int]

    def token_name(self, connection: Connection) -> str:
        """Return the name of its token in the records (`wechat:APPID`); empty where its secret itself is the token."""
        ...

    def fetch(self, connection: Connection, secret: str, tools: Tools) -> Fetched:
        """Fetch a token with the connection's secret. Raises PlatformRefused, FetchRefused.

        Not asked of a way without a token's name.
        """
        ...

    def connect(self, wish: Wish, tools: Tools) -> Connection:
        """Try what a person entered or brought back, and return the connection that comes of it; keeps nothing.

        Raises PlatformRefused, FetchRefused.
        """
        ...

    def verdict(self, answer: Answer) -> Verdict:
        """Return what an answer says of the authorisation. Pure."""
        ...
