"""What WeChat says of an account that authorised a component, as records. Pure.

Shapes: WeChat open platform docs of api_query_auth, api_get_authorizer_info, read 2026-11.
"""

import dataclasses
from dataclasses import dataclass

from crawler.platforms.fields import Object, number, objects, text, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorised:
    """An account and what it granted. rights: numbers of permission sets. A token is empty where it is not named."""

    appid: str
    rights: tuple[int, ...]
    expires_in: int | None
    token: str = dataclasses.field(repr=False)
    refresh_token: str = dataclasses.field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInfo:
    """Who an account is. original_id: `gh_…`, for good. subject: the verified body; names may change."""

    name: str
    original_id: str
    subject: str
    alias: str
    is_verified: bool | None


def authorised_of(answer: Object) -> Authorised:
    """Return the authorisation of an answer; of one that only renews the token, what it names of it."""
    found = within(answer, "authorization_info") or answer
    granted = (number(within(each, "funcscope_category").get("id")) for each in objects(found.get("func_info")))
    return Authorised(
        appid=text(found.get("authorizer_appid") or found.get("appid") or found.get("authorization_appid")).strip(),
        rights=tuple(each for each in granted if each is not None),
        expires_in=number(found.get("expires_in")),
        token=text(found.get("authorizer_access_token")),
        refresh_token=text(found.get("authorizer_refresh_token")),
    )


def account_info_of(answer: Object) -> AccountInfo:
    """Return who the account of `api_get_authorizer_info` is."""
    found = within(answer, "authorizer_info")
    verified = number(within(found, "verify_type_info").get("id"))
    return AccountInfo(
        name=text(found.get("nick_name")).strip(),
        original_id=text(found.get("user_name")).strip(),
        subject=text(found.get("principal_name")).strip(),
        alias=text(found.get("alias")).strip(),
        is_verified=None if verified is None else verified >= 0,
    )
