"""The simulated third-party platform: ticket, tokens, a page to authorise on, withdrawal."""

from typing import Any

import pytest

from tests.simulated.asking import Answered, ask, post, submit
from tests.simulated.conftest import Simulated
from tests.simulators.component.login import PATH as LOGIN
from tests.simulators.component.platform import ComponentApi
from tests.simulators.world.faults import Fault

PREFIX = "/cgi-bin/component/"
BATCHGET, LIST = "/cgi-bin/freepublish/batchget", {"offset": 0, "count": 1, "no_content": 1}
BACK = "https://kexue.example/return?a=b"


def api(wechat: Simulated) -> ComponentApi:
    assert wechat.platforms.third_party is not None
    return wechat.platforms.third_party


def component_token(wechat: Simulated, **changed: str) -> Answered:
    component = api(wechat).component
    asked = {
        "component_appid": component.id,
        "component_appsecret": component.secret,
        "component_verify_ticket": changed.get("ticket") or api(wechat).push_ticket(is_asked=True),
    }
    return post(wechat.api, f"{PREFIX}api_component_token", asked)


def call(wechat: Simulated, name: str, **asked: str) -> dict[str, Any]:
    value = component_token(wechat).json["component_access_token"]
    whole = {"component_appid": api(wechat).component.id, **asked}
    return post(wechat.api, f"{PREFIX}{name}", whole, component_access_token=value).json


def consented(wechat: Simulated, rights: str = "1,7,11") -> Answered:
    code = call(wechat, "api_create_preauthcode")["pre_auth_code"]
    target = f"{LOGIN}?component_appid={api(wechat).component.id}&pre_auth_code={code}&auth_type=1&redirect_uri={BACK}"
    assert wechat.account.name in ask(wechat.mp, target).text
    return submit(wechat.mp, target, account=wechat.account.id, rights=rights)


def authorised(wechat: Simulated, rights: str = "1,7,11") -> dict[str, Any]:
    code = consented(wechat, rights).heads["location"].split("auth_code=")[1].split("&")[0]
    found: dict[str, Any] = call(wechat, "api_query_auth", authorization_code=code)["authorization_info"]
    return found


def test_a_token_needs_a_ticket_that_was_pushed_within_twelve_hours(wechat: Simulated) -> None:
    ticket = api(wechat).push_ticket(is_asked=True) or ""

    assert component_token(wechat, ticket=ticket).json["expires_in"] == 7200
    assert component_token(wechat, ticket="another").json["errcode"] == 61006
    wechat.hands.turn(hours=12)
    assert component_token(wechat, ticket=ticket).json["errcode"] == 61005


def test_a_ticket_is_pushed_every_ten_minutes(wechat: Simulated) -> None:
    first = api(wechat).push_ticket()
    wechat.hands.turn(minutes=9)

    assert (first or "").startswith("ticket@@@")
    assert api(wechat).push_ticket() is None
    wechat.hands.turn(minutes=1)
    assert api(wechat).push_ticket() is not None


def test_an_account_that_consents_is_sent_back_with_a_code_that_works_once(wechat: Simulated) -> None:
    back = consented(wechat)
    code = back.heads["location"].split("auth_code=")[1].split("&")[0]

    first = call(wechat, "api_query_auth", authorization_code=code)["authorization_info"]

    assert back.status == 302
    assert back.heads["location"].startswith(f"{BACK}&auth_code=")
    assert first["authorizer_appid"] == wechat.account.id
    assert call(wechat, "api_query_auth", authorization_code=code)["errcode"] == 61010


def test_the_token_of_an_authorised_account_lets_in_to_its_calls(wechat: Simulated) -> None:
    value = authorised(wechat)["authorizer_access_token"]

    assert post(wechat.api, BATCHGET, LIST, access_token=value).json["total_count"] == 3


@pytest.mark.parametrize("how", ["rights", "fault"])
def test_without_right_seven_its_calls_are_refused(wechat: Simulated, how: str) -> None:
    value = authorised(wechat, "1,11" if how == "rights" else "1,7")["authorizer_access_token"]
    wechat.world.faults.on(Fault.NOT_GRANTED, wechat.account.id if how == "fault" else "nobody")

    assert post(wechat.api, BATCHGET, LIST, access_token=value).json["errcode"] == 61007


def test_a_refresh_token_gives_new_tokens_and_may_change_by_it(wechat: Simulated) -> None:
    refresh = authorised(wechat)["authorizer_refresh_token"]
    asked = {"authorizer_appid": wechat.account.id, "authorizer_refresh_token": refresh}

    same = call(wechat, "api_authorizer_token", **asked)
    wechat.world.faults.on(Fault.REFRESH_CHANGES, wechat.account.id)
    changed = call(wechat, "api_authorizer_token", **asked)

    assert same["authorizer_refresh_token"] == refresh
    assert changed["authorizer_refresh_token"] != refresh
    assert call(wechat, "api_authorizer_token", **asked)["errcode"] == 61023


def test_it_says_who_the_account_is(wechat: Simulated) -> None:
    authorised(wechat)

    info = call(wechat, "api_get_authorizer_info", authorizer_appid=wechat.account.id)

    about = info["authorizer_info"]
    assert (about["nick_name"], about["user_name"]) == (wechat.account.name, wechat.account.original_id)
    assert about["principal_name"] == wechat.account.subject
    assert info["authorization_info"]["func_info"][1] == {"funcscope_category": {"id": 7}}


def test_who_withdraws_is_known_no_more(wechat: Simulated) -> None:
    found = authorised(wechat)
    api(wechat).withdraw(wechat.account.id)
    asked = {"authorizer_appid": wechat.account.id, "authorizer_refresh_token": found["authorizer_refresh_token"]}

    assert call(wechat, "api_authorizer_token", **asked)["errcode"] == 61003
    assert post(wechat.api, BATCHGET, LIST, access_token=found["authorizer_access_token"]).json["errcode"] == 40001
