"""What a unit may push, by a form or a program of its own: filed whole for the collector, or refused with a reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from config.words import WhitelistStatus
from indexer.base.ids import ChannelId, UnitId, new_id
from indexer.catalogue.items import URL_CHARS
from indexer.catalogue.saved_pages import SavedPage
from indexer.records import channels, inbox, inbox_pages, push_requests
from indexer.records.database import Database, Transaction
from indexer.records.inbox import InboxKind
from indexer.records.push_requests import PushRequest
from indexer.records.retries import again_if_contended
from indexer.records.turns import Turn, take_turn
from indexer.whitelist.records import Channel

ADDRESS = re.compile(r"https?://[^\s/]\S*")
LINKS = 20  # pushed at once
MOST_WAITING = 60  # of one unit: what is pushed faster than it is read waits for nothing
MOST_PAGES = 10  # of one unit, among these


class PushProblem(StrEnum):
    """Why nothing was filed."""

    NO_ADDRESS = "no_address"
    NO_CHANNEL = "no_channel"
    NOT_APPROVED = "not_approved"
    WAIT = "wait"
    PAGES_WAIT = "pages_wait"
    OTHER_PUSH = "other_push"


class PushRefused(Exception):
    """Nothing was filed; channel: whose status is why, where that is why."""

    def __init__(self, problem: PushProblem, channel: Channel | None = None) -> None:
        self.problem, self.channel = problem, channel
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One article. page: as it was saved, None to fetch it. title: for a page that names none."""

    channel: ChannelId
    url: str
    title: str = ""
    page: SavedPage | None = None

    @property
    def payload(self) -> dict[str, str]:
        """What the inbox keeps of it beside the page."""
        return {"url": self.url} | ({"title": self.title} if self.title else {})


def is_address(text: str) -> bool:
    """Tell whether this can be an article's address at all: whether it is the channel's, the collector says."""
    return len(text) <= URL_CHARS and text.isprintable() and ADDRESS.fullmatch(text) is not None


def file_pushes(database: Database, unit: UnitId, pushes: Sequence[Push], *, who: str, at: datetime) -> list[str]:
    """File them all, or none, and return the ids of their rows. Raises PushRefused."""
    with database.transaction() as tx:
        take_turn(tx, Turn.PUSHES)
        _check(tx, unit, pushes)
        return [_file(tx, push, who=who, at=at) for push in pushes]


@again_if_contended
def file_once(
    database: Database, unit: UnitId, push: Push, *, request: str, digest: str, who: str, at: datetime
) -> str:
    """File a push under the name of its request, and return its row's id.

    The same request again, with the same digest of its body, has the same row. The channel must be approved. Raises
    PushRefused.
    """
    with database.transaction() as tx:
        take_turn(tx, Turn.PUSHES)
        wanted = PushRequest(request=request, digest=digest, filed=new_id(), at=at)
        known = push_requests.begin(tx, wanted)
        if known.digest != digest:
            raise PushRefused(PushProblem.OTHER_PUSH)
        if known is not wanted:
            return known.filed
        _check(tx, unit, [push], is_approved=True)
        return _file(tx, push, who=who, at=at, id=wanted.filed)


def _check(tx: Transaction, unit: UnitId, pushes: Sequence[Push], *, is_approved: bool = False) -> None:
    own = {channel.id: channel for channel in channels.channels(tx, unit)}
    for push in pushes:
        if push.channel not in own:
            raise PushRefused(PushProblem.NO_CHANNEL)
        if not is_address(push.url):
            raise PushRefused(PushProblem.NO_ADDRESS)
        if is_approved and own[push.channel].status is not WhitelistStatus.APPROVED:
            raise PushRefused(PushProblem.NOT_APPROVED, own[push.channel])
    if inbox.waiting_of(tx, list(own)) + len(pushes) > MOST_WAITING:
        raise PushRefused(PushProblem.WAIT)
    pages = sum(push.page is not None for push in pushes)
    if pages and inbox.pages_waiting_of(tx, list(own)) + pages > MOST_PAGES:
        raise PushRefused(PushProblem.PAGES_WAIT)


def _file(tx: Transaction, push: Push, *, who: str, at: datetime, id: str = "") -> str:
    filed = inbox.file(tx, InboxKind.PUSH, channel=push.channel, payload=push.payload, who=who, at=at, id=id)
    if push.page is not None:
        inbox_pages.add(tx, filed, push.page)
    return filed
