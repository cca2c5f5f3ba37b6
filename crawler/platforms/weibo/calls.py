"""Weibo's calls as requests: the timeline of the account that authorised, one status with its whole text. Pure.

Quotas: half of the 100 calls that one authorising user has a day (open.weibo.com, Rate-limiting, read 2026-11), the
list and the whole texts each with their own share, so that no flood of long posts keeps the list from being read.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import urlencode

from crawler.exchange import Ask
from crawler.platforms.weibo.posts import address_of
from crawler.platforms.weibo.statuses import Status
from indexer.base.ids import ChannelId
from indexer.connections.records import credential_of

HOST = "api.weibo.com"
TIMELINE, SHOW = "user_timeline", "statuses_show"
QUOTAS: Mapping[str, int] = MappingProxyType({TIMELINE: 32, SHOW: 18})
SHORTEST = timedelta(minutes=45)  # 32 lists a day
PAGE = 100  # statuses of one answer, the most there are
LISTED, SHOWN = "weibo_list", "weibo_status"  # values of `page` in what comes back with an answer
WHOLE = {"isGetLongText": "1"}  # where the interface heeds it, no further call is needed for a long text
WHILE_ALL_IS_NEWS = 1  # a further page is worth a call only while the one before held nothing that is known


def timeline_ask(channel: ChannelId, *, uid: str = "", before: str = "", number: int = 1) -> Ask:
    """Return the request for a page of the account's posts, the newest first.

    uid: whose, where it is known: of another than the one who authorised Weibo refuses them. before: statuses of this
    number and older ones.
    """
    fields = {"count": str(PAGE), **WHOLE} | ({"uid": uid} if uid else {}) | ({"max_id": before} if before else {})
    about = {"page": LISTED, "number": str(number)}
    continues = WHILE_ALL_IS_NEWS if number > 1 else 0
    return _ask(channel, TIMELINE, "user_timeline", fields, about=about, continues=continues)


def whole_ask(channel: ChannelId, status: Status) -> Ask:
    """Return the request for a status with its whole text, made only while the post is unknown."""
    about = {"page": SHOWN, "title": status.text[:80]}
    return _ask(channel, SHOW, "show", {"id": status.id, **WHOLE}, about=about, leads_to=(address_of(status),))


def _ask(
    channel: ChannelId,
    call: str,
    name: str,
    fields: Mapping[str, str],
    *,
    about: Mapping[str, str],
    leads_to: tuple[str, ...] = (),
    continues: int = 0,
) -> Ask:
    """Errors come as 400 and 403 with their code in the body, so any answer is read."""
    return Ask(
        url=f"https://{HOST}/2/statuses/{name}.json?{urlencode(fields)}",
        credential=credential_of(channel),
        call=call,
        leads_to=leads_to,
        continues=continues,
        takes_any_answer=True,
        about=about,
    )
