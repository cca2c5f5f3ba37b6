"""The simulated Weibo: consent, codes, tokens that end, one's own timeline, limits."""

from typing import Any

import pytest

from tests.simulated.asking import ask, submit
from tests.simulated.conftest import DRAFT, PARAGRAPHS, Simulated
from tests.simulators.cast import APP_KEY, APP_SECRET
from tests.simulators.running import WEIBO
from tests.simulators.world.accounts import WeiboAccount
from tests.simulators.world.faults import Fault
from tests.simulators.world.posts import Draft

TIMELINE, SHOW, TOKEN = "/2/statuses/user_timeline.json", "/2/statuses/show.json", "/oauth2/access_token"
BACK = "https://kexue.example/weibo"
CONSENT = f"/oauth2/authorize?client_id={APP_KEY}&response_type=code&redirect_uri={BACK}&state=s1"


def host(weibo: Simulated) -> str:
    return weibo.running.host(WEIBO)


def uid(weibo: Simulated) -> str:
    return weibo.world.every(WeiboAccount)[0].id


def token(weibo: Simulated) -> str:
    assert weibo.platforms.oauth is not None
    return weibo.platforms.oauth.grant(uid(weibo))


def exchange(weibo: Simulated, code: str, *, back: str = BACK) -> dict[str, Any]:
    asked = {"client_id": APP_KEY, "client_secret": APP_SECRET, "grant_type": "authorization_code"}
    return submit(host(weibo), TOKEN, **asked, code=code, redirect_uri=back).json


def timeline(weibo: Simulated, value: str, **asked: str) -> dict[str, Any]:
    return ask(host(weibo), TIMELINE, access_token=value, **asked).json


def test_who_consents_is_sent_back_with_a_code_that_works_once_and_only_for_its_page(weibo: Simulated) -> None:
    assert "星河天文馆" in ask(host(weibo), CONSENT).text
    back = [submit(host(weibo), CONSENT, account=uid(weibo), answer="yes").heads["location"] for _ in range(2)]
    codes = [each.split("code=")[1] for each in back]

    found = exchange(weibo, codes[0])

    assert back[0].startswith(f"{BACK}?state=s1&code=")
    assert (found["uid"], found["expires_in"]) == (uid(weibo), 30 * 86400)
    assert exchange(weibo, codes[0])["error_code"] == 21325
    assert exchange(weibo, codes[1], back="https://elsewhere.example/")["error_code"] == 21322


def test_who_says_no_is_sent_back_without(weibo: Simulated) -> None:
    back = submit(host(weibo), CONSENT, account=uid(weibo), answer="no").heads["location"]

    assert back == f"{BACK}?error=access_denied&error_code=21330&state=s1"


def test_the_timeline_is_ones_own_and_goes_back_by_number(weibo: Simulated) -> None:
    value = token(weibo)
    statuses = timeline(weibo, value, uid=uid(weibo), count="2")["statuses"]

    rest = timeline(weibo, value, max_id=str(statuses[-1]["id"] - 1))["statuses"]

    assert (len(statuses), len(rest)) == (2, 1)
    assert timeline(weibo, value, uid="1")["error_code"] == 21335
    assert timeline(weibo, value, since_id=str(statuses[0]["id"]))["statuses"] == []


def test_long_text_is_cut_in_lists_and_whole_by_itself(weibo: Simulated) -> None:
    (made,) = weibo.world.publish(uid(weibo), Draft(title="长", paragraphs=PARAGRAPHS * 20, is_long=True))
    value = token(weibo)

    cut = timeline(weibo, value)["statuses"][0]
    whole = ask(host(weibo), SHOW, access_token=value, id=str(made.number), isGetLongText="1").json

    assert (cut["isLongText"], cut["text"][-1:]) == (True, str(made.number)[-1:])
    assert whole["longText"]["longTextContent"].endswith(PARAGRAPHS[-1])


def test_a_repost_holds_its_original_and_a_pinned_post_stands_on_top(weibo: Simulated) -> None:
    other = weibo.world.every(WeiboAccount)[1]
    (original,) = weibo.world.publish(other.id, DRAFT)
    weibo.world.publish(uid(weibo), Draft(title="置顶", paragraphs=PARAGRAPHS, is_pinned=True, place="北京"))
    weibo.world.publish(uid(weibo), Draft(title="转发", paragraphs=("转发微博",), repost=original))

    pinned, repost, *_ = timeline(weibo, token(weibo))["statuses"]

    assert (pinned["isTop"], pinned["region_name"]) == (1, "发布于 北京")
    assert (repost["retweeted_status"]["id"], repost["pic_urls"]) == (original.number, [])


def test_a_token_ends_by_time(weibo: Simulated) -> None:
    value = token(weibo)
    weibo.hands.turn(days=30)

    answer = ask(host(weibo), TIMELINE, access_token=value)

    assert (answer.status, answer.json["error_code"]) == (401, 21327)
    assert answer.json["request"] == TIMELINE


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.WEIBO_EXPIRED, 21327),
        (Fault.WEIBO_REVOKED, 21332),
        (Fault.WEIBO_USER_LIMIT, 10023),
        (Fault.WEIBO_IP_LIMIT, 10022),
        (Fault.WEIBO_FOREIGN, 21335),
    ],
)
def test_a_fault_is_answered_in_weibos_words(weibo: Simulated, fault: Fault, expected: int) -> None:
    value = token(weibo)
    weibo.hands.turn(minutes=1)
    weibo.world.faults.on(fault, uid(weibo))

    assert timeline(weibo, value)["error_code"] == expected


def test_a_user_has_a_hundred_calls_a_day(weibo: Simulated) -> None:
    value = token(weibo)
    codes = [timeline(weibo, value).get("error_code", 0) for _ in range(101)]
    weibo.hands.turn(days=1)

    assert codes == [0] * 100 + [10023]
    assert "error_code" not in timeline(weibo, value)
