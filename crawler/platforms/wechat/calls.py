"""WeChat's calls as requests: what is published, one publication, a day's totals, a token. Pure.

A body, never parameters of the query: those are answered 40097. Every list call names the account by its connection,
whose token the guard fills in. Quotas: half of what a newly registered account has a day (ACCESS.md, read 2026-11).
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from crawler.exchange import Ask, Body, Method
from crawler.platforms.wechat.answers import News, Publication
from indexer.base.ids import ChannelId
from indexer.connections.records import credential_of

HOST = "api.weixin.qq.com"
BATCHGET, GETARTICLE, TOTALS, TOKEN = "batchget", "getarticle", "getarticletotaldetail", "token"
# The totals' own limit is not documented (open): they are asked for a few days, once a day.
QUOTAS: Mapping[str, int] = MappingProxyType({BATCHGET: 50, GETARTICLE: 50, TOTALS: 10, TOKEN: 1000})
PAGE = 20  # publications of one answer, the most there are
LISTED, PUBLISHED = "wechat_list", "wechat_publication"  # values of `page` in what comes back with an answer
PATHS: Mapping[str, str] = MappingProxyType(
    {
        BATCHGET: "/cgi-bin/freepublish/batchget",
        GETARTICLE: "/cgi-bin/freepublish/getarticle",
        TOTALS: "/datacube/getarticletotaldetail",
        TOKEN: "/cgi-bin/stable_token",
    }
)


def list_ask(channel: ChannelId, *, offset: int = 0, total: int = 0) -> Ask:
    """Return the request for a page of what the account published, without the texts.

    total: of a further page, how many publications the page before said there are.
    """
    fields = {"offset": offset, "count": PAGE, "no_content": 1}
    about = {"page": LISTED, "offset": str(offset)}
    return _ask(channel, BATCHGET, fields, about=about, continues=total)


def publication_ask(
    channel: ChannelId,
    article_id: str,
    *,
    leads_to: tuple[str, ...],
    created: datetime | None = None,
    day: date | None = None,
) -> Ask:
    """Return the request for one publication with its texts. created, day: when it was published, as its list told."""
    seconds, written = str(int(created.timestamp())) if created else "", day.isoformat() if day else ""
    about = {"page": PUBLISHED, "article_id": article_id, "created": seconds, "day": written}
    return _ask(channel, GETARTICLE, {"article_id": article_id}, about=about, leads_to=leads_to)


def totals_ask(channel: ChannelId, day: date) -> Ask:
    """Return the request for what was published on a day that is over."""
    return _ask(channel, TOTALS, {"begin_date": day.isoformat(), "end_date": day.isoformat()}, about={})


def token_ask(appid: str, secret: str) -> Ask:
    """Return the request for the account's token: the one that is valid, unless it ends soon; forces none.

    It holds the secret: it is sent by the guard alone, and neither logged nor kept.
    """
    fields = {"grant_type": "client_credential", "appid": appid, "secret": secret, "force_refresh": False}
    return Ask(url=_url(TOKEN), method=Method.POST, body=_body(fields), call=TOKEN)


def addresses_of(publication: Publication) -> tuple[str, ...]:
    """Return the addresses of a publication's articles that are there."""
    return tuple(news.url for news in publication.news if news.url and not news.is_deleted)


def number_of(article_id: str, place: int) -> str:
    """Return by which number the records know an article of a publication; place: from 1."""
    return f"{article_id}#{place}"


def article_id_of(number: str) -> str:
    """Return the publication of a number, empty where it is none of a publication."""
    article_id, mark, _ = number.rpartition("#")
    return article_id if mark else ""


def is_there(news: News) -> bool:
    """Tell whether an article can be taken in: it has an address, and is not deleted."""
    return bool(news.url) and not news.is_deleted


def _ask(
    channel: ChannelId,
    call: str,
    fields: Mapping[str, object],
    *,
    about: Mapping[str, str],
    leads_to: tuple[str, ...] = (),
    continues: int = 0,
) -> Ask:
    return Ask(
        url=_url(call),
        method=Method.POST,
        body=_body(fields),
        credential=credential_of(channel),
        call=call,
        leads_to=leads_to,
        continues=continues,
        about=about,
    )


def _url(call: str) -> str:
    return f"https://{HOST}{PATHS[call]}"


def _body(fields: Mapping[str, object]) -> Body:
    return Body(content=json.dumps(fields, ensure_ascii=False).encode())
