"""Weibo's OAuth 2.0: the request that turns a code into an access token, and what comes of it. Pure.

`POST /oauth2/access_token` answers `access_token`, `expires_in`, `uid` (open.weibo.com/wiki/OAuth2/access_token, read
2026-11). How long a token lasts differs by the level of the application, so `expires_in` is trusted.
"""

import dataclasses
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from crawler.exchange import Ask, Body, Method
from crawler.platforms.fields import NotAnAnswer, number, parse, within
from crawler.platforms.weibo.calls import HOST
from crawler.platforms.weibo.errors import WeiboError, error_of
from crawler.platforms.weibo.values import id_in, line_in

FORM = "application/x-www-form-urlencoded"
MOST_SECONDS = 20 * 366 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What the owner of an account granted. uid: of whom. lasts: from now on."""

    token: str = dataclasses.field(repr=False)
    uid: str
    lasts: timedelta


def token_ask(*, key: str, secret: str, code: str, return_to: str) -> Ask:
    """Return the request for the token of a code. It holds secrets: it is neither logged nor kept."""
    fields = {
        "client_id": key,
        "client_secret": secret,
        "grant_type": "authorization_code",
        "redirect_uri": return_to,
        "code": code,
    }
    body = Body(content=urlencode(fields).encode(), type=FORM)
    return Ask(url=f"https://{HOST}/oauth2/access_token", method=Method.POST, body=body, takes_any_answer=True)


def user_ask(uid: str, token: str) -> Ask:
    """Return the request for the account's name. The token stands in a header, so that no address holds it."""
    url = f"https://{HOST}/2/users/show.json?{urlencode({'uid': uid})}"
    return Ask(url=url, headers={"Authorization": f"OAuth2 {token}"}, takes_any_answer=True)


def granted(body: bytes) -> Granted | WeiboError | None:
    """Return what was granted, or why not; None where the bytes say neither."""
    try:
        said = parse(body)
    except NotAnAnswer:
        return None
    if (error := error_of(said)) is not None:
        return error
    token, uid, seconds = line_in(said.get("access_token")), id_in(said.get("uid")), number(said.get("expires_in"))
    if not token or not uid or not seconds or not 0 < seconds <= MOST_SECONDS:
        return None
    return Granted(token=token, uid=uid, lasts=timedelta(seconds=seconds))


def name_in(body: bytes) -> str:
    """Return the name that an answer gives the account; empty where it gives none."""
    try:
        return line_in(within(parse(body)).get("screen_name"))
    except NotAnAnswer:
        return ""
