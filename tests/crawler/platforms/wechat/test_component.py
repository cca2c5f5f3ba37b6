"""The component's calls as requests: which secret goes where."""

import json

import pytest

from crawler.exchange import Ask, Method
from crawler.platforms.wechat import component

ME, ACCOUNT = "wxcomponent", "wxaccount"


def calls() -> tuple[Ask, ...]:
    return (
        component.pre_auth_code(ME),
        component.query_auth(ME, code="c@1"),
        component.renew(ME, account=ACCOUNT, refresh_token="r@1"),
        component.account_info(ME, account=ACCOUNT),
    )


def said(ask: Ask) -> dict[str, str]:
    assert ask.body is not None
    return dict(json.loads(ask.body.content))


def test_its_own_token_is_asked_for_with_secret_and_ticket() -> None:
    ask = component.component_token(ME, secret="s@1", ticket="t@1")

    assert said(ask) == {"component_appid": ME, "component_appsecret": "s@1", "component_verify_ticket": "t@1"}
    assert (ask.credential, ask.method) == ("", Method.POST)


@pytest.mark.parametrize("number", range(4))
def test_all_other_calls_name_the_component_and_leave_its_token_to_the_guard(number: int) -> None:
    ask = calls()[number]

    assert said(ask)["component_appid"] == ME
    assert (ask.credential, ask.takes_any_answer) == (f"component:{ME}", True)
    assert ask.url == f"https://api.weixin.qq.com/cgi-bin/component/{ask.call}"


def test_what_a_call_is_about_stands_in_its_body() -> None:
    of_calls = {ask.call: {name: value for name, value in said(ask).items() if value != ME} for ask in calls()}

    assert of_calls == {
        "api_create_preauthcode": {},
        "api_query_auth": {"authorization_code": "c@1"},
        "api_authorizer_token": {"authorizer_appid": ACCOUNT, "authorizer_refresh_token": "r@1"},
        "api_get_authorizer_info": {"authorizer_appid": ACCOUNT},
    }
