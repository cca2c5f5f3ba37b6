"""The calls of a third-party platform (第三方平台) at WeChat, as requests: for its own token and for accounts. Pure.

Shapes: WeChat's open platform docs of api_component_token, api_create_preauthcode, api_query_auth, api_authorizer_token
and api_get_authorizer_info, read 2026-11. But for the first one the guard adds the component's token to each.
"""

import json
from datetime import timedelta

from crawler.exchange import Ask, Body, Method

HOST = "api.weixin.qq.com"
TOKEN_FIELD = "component_access_token"  # noqa: S105 - the name of a parameter of the query
TICKET_LASTS = timedelta(hours=12)  # pushed anew every ten minutes


def component_token(component: str, *, secret: str, ticket: str) -> Ask:
    """Ask for the component's own token, two hours long."""
    said = {"component_appid": component, "component_appsecret": secret, "component_verify_ticket": ticket}
    return Ask(url=_url("api_component_token"), method=Method.POST, body=_body(said), takes_any_answer=True)


def pre_auth_code(component: str) -> Ask:
    """Ask for a code with which one person may be sent to authorise."""
    return _ask("api_create_preauthcode", component_appid=component)


def query_auth(component: str, *, code: str) -> Ask:
    """Exchange what a person brought back for the tokens of their account; a code counts once."""
    return _ask("api_query_auth", component_appid=component, authorization_code=code)


def renew(component: str, *, account: str, refresh_token: str) -> Ask:
    """Ask for a new token of an account; with it comes a refresh token, which may be another one."""
    return _ask(
        "api_authorizer_token",
        component_appid=component,
        authorizer_appid=account,
        authorizer_refresh_token=refresh_token,
    )


def account_info(component: str, *, account: str) -> Ask:
    """Ask who an account is, and what it granted."""
    return _ask("api_get_authorizer_info", component_appid=component, authorizer_appid=account)


def _ask(call: str, **said: str) -> Ask:
    return Ask(
        url=_url(call),
        method=Method.POST,
        body=_body(said),
        credential=f"component:{said['component_appid']}",
        call=call,
        takes_any_answer=True,
    )


def _url(call: str) -> str:
    return f"https://{HOST}/cgi-bin/component/{call}"


def _body(said: dict[str, str]) -> Body:
    return Body(content=json.dumps(said, ensure_ascii=False).encode())
